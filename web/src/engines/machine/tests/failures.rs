//! Engines and weights that fail, and what takes their place.

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;

#[test]
fn when_webgpu_stops_the_cpu_continues_and_the_reason_is_kept() {
    let mut engines = running(10.0, 3.0);
    engines.ask(picture(1), Vec::new());
    let commands = engines.on_reply(Kind::Gpu, failed("The device was lost."));
    assert!(commands.contains(&Command::Stop(Kind::Gpu)));
    assert_eq!(engines.in_use(), Some(Kind::Cpu));
    assert_eq!(sent(&commands, Kind::Cpu), [engines.asked()]);
    engines.on_reply(Kind::Gpu, failed("Unreachable executed."));
    assert_eq!(
        sentences(&engines, Kind::Gpu),
        "WebGPU stopped while it was working. The device was lost."
    );
}

#[test]
fn an_engine_that_never_ran_could_not_be_started() {
    let mut engines = Engines::new(Limits::default());
    engines.start();
    engines.on_reply(Kind::Cpu, failed("Its files are missing or blocked."));
    assert_eq!(
        sentences(&engines, Kind::Cpu),
        "The CPU engine could not be started. Its files are missing or blocked."
    );
}

#[test]
fn a_cpu_engine_that_stopped_is_started_again_once() {
    let mut engines = on_cpu(1.4);
    engines.on_surroundings(around(no_adapter()));
    engines.ask(picture(1), Vec::new());
    let commands = engines.on_reply(Kind::Cpu, failed("It ran out of memory."));
    let expected = [
        Command::Stop(Kind::Cpu),
        Command::Start(Kind::Cpu),
        Command::Load(Kind::Cpu),
    ];
    assert_eq!(commands, expected);
    let commands = engines.on_reply(Kind::Cpu, ready());
    assert_eq!(sent(&commands, Kind::Cpu), [engines.asked()]);
    assert!(engines.stopped(Kind::Cpu).is_some());
    let commands = engines.on_reply(Kind::Cpu, failed("It ran out of memory."));
    assert_eq!(commands, [Command::Stop(Kind::Cpu)]);
    assert!(matches!(engines.state(Kind::Cpu), State::Failed(_)));
}

#[test]
fn no_answer_outlasts_the_engine_that_gave_it() {
    let mut engines = on_cpu(1.4);
    engines.on_surroundings(around(no_adapter()));
    engines.ask(picture(1), Vec::new());
    engines.on_reply(Kind::Cpu, prediction(engines.asked(), 1.4));
    assert!(engines.latest().answer.is_some() && engines.is_settled());
    engines.on_reply(Kind::Cpu, failed("It ran out of memory."));
    assert_eq!(engines.latest().answer, None);
    engines.on_reply(Kind::Cpu, ready());
    assert!(!engines.is_settled());
    engines.on_reply(Kind::Cpu, prediction(engines.asked(), 1.4));
    assert!(engines.latest().answer.is_some());
    engines.on_reply(Kind::Cpu, failed("It ran out of memory."));
    engines.ask(picture(2), Vec::new());
    assert_eq!(engines.latest().answer, None);
    assert_eq!(engines.latest().id, engines.asked());
}

#[test]
fn where_the_cpu_engine_cannot_run_webgpu_is_tried() {
    for adapter in [hardware(), software()] {
        let mut engines = Engines::new(Limits::default());
        engines.start();
        engines.on_weights(Ok(()));
        let commands = engines.on_reply(Kind::Cpu, failed("It is blocked."));
        assert_eq!(commands, [Command::Stop(Kind::Cpu), Command::LookAround]);
        assert!(engines.awaits_gpu());
        let commands = engines.on_surroundings(around(adapter));
        assert_eq!(commands, [START_GPU, Command::Load(Kind::Gpu)]);
        engines.on_reply(Kind::Gpu, ready());
        assert_eq!(engines.in_use(), Some(Kind::Gpu));
    }
}

#[test]
fn without_usable_weights_webgpu_is_not_tried() {
    let mut engines = Engines::new(Limits::default());
    engines.start();
    let commands = engines.on_weights(Err(told("The weights are missing.")));
    assert_eq!(commands, [Command::Stop(Kind::Cpu)]);
    assert_eq!(sentences(&engines, Kind::Cpu), "The weights are missing.");
    let mut engines = Engines::new(Limits::default());
    engines.start();
    engines.on_weights(Ok(()));
    let reason = told("The weights cannot be used.");
    let commands = engines.on_reply(Kind::Cpu, Reply::WeightsRefused { reason });
    assert_eq!(commands, [Command::Stop(Kind::Cpu)]);
    assert_eq!(
        sentences(&engines, Kind::Cpu),
        "The weights cannot be used."
    );
}

#[test]
fn a_failed_engine_is_started_again_under_every_choice() {
    for choice in [
        Choice::Auto,
        Choice::Only(Kind::Cpu),
        Choice::Only(Kind::Gpu),
    ] {
        let mut engines = looking_around();
        engines.on_surroundings(around(no_adapter()));
        engines.choose(choice);
        engines.on_weights(Err(told("The weights are missing.")));
        let expected = [
            Command::Start(Kind::Cpu),
            Command::FetchWeights { fresh: true },
        ];
        assert_eq!(engines.choose(choice), expected, "{choice:?}");
        engines.on_weights(Err(told("The weights are missing.")));
        assert_eq!(engines.try_again(), expected, "{choice:?}");
        engines.on_weights(Ok(()));
        engines.on_reply(Kind::Cpu, ready());
        assert_eq!(engines.in_use(), Some(Kind::Cpu));
    }
}

#[test]
fn leaving_a_webgpu_that_failed_does_not_load_it_again() {
    let mut engines = on_cpu(11.0);
    engines.on_surroundings(around(hardware()));
    engines.choose(Choice::Only(Kind::Gpu));
    engines.on_reply(Kind::Gpu, failed("The device was lost."));
    assert_eq!(engines.choose(Choice::Auto), []);
    assert!(engines.choose(Choice::Auto).contains(&START_GPU));
}

#[test]
fn replaced_files_call_for_a_reload() {
    let mut engines = Engines::new(Limits::default());
    engines.start();
    let reason = told("cpu_bg.wasm answered 404.");
    engines.on_reply(Kind::Cpu, Reply::Outdated { reason });
    let State::Failed(failure) = engines.state(Kind::Cpu) else {
        panic!("it runs");
    };
    assert_eq!(failure.remedy, Remedy::Reload);
    assert!(failure.sentences.english.contains("was updated"));
}
