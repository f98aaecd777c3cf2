#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;
use crate::engines::limits::Limits;
use crate::engines::machine::tests::{
    around, failed, hardware, measure, no_adapter, on_cpu, ready, running, software, told,
};
use crate::engines::surroundings::Surroundings;

/// The engine in use and the whole of what is said, with common spaces.
fn status(engines: &Engines) -> (&'static str, String) {
    let status = Status::from(engines);
    let words = format!("{} {}", status.sentence.english, status.other.english);
    (status.engine, words.trim_end().replace('\u{a0}', " "))
}

#[test]
fn the_sentence_follows_the_engines() {
    let mut engines = Engines::new(Limits::default());
    engines.start();
    let loading = "Loading the CPU engine …";
    assert_eq!(status(&engines), ("loading", loading.into()));
    engines.on_weights(Ok(()));
    engines.on_reply(Kind::Cpu, ready());
    assert_eq!(status(&engines), ("cpu", "Using the CPU engine.".into()));
    measure(&mut engines, Kind::Cpu, 11.0);
    let alone = "Using the CPU engine: 11 ms on this device.";
    assert_eq!(status(&engines), ("cpu", alone.into()));
    engines.on_surroundings(around(hardware()));
    engines.on_idle();
    let coming = format!("{alone} WebGPU is loading.");
    assert_eq!(status(&engines), ("cpu", coming));
    engines.on_reply(Kind::Gpu, ready());
    let measured = format!("{alone} WebGPU is being measured.");
    assert_eq!(status(&engines), ("cpu", measured));
    measure(&mut engines, Kind::Gpu, 480.0);
    assert_eq!(
        status(&engines),
        ("cpu", format!("{alone} WebGPU takes 480 ms."))
    );
    engines.choose(Choice::Only(Kind::Gpu));
    let chosen = "Using WebGPU, as you chose: 480 ms on this device. The CPU engine takes 11 ms.";
    assert_eq!(status(&engines), ("gpu", chosen.into()));
}

#[test]
fn why_webgpu_was_not_loaded_is_said() {
    let metered = Surroundings {
        adapter: hardware(),
        is_metered: true,
    };
    for (time, surroundings, why) in [
        (11.0, metered, "WebGPU was not loaded, to save data."),
        (
            1.4,
            around(hardware()),
            "WebGPU was not loaded: it would not be noticeably faster.",
        ),
        (
            11.0,
            around(software()),
            "WebGPU was not loaded: it has only a software adapter here.",
        ),
        (
            11.0,
            around(no_adapter()),
            "WebGPU finds no graphics card here.",
        ),
    ] {
        let mut engines = on_cpu(time);
        engines.on_surroundings(surroundings);
        let other = Status::from(&engines).other;
        assert_eq!(other.english, why);
        assert!(other.chinese.contains("WebGPU"), "{other:?}");
    }
}

#[test]
fn webgpu_that_cannot_run_cannot_be_chosen() {
    let mut engines = on_cpu(1.4);
    assert!(Status::from(&engines).webgpu);
    engines.on_surroundings(around(no_adapter()));
    assert!(!Status::from(&engines).webgpu);
}

#[test]
fn what_the_graphics_card_is_called_is_kept_out_of_the_sentence() {
    let engines = running(11.0, 3.0);
    let status = Status::from(&engines);
    assert_eq!(status.details, "WebGPU: google swiftshader");
    let said = format!("{:?} {:?}", status.sentence, status.other);
    assert!(!said.contains("swiftshader"), "{said}");
}

#[test]
fn why_an_engine_stopped_is_said_while_the_other_continues() {
    let mut engines = running(11.0, 3.0);
    engines.on_reply(Kind::Gpu, failed("The device was lost."));
    let words = "Using the CPU engine: 11 ms on this device. WebGPU stopped while it was working. The device was lost.";
    assert_eq!(status(&engines), ("cpu", words.into()));
    assert_eq!(Status::from(&engines).failure, None);
    assert_eq!(Status::from(&engines).remedy, Some(Remedy::TryAgain));
}

#[test]
fn a_cpu_engine_that_was_started_again_says_so() {
    let mut engines = on_cpu(11.0);
    engines.on_reply(Kind::Cpu, failed("It ran out of memory."));
    assert_eq!(
        status(&engines),
        ("loading", "Loading the CPU engine …".into())
    );
    engines.on_reply(Kind::Cpu, ready());
    let words = "Using the CPU engine. The CPU engine stopped while it was working. It ran out of memory. It was started again.";
    assert_eq!(status(&engines), ("cpu", words.into()));
    assert_eq!(Status::from(&engines).remedy, None);
}

#[test]
fn a_failure_is_told_once_nothing_can_come() {
    let mut engines = Engines::new(Limits::default());
    engines.start();
    engines.on_weights(Ok(()));
    assert_eq!(Status::from(&engines).failure, None);
    engines.on_reply(Kind::Cpu, failed("It is blocked."));
    assert_eq!(status(&engines), ("loading", "Loading WebGPU …".into()));
    engines.on_surroundings(around(hardware()));
    assert_eq!(status(&engines), ("loading", "Loading WebGPU …".into()));
    engines.on_reply(Kind::Gpu, failed("It is blocked too."));
    let status = Status::from(&engines);
    assert_eq!(status.engine, "failed");
    assert_eq!(status.sentence.english, "No engine is running.");
    let both = "The CPU engine could not be started. It is blocked. WebGPU could not be started. It is blocked too.";
    let failure = status.failure.unwrap();
    assert_eq!(failure.english, both);
    let both = "無法啟動 CPU 引擎。原因。無法啟動 WebGPU。原因。";
    assert_eq!(failure.chinese, both);
    assert_eq!(status.remedy, Some(Remedy::TryAgain));
}

#[test]
fn the_same_reason_is_told_once() {
    let mut engines = Engines::new(Limits::default());
    engines.start();
    engines.choose(Choice::Only(Kind::Gpu));
    engines.on_surroundings(around(hardware()));
    engines.on_weights(Err(told("The weights are missing.")));
    let status = Status::from(&engines);
    assert_eq!(status.failure, Some(told("The weights are missing.")));
}

#[test]
fn the_weights_progress_is_shown_while_they_come() {
    let mut engines = Engines::new(Limits::default());
    assert_eq!(Status::from(&engines).progress, None);
    engines.start();
    let some = Progress {
        received: 100,
        total: Some(400),
    };
    engines.on_progress(some);
    assert_eq!(Status::from(&engines).progress, Some(some));
    engines.on_weights(Ok(()));
    assert_eq!(Status::from(&engines).progress, None);
}
