//! How long the page waits for an engine, for the weights and for an answer.

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;

#[test]
fn a_cpu_engine_that_does_not_start_in_time_failed() {
    let mut engines = Engines::new(Limits::default());
    engines.start();
    engines.tick(seconds(40));
    assert_eq!(*engines.state(Kind::Cpu), State::Loading);
    engines.on_weights(Ok(()));
    engines.tick(seconds(19));
    assert_eq!(*engines.state(Kind::Cpu), State::Loading);
    engines.tick(seconds(1));
    assert_eq!(
        sentences(&engines, Kind::Cpu),
        "The CPU engine could not be started. It did not answer for 20\u{a0}seconds."
    );
}

#[test]
fn webgpu_has_a_minute_to_start() {
    let mut engines = on_cpu(1.4);
    engines.on_surroundings(around(hardware()));
    engines.choose(Choice::Only(Kind::Gpu));
    engines.tick(seconds(59));
    assert_eq!(*engines.state(Kind::Gpu), State::Loading);
    engines.tick(seconds(1));
    assert!(sentences(&engines, Kind::Gpu).ends_with("60\u{a0}seconds."));
    assert_eq!(engines.in_use(), Some(Kind::Cpu));
}

#[test]
fn weights_may_take_long_as_long_as_something_comes() {
    let mut engines = Engines::new(Limits::default());
    engines.start();
    for received in 1..10 {
        engines.tick(seconds(50));
        engines.on_progress(Progress {
            received,
            total: None,
        });
    }
    assert_eq!(*engines.state(Kind::Cpu), State::Loading);
    engines.tick(seconds(60));
    assert!(sentences(&engines, Kind::Cpu).starts_with("The weights did not arrive"));
    assert_eq!(engines.on_weights(Ok(())), []);
}

#[test]
fn an_answer_that_never_comes_frees_the_queue() {
    let mut engines = running(10.0, 3.0);
    engines.ask(picture(1), Vec::new());
    assert_eq!(engines.tick(seconds(19)), []);
    let commands = engines.tick(seconds(1));
    assert!(commands.contains(&Command::Stop(Kind::Gpu)));
    assert_eq!(sent(&commands, Kind::Cpu), [engines.asked()]);
    assert!(sentences(&engines, Kind::Gpu).contains("while it was working"));
}

#[test]
fn a_browser_that_never_names_its_adapter_is_taken_to_have_none() {
    let mut engines = looking_around();
    engines.on_weights(Ok(()));
    engines.on_reply(Kind::Cpu, failed("It is blocked."));
    engines.tick(seconds(19));
    assert!(engines.awaits_gpu());
    engines.tick(seconds(1));
    assert!(!engines.awaits_gpu());
    assert!(matches!(engines.state(Kind::Gpu), State::Unsuitable { .. }));
    assert_eq!(engines.on_surroundings(around(hardware())), []);
}

#[test]
fn an_engine_with_nothing_to_do_may_be_silent() {
    let mut engines = running(10.0, 400.0);
    for _ in 0..100 {
        engines.tick(seconds(30));
    }
    assert!(engines.state(Kind::Cpu) == &State::Ready && engines.state(Kind::Gpu) == &State::Ready);
    engines.ask(picture(1), Vec::new());
    engines.tick(seconds(19));
    assert_eq!(*engines.state(Kind::Cpu), State::Ready);
}
