//! Which engine is in use and why, in words and as attributes.

use super::command::{Progress, Weights};
use super::engine::{Remedy, State};
use super::kind::{Choice, Kind};
use super::machine::{Engines, WORTH_LOADING};
use super::surroundings::Adapter;
use super::text;
use super::times::in_words;

/// What the page shows of the engines.
#[derive(Clone, Debug, PartialEq)]
pub struct Status {
    /// "loading", "cpu", "gpu" or "failed".
    pub engine: &'static str,
    /// How fast the engine in use is, or what is wrong: a few words.
    pub line: String,
    /// Which engine is in use, and how fast: one sentence.
    pub sentence: String,
    /// Why the other one is not; may be empty.
    pub other: String,
    /// What the browser calls its graphics card, for those who look for it; may be empty.
    pub details: String,
    /// Why there are no guesses, when there are none and none will come.
    pub failure: Option<String>,
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
            line: line(engines, failure.is_some()),
            sentence: sentence(engines),
            other: other(engines),
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

fn failure(engines: &Engines) -> Option<String> {
    if engines.in_use().is_some() || engines.awaits_gpu() {
        return None;
    }
    let State::Failed(cpu) = engines.state(Kind::Cpu) else {
        return None;
    };
    match engines.state(Kind::Gpu) {
        // Both may have the same reason: weights that did not come.
        State::Failed(gpu) if gpu.sentences != cpu.sentences => {
            Some(format!("{} {}", cpu.sentences, gpu.sentences))
        }
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
        Some(Some(time)) => text::time(&in_words(time)),
        Some(None) => text::READY.into(),
        None if has_failed => text::NONE.into(),
        None => text::LOADING.into(),
    }
}

fn sentence(engines: &Engines) -> String {
    let Some(kind) = engines.in_use() else {
        return match engines.state(Kind::Cpu) {
            State::Failed(_) if engines.awaits_gpu() => "Loading WebGPU …".into(),
            State::Failed(_) => "No engine is running.".into(),
            _ => "Loading the CPU engine …".into(),
        };
    };
    let time = engines.time(kind);
    let time = time.map_or(String::new(), |time| {
        format!(": {} on this device", in_words(time))
    });
    let chosen = if engines.choice() == Choice::Only(kind) {
        ", as you chose"
    } else {
        ""
    };
    format!("Using {}{chosen}{time}.", kind.name())
}

/// What is to be said of the engine that is not in use, and of one that was started again.
fn other(engines: &Engines) -> String {
    let Some(used) = engines.in_use() else {
        return String::new();
    };
    if let Some(stopped) = engines.stopped(used) {
        return format!("{} It was started again.", stopped.sentences);
    }
    let kind = used.other();
    let name = kind.capital_name();
    match engines.state(kind) {
        State::Off => match kind {
            Kind::Cpu => String::new(),
            Kind::Gpu => why_not_loaded(engines),
        },
        State::Unsuitable { reason } => reason.clone(),
        State::Loading => match engines.stopped(kind) {
            Some(stopped) => format!("{} It is being started again.", stopped.sentences),
            None => format!("{name} is loading."),
        },
        State::Failed(failure) => failure.sentences.clone(),
        State::Ready => match engines.time(kind) {
            Some(time) => format!("{name} takes {}.", in_words(time)),
            None => format!("{name} is being measured."),
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
        Adapter::Unsuitable { reason } => return reason.clone(),
        Adapter::Software { .. } => ": it has only a software adapter here",
        Adapter::Hardware { .. } if engines.time(Kind::Cpu).is_some_and(is_fast) => {
            ": it could not be noticeably faster"
        }
        Adapter::Hardware { .. } if around.is_metered => ", to save data",
        Adapter::Hardware { .. } => return String::new(),
    };
    format!("WebGPU was not loaded{why}.")
}

#[cfg(test)]
#[path = "status_tests.rs"]
mod tests;
