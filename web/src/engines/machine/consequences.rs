//! What follows from an event: engines to start and to give up, WebGPU to load where it is worth it, times to measure again.

use std::time::Duration;

use super::{Engines, Inquiry};
use crate::engines::command::{Command, Progress, Weights};
use crate::engines::engine::{Engine, Failure, Remedy, State};
use crate::engines::kind::{Choice, Kind};
use crate::engines::surroundings::Adapter;
use crate::engines::text;
use crate::language::{Sentence, both, said};

/// Unasked, WebGPU is loaded only where the CPU takes at least so many milliseconds a prediction. One on a graphics card takes
/// two to three for the way there and back alone, so below this nobody could notice the difference, and the two megabytes stay
/// where they are.
pub const WORTH_LOADING: f64 = 4.0;

/// The engine that is not in use is measured again when its newest time is so old ...
const OLD: Duration = Duration::from_secs(60);

/// ... and less than so many times that of the one in use: a much slower one would not be chosen anyway.
const COMPARABLE: f64 = 4.0;

impl Engines {
    pub(super) fn load(&mut self, kind: Kind, commands: &mut Vec<Command>) {
        let mut engine = Engine::new(State::Loading);
        engine.stopped = self.engine(kind).stopped.take();
        *self.engine(kind) = engine;
        commands.push(Command::Start(kind));
        match self.weights {
            Weights::Here => commands.push(Command::Load(kind)),
            Weights::Coming(_) => {}
            Weights::Off | Weights::Failed => {
                let fresh = self.weights == Weights::Failed;
                self.weights = Weights::Coming(Progress::default());
                self.silent = Duration::ZERO;
                commands.push(Command::FetchWeights { fresh });
            }
        }
    }

    /// Loads an engine again that has failed.
    pub(super) fn reload(&mut self, kind: Kind, commands: &mut Vec<Command>) {
        self.engine(kind).stopped = None;
        self.load(kind, commands);
    }

    /// The engines that are on their way.
    pub(super) fn loading(&self) -> Vec<Kind> {
        let all = Kind::ALL.into_iter();
        all.filter(|&kind| self.get(kind).state == State::Loading)
            .collect()
    }

    /// Gives up the weights, and with them the engines that wait for them.
    pub(super) fn fail_weights(&mut self, sentence: Sentence, commands: &mut Vec<Command>) {
        self.weights = Weights::Failed;
        for kind in self.loading() {
            let failure = Failure {
                sentences: sentence.clone(),
                remedy: Remedy::TryAgain,
            };
            *self.engine(kind) = Engine::new(State::Failed(failure));
            commands.push(Command::Stop(kind));
        }
    }

    /// Notes why an engine does not run; only the first reason counts. A CPU engine that stopped is started again, once.
    pub(super) fn fail(
        &mut self,
        kind: Kind,
        reason: &Sentence,
        remedy: Remedy,
        commands: &mut Vec<Command>,
    ) {
        let was_ready = self.get(kind).is_ready();
        let what = match self.state(kind) {
            State::Loading => text::not_started,
            State::Ready => text::stopped,
            State::Off | State::Unsuitable { .. } | State::Failed(_) => return,
        };
        let failure = Failure {
            sentences: both(|| what(kind, said(reason))),
            remedy,
        };
        *self.engine(kind) = Engine::new(State::Failed(failure.clone()));
        commands.push(Command::Stop(kind));
        if kind == Kind::Cpu && was_ready && !self.was_restarted {
            self.was_restarted = true;
            self.cpu.stopped = Some(failure);
            self.load(Kind::Cpu, commands);
        }
    }

    /// Loads WebGPU where it was chosen or no prediction would come without it, and waits for the browser to be idle where it may be worth it.
    pub(super) fn consider_gpu(&mut self, commands: &mut Vec<Command>) {
        if self.gpu.state != State::Off {
            return;
        }
        let is_chosen = self.choice == Choice::Only(Kind::Gpu);
        // Without weights it could not run either.
        let is_needed = self.cpu.is_failed() && self.weights != Weights::Failed;
        match &self.surroundings {
            Inquiry::None if is_chosen || is_needed || !self.cpu.times.is_empty() => {
                self.surroundings = Inquiry::Asked(Duration::ZERO);
                commands.push(Command::LookAround);
            }
            Inquiry::Here(around) if is_chosen || (is_needed && !around.is_metered) => {
                self.load(Kind::Gpu, commands);
            }
            Inquiry::Here(_) if self.is_gpu_worth_loading() && !self.awaits_idle => {
                self.awaits_idle = true;
                commands.push(Command::AwaitIdle);
            }
            _ => {}
        }
    }

    pub(super) fn is_gpu_worth_loading(&self) -> bool {
        let Some(around) = self.surroundings() else {
            return false;
        };
        self.choice == Choice::Auto
            && matches!(around.adapter, Adapter::Hardware { .. })
            && !around.is_metered
            && self.cpu.is_ready()
            && self
                .time(Kind::Cpu)
                .is_some_and(|time| time >= WORTH_LOADING)
    }

    /// Measures the engine that is not in use again where its times are old and it could win.
    pub(super) fn measure_idle_engine(&mut self) {
        let Some(used) = self.in_use().filter(|_| self.choice == Choice::Auto) else {
            return;
        };
        let (used_time, idle) = (self.time(used), used.other());
        let could_win = match (used_time, self.time(idle)) {
            (Some(used), Some(idle)) => idle < used * COMPARABLE,
            _ => false,
        };
        if could_win && self.get(used).times.age() < OLD && self.get(idle).times.age() >= OLD {
            self.engine(idle).times.measure_again();
        }
    }
}
