//! One engine as the page sees it.

use std::time::Duration;

use super::kind::Kind;
use super::limits::Limits;
use super::queue::Queue;
use super::times::Times;
use crate::language::Sentence;

/// How far an engine is.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// Nobody asked for it yet.
    Off,
    /// The browser has nothing to run it on.
    Unsuitable {
        /// Why.
        reason: Sentence,
    },
    /// On its way.
    Loading,
    /// Answers questions.
    Ready,
    /// It stopped or never came.
    Failed(Failure),
}

/// Why an engine does not run, and what the visitor can do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// One or two sentences.
    pub sentences: Sentence,
    /// What may help.
    pub remedy: Remedy,
}

/// What the visitor can do about a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Start the engine again.
    TryAgain,
    /// Load the whole page again.
    Reload,
}

/// An engine's state, questions, times, and how long it has been silent.
#[derive(Debug)]
pub struct Engine {
    /// How far it is.
    pub state: State,
    /// The questions to it.
    pub queue: Queue,
    /// The times of its answers.
    pub times: Times,
    /// What stopped it before it was started again.
    pub stopped: Option<Failure>,
    silent: Duration,
}

impl Engine {
    /// An engine that has done nothing.
    pub fn new(state: State) -> Self {
        Self {
            state,
            queue: Queue::default(),
            times: Times::default(),
            stopped: None,
            silent: Duration::ZERO,
        }
    }

    /// Whether it answers questions.
    pub fn is_ready(&self) -> bool {
        self.state == State::Ready
    }

    /// Whether it stopped or never came.
    pub fn is_failed(&self) -> bool {
        matches!(self.state, State::Failed(_))
    }

    /// Notes that it gave a sign of life or was given something to do.
    pub fn hear(&mut self) {
        self.silent = Duration::ZERO;
    }

    /// Lets time go by; the limit that the engine has passed, if any. `has_weights`: whether a loading one was given them.
    pub fn wait(
        &mut self,
        kind: Kind,
        has_weights: bool,
        limits: &Limits,
        elapsed: Duration,
    ) -> Option<Duration> {
        self.times.grow_old(elapsed);
        let limit = match (&self.state, kind) {
            (State::Loading, Kind::Cpu) if has_weights => limits.cpu_load,
            (State::Loading, Kind::Gpu) if has_weights => limits.load,
            (State::Ready, _) if !self.queue.is_busy() => return None,
            (State::Ready, _) if self.times.is_empty() => limits.load,
            (State::Ready, _) => limits.prediction,
            _ => return None,
        };
        self.silent += elapsed;
        (self.silent >= limit).then_some(limit)
    }
}
