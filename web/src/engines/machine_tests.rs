use shared::classes::ClassNames;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;

fn picture(level: u8) -> GrayImage {
    GrayImage::from_pixel(INPUT_SIDE, INPUT_SIDE, image::Luma([level]))
}

fn ready(device: &str) -> Reply {
    Reply::Ready {
        device: device.into(),
        model_info: ModelInfo {
            classes: ClassNames::default(),
            measured: None,
        },
    }
}

fn prediction(id: u32, milliseconds: f64) -> Reply {
    Reply::Prediction {
        id,
        logits: vec![id as f32],
        probabilities: vec![1.0],
        milliseconds,
    }
}

fn failed(reason: &str) -> Reply {
    Reply::Failed {
        reason: reason.into(),
    }
}

/// The ids sent to an engine among `commands`.
fn sent(commands: &[Command], to: Kind) -> Vec<u32> {
    commands
        .iter()
        .filter_map(|command| match command {
            Command::Send(kind, Request::Predict { id, .. }) if *kind == to => Some(*id),
            _ => None,
        })
        .collect()
}

/// Answers an engine's probes, each in `milliseconds`.
fn measure(engines: &mut Engines, kind: Kind, milliseconds: f64) {
    for _ in 0..PROBES {
        engines.on_reply(kind, prediction(PROBE, milliseconds));
    }
}

/// Both engines running and measured.
fn running(cpu: f64, gpu: f64) -> Engines {
    let mut engines = Engines::new("w".into(), true);
    engines.start();
    engines.on_reply(Kind::Cpu, ready("the CPU"));
    measure(&mut engines, Kind::Cpu, cpu);
    engines.on_reply(Kind::Gpu, ready("a GPU"));
    measure(&mut engines, Kind::Gpu, gpu);
    engines
}

#[test]
fn webgpu_loads_behind_the_cpu() {
    let mut engines = Engines::new("w".into(), true);
    let commands = engines.start();
    assert_eq!(commands[0], Command::Start(Kind::Cpu));
    assert_eq!(commands.len(), 2);
    assert_eq!(engines.in_use(), None);
    let commands = engines.on_reply(Kind::Cpu, ready("the CPU"));
    assert!(commands.contains(&Command::Start(Kind::Gpu)));
    assert_eq!(engines.in_use(), Some(Kind::Cpu));
}

#[test]
fn without_webgpu_only_the_cpu_starts() {
    let mut engines = Engines::new("w".into(), false);
    engines.start();
    let commands = engines.on_reply(Kind::Cpu, ready("the CPU"));
    assert!(!commands.contains(&Command::Start(Kind::Gpu)));
    assert_eq!(*engines.state(Kind::Gpu), State::Absent);
}

#[test]
fn a_question_before_the_engine_is_asked_when_it_comes() {
    let mut engines = Engines::new("w".into(), false);
    engines.start();
    assert!(engines.ask(picture(1)).is_empty());
    let commands = engines.on_reply(Kind::Cpu, ready("the CPU"));
    assert_eq!(sent(&commands, Kind::Cpu), [engines.asked()]);
}

#[test]
fn answers_show_while_newer_questions_wait() {
    let mut engines = running(10.0, 400.0);
    engines.ask(picture(1));
    let first = engines.asked();
    engines.ask(picture(2));
    engines.ask(picture(3));
    let commands = engines.on_reply(Kind::Cpu, prediction(first, 10.0));
    assert_eq!(engines.latest().id, first);
    assert_eq!(sent(&commands, Kind::Cpu), [engines.asked()]);
    engines.on_reply(Kind::Cpu, prediction(engines.asked(), 10.0));
    assert_eq!(engines.latest().id, engines.asked());
}

#[test]
fn no_late_answer_shows_after_a_dismissal() {
    let mut engines = running(10.0, 400.0);
    engines.ask(picture(1));
    let first = engines.asked();
    engines.dismiss();
    engines.on_reply(Kind::Cpu, prediction(first, 10.0));
    assert_eq!(engines.latest().answer, None);
    assert_eq!(engines.latest().id, engines.asked());
}

#[test]
fn the_faster_engine_answers() {
    assert_eq!(running(10.0, 400.0).in_use(), Some(Kind::Cpu));
    assert_eq!(running(10.0, 9.0).in_use(), Some(Kind::Cpu));
    assert_eq!(running(10.0, 3.0).in_use(), Some(Kind::Gpu));
}

#[test]
fn another_engine_is_asked_the_same_again() {
    let mut engines = running(10.0, 400.0);
    engines.ask(picture(1));
    engines.on_reply(Kind::Cpu, prediction(engines.asked(), 10.0));
    let before = engines.asked();
    let commands = engines.choose(Choice::Only(Kind::Gpu));
    assert_eq!(engines.in_use(), Some(Kind::Gpu));
    assert_eq!(engines.asked(), before + 1);
    assert_eq!(sent(&commands, Kind::Gpu), [before + 1]);
}

#[test]
fn when_an_engine_fails_the_other_goes_on() {
    let mut engines = running(10.0, 3.0);
    engines.ask(picture(1));
    let commands = engines.on_reply(Kind::Gpu, failed("The device was lost."));
    assert!(commands.contains(&Command::Stop(Kind::Gpu)));
    assert_eq!(engines.in_use(), Some(Kind::Cpu));
    assert_eq!(sent(&commands, Kind::Cpu), [engines.asked()]);
}

#[test]
fn choosing_a_failed_engine_tries_it_again() {
    let mut engines = Engines::new("w".into(), false);
    engines.start();
    engines.on_reply(Kind::Cpu, failed("The weights are missing."));
    assert_eq!(engines.in_use(), None);
    let commands = engines.choose(Choice::Only(Kind::Cpu));
    assert_eq!(commands[0], Command::Start(Kind::Cpu));
    assert_eq!(*engines.state(Kind::Cpu), State::Loading);
}
