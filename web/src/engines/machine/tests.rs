//! Engines in every state, for the tests of the state machine and of what the page says about it.

mod answers;
mod failures;
mod loading;
mod time_limits;

use shared::classes::ClassNames;

use super::*;

fn picture(level: u8) -> GrayImage {
    GrayImage::from_pixel(INPUT_SIDE, INPUT_SIDE, image::Luma([level]))
}

pub(in crate::engines) fn ready() -> Reply {
    Reply::Ready {
        model_info: ModelInfo {
            classes: ClassNames::default(),
            measured: None,
        },
    }
}

pub(in crate::engines) fn prediction(id: u32, milliseconds: f64) -> Reply {
    Reply::Prediction {
        id,
        logits: vec![id as f32],
        features: Vec::new(),
        is_unknown: false,
        milliseconds,
    }
}

pub(in crate::engines) fn failed(reason: &str) -> Reply {
    Reply::Failed {
        reason: told(reason),
    }
}

/// A sentence in English, and something in Chinese.
pub(in crate::engines) fn told(english: &str) -> Sentence {
    Sentence::new(english, "原因。")
}

/// Engines that start, and want to know of the surroundings.
fn looking_around() -> Engines {
    let mut engines = Engines::new(Limits::default());
    engines.start();
    engines.choose(Choice::Only(Kind::Gpu));
    engines.choose(Choice::Auto);
    engines
}

pub(in crate::engines) fn around(adapter: Adapter) -> Surroundings {
    Surroundings {
        adapter,
        is_metered: false,
    }
}

pub(in crate::engines) fn hardware() -> Adapter {
    Adapter::Hardware {
        name: "acme turbo".into(),
    }
}

pub(in crate::engines) fn software() -> Adapter {
    Adapter::Software {
        name: "google swiftshader".into(),
    }
}

pub(in crate::engines) fn no_adapter() -> Adapter {
    Adapter::Unsuitable {
        reason: both(text::NO_CARD),
    }
}

/// The ids sent to an engine among `commands`.
fn sent(commands: &[Command], to: Kind) -> Vec<u32> {
    let sent = commands.iter().filter_map(|command| match command {
        Command::Predict(kind, question) if *kind == to => Some(question.id),
        _ => None,
    });
    sent.collect()
}

/// Answers what an engine is asked to measure it, each in `milliseconds`.
pub(in crate::engines) fn measure(
    engines: &mut Engines,
    kind: Kind,
    milliseconds: f64,
) -> Vec<Command> {
    let mut commands = Vec::new();
    for _ in 0..11 {
        commands.extend(engines.on_reply(kind, prediction(PROBE, milliseconds)));
    }
    commands
}

/// The CPU engine running and measured, the weights with the page.
pub(in crate::engines) fn on_cpu(milliseconds: f64) -> Engines {
    let mut engines = Engines::new(Limits::default());
    engines.start();
    engines.on_weights(Ok(()));
    engines.on_reply(Kind::Cpu, ready());
    measure(&mut engines, Kind::Cpu, milliseconds);
    engines
}

/// Both engines running and measured.
pub(in crate::engines) fn running(cpu: f64, gpu: f64) -> Engines {
    let mut engines = on_cpu(cpu);
    engines.on_surroundings(around(software()));
    engines.choose(Choice::Only(Kind::Gpu));
    engines.choose(Choice::Auto);
    engines.on_reply(Kind::Gpu, ready());
    measure(&mut engines, Kind::Gpu, gpu);
    engines
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn sentences(engines: &Engines, kind: Kind) -> &str {
    match engines.state(kind) {
        State::Failed(failure) => &failure.sentences.english,
        other => panic!("{kind:?} is {other:?}"),
    }
}

const START_GPU: Command = Command::Start(Kind::Gpu);
