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
        knowledge: Knowledge {
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

/// The ids sent to an engine among `effects`.
fn sent(effects: &[Effect], to: Kind) -> Vec<u32> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Send(kind, Request::Predict { id, .. }) if *kind == to => Some(*id),
            _ => None,
        })
        .collect()
}

/// Answers an engine's probes, each in `milliseconds`.
fn measure(fleet: &mut Fleet, kind: Kind, milliseconds: f64) {
    for _ in 0..PROBES {
        fleet.hear(kind, prediction(PROBE, milliseconds));
    }
}

/// Both engines running and measured.
fn running(cpu: f64, gpu: f64) -> Fleet {
    let mut fleet = Fleet::new("w".into(), true);
    fleet.start();
    fleet.hear(Kind::Cpu, ready("the CPU"));
    measure(&mut fleet, Kind::Cpu, cpu);
    fleet.hear(Kind::Gpu, ready("a GPU"));
    measure(&mut fleet, Kind::Gpu, gpu);
    fleet
}

#[test]
fn webgpu_loads_behind_the_cpu() {
    let mut fleet = Fleet::new("w".into(), true);
    let effects = fleet.start();
    assert_eq!(effects[0], Effect::Start(Kind::Cpu));
    assert_eq!(effects.len(), 2);
    assert_eq!(fleet.in_use(), None);
    let effects = fleet.hear(Kind::Cpu, ready("the CPU"));
    assert!(effects.contains(&Effect::Start(Kind::Gpu)));
    assert_eq!(fleet.in_use(), Some(Kind::Cpu));
}

#[test]
fn without_webgpu_only_the_cpu_starts() {
    let mut fleet = Fleet::new("w".into(), false);
    fleet.start();
    let effects = fleet.hear(Kind::Cpu, ready("the CPU"));
    assert!(!effects.contains(&Effect::Start(Kind::Gpu)));
    assert_eq!(*fleet.state(Kind::Gpu), State::Absent);
}

#[test]
fn a_question_before_the_engine_is_asked_when_it_comes() {
    let mut fleet = Fleet::new("w".into(), false);
    fleet.start();
    assert!(fleet.ask(picture(1)).is_empty());
    let effects = fleet.hear(Kind::Cpu, ready("the CPU"));
    assert_eq!(sent(&effects, Kind::Cpu), [fleet.asked()]);
}

#[test]
fn answers_show_while_newer_questions_wait() {
    let mut fleet = running(10.0, 400.0);
    fleet.ask(picture(1));
    let first = fleet.asked();
    fleet.ask(picture(2));
    fleet.ask(picture(3));
    let effects = fleet.hear(Kind::Cpu, prediction(first, 10.0));
    assert_eq!(fleet.shown().id, first);
    assert_eq!(sent(&effects, Kind::Cpu), [fleet.asked()]);
    fleet.hear(Kind::Cpu, prediction(fleet.asked(), 10.0));
    assert_eq!(fleet.shown().id, fleet.asked());
}

#[test]
fn no_late_answer_shows_after_a_dismissal() {
    let mut fleet = running(10.0, 400.0);
    fleet.ask(picture(1));
    let first = fleet.asked();
    fleet.dismiss();
    fleet.hear(Kind::Cpu, prediction(first, 10.0));
    assert_eq!(fleet.shown().answer, None);
    assert_eq!(fleet.shown().id, fleet.asked());
}

#[test]
fn the_faster_engine_answers() {
    assert_eq!(running(10.0, 400.0).in_use(), Some(Kind::Cpu));
    assert_eq!(running(10.0, 9.0).in_use(), Some(Kind::Cpu));
    assert_eq!(running(10.0, 3.0).in_use(), Some(Kind::Gpu));
}

#[test]
fn another_engine_is_asked_the_same_again() {
    let mut fleet = running(10.0, 400.0);
    fleet.ask(picture(1));
    fleet.hear(Kind::Cpu, prediction(fleet.asked(), 10.0));
    let before = fleet.asked();
    let effects = fleet.choose(Choice::Only(Kind::Gpu));
    assert_eq!(fleet.in_use(), Some(Kind::Gpu));
    assert_eq!(fleet.asked(), before + 1);
    assert_eq!(sent(&effects, Kind::Gpu), [before + 1]);
}

#[test]
fn when_an_engine_fails_the_other_goes_on() {
    let mut fleet = running(10.0, 3.0);
    fleet.ask(picture(1));
    let effects = fleet.hear(Kind::Gpu, failed("The device was lost."));
    assert!(effects.contains(&Effect::Stop(Kind::Gpu)));
    assert_eq!(fleet.in_use(), Some(Kind::Cpu));
    assert_eq!(sent(&effects, Kind::Cpu), [fleet.asked()]);
}

#[test]
fn choosing_a_failed_engine_tries_it_again() {
    let mut fleet = Fleet::new("w".into(), false);
    fleet.start();
    fleet.hear(Kind::Cpu, failed("The weights are missing."));
    assert_eq!(fleet.in_use(), None);
    let effects = fleet.choose(Choice::Only(Kind::Cpu));
    assert_eq!(effects[0], Effect::Start(Kind::Cpu));
    assert_eq!(*fleet.state(Kind::Cpu), State::Loading);
}
