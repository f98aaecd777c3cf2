//! Questions and answers, and which engine gives them.

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;

#[test]
fn a_question_before_the_engine_is_asked_when_it_comes() {
    let mut engines = Engines::new(Limits::default());
    engines.start();
    assert!(engines.ask(picture(1), Vec::new()).is_empty());
    engines.on_weights(Ok(()));
    let commands = engines.on_reply(Kind::Cpu, ready());
    assert_eq!(sent(&commands, Kind::Cpu), [engines.asked()]);
}

#[test]
fn answers_show_while_newer_questions_wait() {
    let mut engines = running(10.0, 400.0);
    engines.ask(picture(1), Vec::new());
    let first = engines.asked();
    engines.ask(picture(2), Vec::new());
    engines.ask(picture(3), Vec::new());
    let commands = engines.on_reply(Kind::Cpu, prediction(first, 10.0));
    assert_eq!(engines.latest().id, first);
    assert_eq!(sent(&commands, Kind::Cpu), [engines.asked()]);
    engines.on_reply(Kind::Cpu, prediction(engines.asked(), 10.0));
    assert_eq!(engines.latest().id, engines.asked());
}

#[test]
fn no_late_answer_shows_after_a_dismissal() {
    let mut engines = running(10.0, 400.0);
    engines.ask(picture(1), Vec::new());
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
    engines.ask(picture(1), Vec::new());
    let first = engines.asked();
    let commands = engines.choose(Choice::Only(Kind::Gpu));
    assert_eq!(engines.in_use(), Some(Kind::Gpu));
    assert!(engines.asked() > first);
    assert_eq!(sent(&commands, Kind::Gpu), [engines.asked()]);
    engines.on_reply(Kind::Gpu, prediction(engines.asked(), 400.0));
    engines.on_reply(Kind::Cpu, prediction(first, 10.0));
    assert_eq!(engines.latest().id, engines.asked());
}

#[test]
fn old_times_of_an_engine_that_could_win_are_measured_again() {
    let mut engines = running(10.0, 20.0);
    engines.tick(seconds(59));
    engines.ask(picture(1), Vec::new());
    engines.on_reply(Kind::Cpu, prediction(engines.asked(), 10.0));
    assert_eq!(sent(&engines.tick(seconds(2)), Kind::Gpu), [PROBE]);
    measure(&mut engines, Kind::Gpu, 3.0);
    assert_eq!(engines.in_use(), Some(Kind::Gpu));
    let mut engines = running(10.0, 400.0);
    engines.tick(seconds(59));
    engines.ask(picture(1), Vec::new());
    engines.on_reply(Kind::Cpu, prediction(engines.asked(), 10.0));
    assert!(sent(&engines.tick(seconds(2)), Kind::Gpu).is_empty());
}
