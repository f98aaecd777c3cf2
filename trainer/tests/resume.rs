//! A run that was stopped goes on as if it had not been.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod program;

use std::{
    fs,
    path::Path,
    process::{Child, Command},
    thread::sleep,
    time::{Duration, Instant},
};

use program::{TINY, output, succeed, trainer, with_sample};

/// Enough epochs that the run is still going when it is stopped.
fn long() -> Vec<&'static str> {
    let mut arguments = TINY.to_vec();
    arguments[12] = "100000";
    arguments
}

/// Starts a long run and waits for its second checkpoint.
fn started(folder: &Path) -> Child {
    let child = trainer(folder, &long()).spawn().unwrap();
    let begun = Instant::now();
    while !folder.join("run/checkpoints/epoch-00002").exists() {
        assert!(begun.elapsed() < Duration::from_secs(120), "no checkpoint");
        sleep(Duration::from_millis(10));
    }
    child
}

fn epochs(folder: &Path) -> usize {
    let log = fs::read_to_string(folder.join("run/log.csv")).unwrap();
    log.lines().count() - 1
}

/// Two more epochs than there are, in one go.
fn goes_on(folder: &Path) {
    let before = epochs(folder);
    let more = (before + 2).to_string();
    let arguments = [
        "train", "--resume", "--run", "run", "--device", "cpu", "--epochs", &more,
    ];
    let said = succeed(folder, &arguments);
    assert!(
        said.contains(&format!("{before} of {more} epochs done")),
        "{said}"
    );
    assert_eq!(epochs(folder), before + 2);
}

#[test]
fn after_kill() {
    let folder = with_sample();
    let mut child = started(folder.path());
    child.kill().unwrap();
    child.wait().unwrap();
    goes_on(folder.path());
}

#[test]
fn after_ctrl_c() {
    let folder = with_sample();
    let mut child = started(folder.path());
    let interrupt = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(interrupt.success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    goes_on(folder.path());
}

/// Weights and log but for the times.
fn result(folder: &Path) -> (Vec<u8>, Vec<String>) {
    succeed(folder, &["export", "--run", "run", "--out", "weights"]);
    let log = fs::read_to_string(folder.join("run/log.csv")).unwrap();
    let without_time = |line: &str| line.rsplit_once(',').unwrap().0.to_owned();
    (
        fs::read(folder.join("weights")).unwrap(),
        log.lines().map(without_time).collect(),
    )
}

#[test]
fn the_same_seed_gives_the_same_weights_interrupted_or_not() {
    let (one, other) = (with_sample(), with_sample());
    let mut four = TINY.to_vec();
    four[12] = "4";
    // A schedule over the whole run and everything that draws random numbers.
    four.extend([
        "--lambda",
        "paper",
        "--source-view",
        "mixed",
        "--geometry",
        "weak",
        "--balance",
        "1",
        "--consistency",
        "1",
        "--start",
        "0",
        "--decay",
        "cosine",
    ]);
    succeed(one.path(), &four);

    let mut child = trainer(other.path(), &four).spawn().unwrap();
    while !other.path().join("run/checkpoints/epoch-00001").exists() {
        sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    succeed(
        other.path(),
        &["train", "--resume", "--run", "run", "--device", "cpu"],
    );
    assert_eq!(result(one.path()), result(other.path()));
}

#[test]
fn nothing_to_go_on_with_is_said() {
    let folder = with_sample();
    let output = output(folder.path(), &["train", "--resume"]);
    assert!(!output.status.success());
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        errors.contains("no run to go on with under runs"),
        "{errors}"
    );
}
