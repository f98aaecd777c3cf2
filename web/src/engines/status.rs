//! Which engine is in use and why, in words and as attributes.

use super::kind::{Choice, Kind};
use super::machine::{Engines, State};
use super::times::in_words;

/// What the page shows of the engines.
#[derive(Clone, Debug, PartialEq)]
pub struct Status {
    /// "loading", "cpu", "gpu" or "failed".
    pub engine: &'static str,
    /// Which engine is in use and why.
    pub sentence: String,
    /// Why there are no guesses, when there are none and none will come.
    pub failure: Option<String>,
    /// What the user wants.
    pub choice: Choice,
    /// Whether the browser offers WebGPU at all.
    pub webgpu: bool,
}

impl From<&Engines> for Status {
    fn from(engines: &Engines) -> Self {
        let failure = failure(engines);
        Self {
            engine: match engines.in_use() {
                Some(kind) => kind.id(),
                None if failure.is_some() => "failed",
                None => "loading",
            },
            sentence: sentence(engines),
            failure,
            choice: engines.choice(),
            webgpu: *engines.state(Kind::Gpu) != State::Absent,
        }
    }
}

fn failure(engines: &Engines) -> Option<String> {
    let loading = |kind| matches!(engines.state(kind), State::Loading);
    match (engines.state(Kind::Cpu), engines.in_use()) {
        (State::Failed { reason }, None) if !loading(Kind::Gpu) => Some(reason.clone()),
        _ => None,
    }
}

fn sentence(engines: &Engines) -> String {
    let Some(kind) = engines.in_use() else {
        return match engines.state(Kind::Cpu) {
            State::Failed { .. } if matches!(engines.state(Kind::Gpu), State::Loading) => {
                "Loading WebGPU …".into()
            }
            State::Failed { .. } => "No engine is running.".into(),
            _ => "Loading the CPU engine …".into(),
        };
    };
    let time = engines.time(kind);
    let time = time.map_or(String::new(), |time| {
        format!(" ({} a guess)", in_words(time))
    });
    let chosen = if engines.choice() == Choice::Only(kind) {
        ", as you chose"
    } else {
        ""
    };
    format!(
        "Using {}{time}{chosen}{}",
        kind.name(),
        other(engines, kind.other())
    )
}

/// The rest of the sentence: what is to be said of the engine that is not in use.
fn other(engines: &Engines, kind: Kind) -> String {
    let name = kind.name();
    match engines.state(kind) {
        State::Off => ".".into(),
        State::Absent => "; this browser offers no WebGPU.".into(),
        State::Loading => format!("; {name} is still loading."),
        State::Failed { reason } => format!(". {} is not available. {reason}", capital(name)),
        State::Ready { device } => match engines.time(kind) {
            Some(time) => format!("; {name} answered in {} on {device}.", in_words(time)),
            None => format!("; {name} is being measured."),
        },
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

#[cfg(test)]
mod tests {
    use protocol::{ModelInfo, Reply};
    use shared::classes::ClassNames;
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn ready(engines: &mut Engines, kind: Kind, device: &str, milliseconds: f64) {
        let model_info = ModelInfo {
            classes: ClassNames::default(),
            measured: None,
        };
        engines.on_reply(
            kind,
            Reply::Ready {
                device: device.into(),
                model_info,
            },
        );
        for _ in 0..4 {
            let probe = Reply::Prediction {
                id: 0,
                logits: vec![],
                probabilities: vec![],
                milliseconds,
            };
            engines.on_reply(kind, probe);
        }
    }

    fn fail(engines: &mut Engines, kind: Kind, reason: &str) {
        let reason = reason.into();
        engines.on_reply(kind, Reply::Failed { reason });
    }

    fn status(engines: &Engines) -> (&'static str, String) {
        let status = Status::from(engines);
        (status.engine, status.sentence.replace('\u{a0}', " "))
    }

    #[test]
    fn the_sentence_follows_the_engines() {
        let mut engines = Engines::new("w".into(), true);
        engines.start();
        assert_eq!(
            status(&engines),
            ("loading", "Loading the CPU engine …".into())
        );
        ready(&mut engines, Kind::Cpu, "the CPU", 11.0);
        let waiting = "Using the CPU engine (11 ms a guess); WebGPU is still loading.";
        assert_eq!(status(&engines), ("cpu", waiting.into()));
        ready(&mut engines, Kind::Gpu, "SwiftShader", 480.0);
        let both =
            "Using the CPU engine (11 ms a guess); WebGPU answered in 480 ms on SwiftShader.";
        assert_eq!(status(&engines), ("cpu", both.into()));
        engines.choose(Choice::Only(Kind::Gpu));
        let chosen = "Using WebGPU (480 ms a guess), as you chose; the CPU engine answered in 11 ms on the CPU.";
        assert_eq!(status(&engines), ("gpu", chosen.into()));
    }

    #[test]
    fn missing_and_failed_webgpu_are_said() {
        let mut engines = Engines::new("w".into(), false);
        engines.start();
        ready(&mut engines, Kind::Cpu, "the CPU", 11.0);
        assert!(
            status(&engines)
                .1
                .ends_with("; this browser offers no WebGPU.")
        );
        let mut engines = Engines::new("w".into(), true);
        engines.start();
        ready(&mut engines, Kind::Cpu, "the CPU", 11.0);
        fail(&mut engines, Kind::Gpu, "It found no graphics card.");
        let end = ". WebGPU is not available. It found no graphics card.";
        assert!(status(&engines).1.ends_with(end));
    }

    #[test]
    fn a_failure_is_told_once_nothing_can_come() {
        let mut engines = Engines::new("w".into(), false);
        engines.start();
        assert_eq!(Status::from(&engines).failure, None);
        fail(&mut engines, Kind::Cpu, "The weights are missing.");
        let status = Status::from(&engines);
        assert_eq!(status.engine, "failed");
        assert_eq!(status.failure.as_deref(), Some("The weights are missing."));
    }
}
