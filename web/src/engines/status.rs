//! Which engine is in use and why, in words and as attributes.

use super::command::{Progress, Weights};
use super::engine::{Remedy, State};
use super::kind::{Choice, Kind};
use super::machine::{Engines, WORTH_LOADING};
use super::surroundings::Adapter;
use super::text;
use crate::language::{Sentence, both, said};

/// What the page shows of the engines.
#[derive(Clone, Debug, PartialEq)]
pub struct Status {
    /// "loading", "cpu", "gpu" or "failed".
    pub engine: &'static str,
    /// How fast the engine in use is, or what is wrong: a few words.
    pub line: Sentence,
    /// Which engine is in use, and how fast: one sentence.
    pub sentence: Sentence,
    /// Why the other one is not; may be empty.
    pub other: Sentence,
    /// What the browser calls its graphics card, for those who look for it; may be empty.
    pub details: String,
    /// Why there are no predictions, when there are none and none will come.
    pub failure: Option<Sentence>,
    /// What the visitor can do about an engine that does not run.
    pub remedy: Option<Remedy>,
    /// How much of the weights has come, while they come.
    pub progress: Option<Progress>,
    /// What the visitor wants.
    pub choice: Choice,
    /// Whether WebGPU can be chosen, as far as is known.
    pub webgpu: bool,
}

impl From<&Engines> for Status {
    fn from(engines: &Engines) -> Self {
        let failure = failure(engines);
        let adapter = engines.surroundings().map(|around| &around.adapter);
        let adapter_name = adapter.and_then(Adapter::name);
        Self {
            engine: match engines.in_use() {
                Some(kind) => kind.id(),
                None if failure.is_some() => "failed",
                None => "loading",
            },
            line: both(|| line(engines, failure.is_some())),
            sentence: both(|| sentence(engines)),
            other: both(|| other(engines)),
            details: adapter_name.map_or(String::new(), |name| format!("WebGPU: {name}")),
            failure,
            remedy: remedy(engines),
            progress: match engines.weights() {
                Weights::Coming(progress) => Some(*progress),
                Weights::Off | Weights::Here | Weights::Failed => None,
            },
            choice: engines.choice(),
            webgpu: !matches!(engines.state(Kind::Gpu), State::Unsuitable { .. }),
        }
    }
}

fn failure(engines: &Engines) -> Option<Sentence> {
    if engines.in_use().is_some() || engines.awaits_gpu() {
        return None;
    }
    let State::Failed(cpu) = engines.state(Kind::Cpu) else {
        return None;
    };
    match engines.state(Kind::Gpu) {
        // Both may have the same reason: weights that did not come.
        State::Failed(gpu) if gpu.sentences != cpu.sentences => Some(both(|| {
            text::together(said(&cpu.sentences), said(&gpu.sentences))
        })),
        _ => Some(cpu.sentences.clone()),
    }
}

fn remedy(engines: &Engines) -> Option<Remedy> {
    let remedies = Kind::ALL.map(|kind| match engines.state(kind) {
        State::Failed(failure) => Some(failure.remedy),
        _ => None,
    });
    if remedies.contains(&Some(Remedy::Reload)) {
        return Some(Remedy::Reload);
    }
    remedies.into_iter().flatten().next()
}

fn line(engines: &Engines, has_failed: bool) -> String {
    match engines.in_use().map(|kind| engines.time(kind)) {
        Some(Some(time)) => text::time(time),
        Some(None) => text::READY().into(),
        None if has_failed => text::NONE().into(),
        None => text::LOADING().into(),
    }
}

fn sentence(engines: &Engines) -> String {
    let Some(kind) = engines.in_use() else {
        return match engines.state(Kind::Cpu) {
            State::Failed(_) if engines.awaits_gpu() => text::LOADING_WEBGPU().into(),
            State::Failed(_) => text::NONE_RUNS().into(),
            _ => text::LOADING_CPU().into(),
        };
    };
    let is_chosen = engines.choice() == Choice::Only(kind);
    text::using(kind, is_chosen, engines.time(kind))
}

/// What is to be said of the engine that is not in use, and of one that was started again.
fn other(engines: &Engines) -> String {
    let Some(used) = engines.in_use() else {
        return String::new();
    };
    if let Some(stopped) = engines.stopped(used) {
        return text::started_again(said(&stopped.sentences));
    }
    let kind = used.other();
    match engines.state(kind) {
        State::Off => match kind {
            Kind::Cpu => String::new(),
            Kind::Gpu => why_not_loaded(engines),
        },
        State::Unsuitable { reason } => said(reason).into(),
        State::Loading => match engines.stopped(kind) {
            Some(stopped) => text::being_started_again(said(&stopped.sentences)),
            None => text::is_loading(kind),
        },
        State::Failed(failure) => said(&failure.sentences).into(),
        State::Ready => match engines.time(kind) {
            Some(time) => text::takes(kind, time),
            None => text::is_measured(kind),
        },
    }
}

/// Why the page has not loaded WebGPU by itself, where that is clear.
fn why_not_loaded(engines: &Engines) -> String {
    let Some(around) = engines.surroundings() else {
        return String::new();
    };
    let is_fast = |time| time < WORTH_LOADING;
    let why = match &around.adapter {
        Adapter::Unsuitable { reason } => said(reason),
        Adapter::Software { .. } => text::SOFTWARE_ONLY(),
        Adapter::Hardware { .. } if engines.time(Kind::Cpu).is_some_and(is_fast) => {
            text::NOT_FASTER()
        }
        Adapter::Hardware { .. } if around.is_metered => text::SAVES_DATA(),
        Adapter::Hardware { .. } => "",
    };
    why.into()
}

#[cfg(test)]
#[path = "status_tests.rs"]
mod tests;
