//! Which engine is loaded, when and why.

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;

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
