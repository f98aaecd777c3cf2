use shared::classes::ClassNames;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

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

#[test]
fn the_cpu_starts_first_with_weights_that_are_fetched_once() {
    let mut engines = Engines::new(Limits::default());
    let commands = engines.start();
    let expected = [
        Command::Start(Kind::Cpu),
        Command::FetchWeights { fresh: false },
    ];
    assert_eq!(commands, expected);
    assert_eq!(engines.in_use(), None);
    let commands = engines.on_weights(Ok(()));
    assert_eq!(commands, [Command::Load(Kind::Cpu)]);
    engines.on_reply(Kind::Cpu, ready());
    assert_eq!(engines.in_use(), Some(Kind::Cpu));
    measure(&mut engines, Kind::Cpu, 1.4);
    engines.on_surroundings(around(hardware()));
    let commands = engines.choose(Choice::Only(Kind::Gpu));
    assert_eq!(commands, [START_GPU, Command::Load(Kind::Gpu)]);
}

#[test]
fn the_surroundings_are_looked_at_once_the_cpu_has_answered() {
    let mut engines = Engines::new(Limits::default());
    engines.start();
    engines.on_weights(Ok(()));
    let commands = engines.on_reply(Kind::Cpu, ready());
    assert!(!commands.contains(&Command::LookAround));
    let commands = measure(&mut engines, Kind::Cpu, 1.4);
    let looks = commands
        .iter()
        .filter(|command| **command == Command::LookAround);
    assert_eq!(looks.count(), 1);
}

#[test]
fn webgpu_is_loaded_at_idle_where_the_cpu_is_slow() {
    let mut engines = on_cpu(11.0);
    let commands = engines.on_surroundings(around(hardware()));
    assert_eq!(commands, [Command::AwaitIdle]);
    assert_eq!(*engines.state(Kind::Gpu), State::Off);
    assert!(engines.on_idle().contains(&START_GPU));
}

#[test]
fn webgpu_is_not_loaded_unasked_where_it_could_not_win_or_costs_too_much() {
    let metered = Surroundings {
        adapter: hardware(),
        is_metered: true,
    };
    for (time, surroundings) in [
        (1.4, around(hardware())),
        (11.0, metered),
        (11.0, around(software())),
        (11.0, around(no_adapter())),
    ] {
        let mut engines = on_cpu(time);
        let commands = engines.on_surroundings(surroundings.clone());
        assert_eq!(commands, [], "{time} ms, {surroundings:?}");
        assert!(!engines.on_idle().contains(&START_GPU));
    }
}

#[test]
fn who_chose_the_cpu_gets_no_webgpu_at_idle() {
    let mut engines = on_cpu(11.0);
    engines.on_surroundings(around(hardware()));
    engines.choose(Choice::Only(Kind::Cpu));
    assert!(!engines.on_idle().contains(&START_GPU));
}

#[test]
fn who_chooses_webgpu_gets_it_wherever_it_can_run() {
    let metered = Surroundings {
        adapter: software(),
        is_metered: true,
    };
    let mut engines = on_cpu(1.4);
    engines.on_surroundings(metered);
    let commands = engines.choose(Choice::Only(Kind::Gpu));
    assert!(commands.contains(&START_GPU));
    let mut engines = on_cpu(1.4);
    engines.on_surroundings(around(no_adapter()));
    assert_eq!(engines.choose(Choice::Only(Kind::Gpu)), []);
    assert!(matches!(engines.state(Kind::Gpu), State::Unsuitable { .. }));
    assert_eq!(engines.in_use(), Some(Kind::Cpu));
}

#[test]
fn webgpu_that_is_chosen_before_anything_is_known_waits_for_the_adapter() {
    let mut engines = Engines::new(Limits::default());
    engines.start();
    let commands = engines.choose(Choice::Only(Kind::Gpu));
    assert_eq!(commands, [Command::LookAround]);
    let commands = engines.on_surroundings(around(hardware()));
    assert_eq!(commands, [START_GPU]);
    let commands = engines.on_weights(Ok(()));
    assert_eq!(commands, Kind::ALL.map(Command::Load));
}

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
    let commands = engines.on_reply(Kind::Cpu, failed("It met a fault."));
    let expected = [
        Command::Stop(Kind::Cpu),
        Command::Start(Kind::Cpu),
        Command::Load(Kind::Cpu),
    ];
    assert_eq!(commands, expected);
    let commands = engines.on_reply(Kind::Cpu, ready());
    assert_eq!(sent(&commands, Kind::Cpu), [engines.asked()]);
    assert!(engines.stopped(Kind::Cpu).is_some());
    let commands = engines.on_reply(Kind::Cpu, failed("It met a fault."));
    assert_eq!(commands, [Command::Stop(Kind::Cpu)]);
    assert!(matches!(engines.state(Kind::Cpu), State::Failed(_)));
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
    assert!(sentences(&engines, Kind::Cpu).starts_with("The weights did not come"));
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
