//! A run that was stopped resumes as if it had not been.
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]

mod program;

use std::{
    fs,
    path::Path,
    process::{Child, Command, Stdio},
};

use program::{TINY, fail, files, interrupt, kill, output, succeed, wait_for, with_sample};

/// Enough epochs that the run is still going when it is stopped.
fn long() -> Vec<&'static str> {
    let mut arguments = TINY.to_vec();
    arguments[12] = "100000";
    arguments
}

/// Starts a long run and waits for its second checkpoint.
fn started(folder: &Path) -> Child {
    let mut child = program::started(folder, &long());
    wait_for(&mut child, &folder.join("run/checkpoints/epoch-00002"));
    child
}

fn epochs(folder: &Path) -> usize {
    let log = fs::read_to_string(folder.join("run/log.csv")).unwrap();
    log.lines().count() - 1
}

/// The epochs of the newest checkpoint.
fn saved(folder: &Path) -> usize {
    let entries = fs::read_dir(folder.join("run/checkpoints")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let epochs = names.filter_map(|name| name.strip_prefix("epoch-")?.parse().ok());
    epochs.max().unwrap()
}

/// Two more epochs than there are, in one go.
fn resumes(folder: &Path) {
    let before = saved(folder);
    let more = (before + 2).to_string();
    // On the device that it was started on.
    let arguments = ["train", "--resume", "--run", "run", "--epochs", &more];
    let said = succeed(folder, &arguments);
    assert!(
        said.contains(&format!("{before} of {more} epochs done")),
        "{said}"
    );
    assert!(said.contains("device: CPU"), "{said}");
    assert_eq!(epochs(folder), before + 2);
}

#[test]
fn after_kill_no_completed_epoch_is_lost() {
    let folder = with_sample();
    kill(started(folder.path()));
    assert!(epochs(folder.path()) >= saved(folder.path()));
    resumes(folder.path());
}

#[test]
fn ctrl_c_ends_with_130_and_no_completed_epoch_is_lost() {
    let folder = with_sample();
    let status = interrupt(started(folder.path()));
    assert_eq!(status.code(), Some(130));
    resumes(folder.path());
}

/// `timeout` signals a program, and at once again with its process group.
#[test]
fn two_signals_at_once_are_one_request() {
    let folder = with_sample();
    let mut command = program::trainer(folder.path(), &long());
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    wait_for(
        &mut child,
        &folder.path().join("run/checkpoints/epoch-00002"),
    );
    let twice = format!("kill -INT {0}; kill -INT {0}", child.id());
    let sent = Command::new("bash").args(["-c", &twice]).status().unwrap();
    assert!(sent.success());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("stopped after"), "{said}");
    assert_eq!(output.status.code(), Some(130));
}

/// Weights and log but for the times.
fn result(folder: &Path) -> (Vec<u8>, Vec<String>) {
    succeed(folder, &["export", "--run", "run", "--out", "weights"]);
    let log = fs::read_to_string(folder.join("run/log.csv")).unwrap();
    // The last two columns: seconds, and pictures a second.
    let without_time = |line: &str| line.rsplitn(3, ',').last().unwrap().to_owned();
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
        "--source-transform",
        "mixed",
        "--augmentation",
        "weak",
        "--im-weight",
        "1",
        "--consistency",
        "1",
        "--stroke-augmentation",
        "0.5",
        "--start",
        "0",
        "--decay",
        "cosine",
    ]);
    succeed(one.path(), &four);

    let mut child = program::started(other.path(), &four);
    wait_for(
        &mut child,
        &other.path().join("run/checkpoints/epoch-00001"),
    );
    kill(child);
    assert!(saved(other.path()) < 4, "it was not interrupted");
    succeed(other.path(), &["train", "--resume", "--run", "run"]);
    assert_eq!(result(one.path()), result(other.path()));
}

#[test]
fn nothing_to_resume_is_said() {
    let folder = with_sample();
    fail(
        folder.path(),
        &["train", "--resume"],
        &["no run under runs to resume"],
    );
}

#[test]
fn the_unfinished_run_that_was_trained_last_is_resumed() {
    let folder = with_sample();
    let place = folder.path();
    let in_folder = |run: &'static str, epochs: &'static str| {
        let mut arguments = TINY.to_vec();
        (arguments[4], arguments[12]) = (run, epochs);
        arguments
    };
    // The last by name and by time, but finished; and one that was trained before.
    for run in ["runs/older", "runs/newer"] {
        let mut child = program::started(place, &in_folder(run, "100000"));
        wait_for(&mut child, &place.join(run).join("checkpoints/epoch-00001"));
        kill(child);
    }
    succeed(place, &in_folder("runs/zzz", "1"));
    let mut child = program::started(place, &["train", "--resume"]);
    let log = |run: &str| fs::read_to_string(place.join(run).join("log.csv")).unwrap();
    let before = log("runs/newer").lines().count();
    let next = format!("runs/newer/checkpoints/epoch-{:05}", before + 2);
    wait_for(&mut child, &place.join(next));
    kill(child);
    for run in ["runs/older", "runs/newer"] {
        fs::remove_dir_all(place.join(run)).unwrap();
    }
    fail(
        place,
        &["train", "--resume"],
        &["all 1 runs under runs are finished"],
    );
}

#[test]
fn fewer_epochs_than_are_done_are_refused_and_more_say_how_schedules_stretch() {
    let folder = with_sample();
    let place = folder.path();
    succeed(place, &[&TINY[..], &["--decay", "cosine"]].concat());
    let config = fs::read(place.join("run/config.json")).unwrap();
    let resume = |epochs: &'static str| ["train", "--resume", "--run", "run", "--epochs", epochs];
    fail(place, &resume("1"), &["--epochs 1", "2 epochs"]);
    assert_eq!(fs::read(place.join("run/config.json")).unwrap(), config);
    let said = succeed(place, &resume("4"));
    assert!(said.contains("4 epochs instead of 2: schedules"), "{said}");
    // After 8 of 16 steps, and of 8: it still warms up, over 100 steps.
    assert!(said.contains("at epoch 2: learning rate 4.73e-5"), "{said}");
    assert!(said.contains("instead of learning rate 4.50e-6"), "{said}");
}

#[test]
fn the_log_is_made_anew_from_the_checkpoint() {
    let folder = with_sample();
    let place = folder.path();
    succeed(place, &TINY);
    let log = place.join("run/log.csv");
    let whole = fs::read_to_string(&log).unwrap();
    let cut = &whole[..whole.trim_end().rfind('\n').unwrap()];
    fs::write(&log, cut).unwrap();
    succeed(place, &["train", "--resume", "--run", "run"]);
    assert_eq!(fs::read_to_string(&log).unwrap(), whole);
    // Curves are drawn from the same source.
    fs::write(&log, cut).unwrap();
    let said = succeed(place, &["curves", "--run", "run"]);
    assert!(said.contains("2 epochs"), "{said}");
}

#[test]
fn a_damaged_checkpoint_is_named_and_the_one_before_is_used() {
    let folder = with_sample();
    let place = folder.path();
    let mut arguments = TINY.to_vec();
    arguments[12] = "3";
    succeed(place, &arguments);
    let weights = |name: &str| {
        succeed(place, &["export", "--run", "run", "--out", name]);
        fs::read(place.join(name)).unwrap()
    };
    let whole = weights("whole");
    let damage = |epoch: &str| {
        let file = place
            .join("run/checkpoints")
            .join(epoch)
            .join("adam-domain.bpk");
        let bytes = fs::read(&file).unwrap();
        fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
    };
    damage("epoch-00003");
    let resume = ["train", "--resume", "--run", "run"];
    let output = output(place, &resume);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{errors}");
    assert!(errors.contains("epoch-00003/adam-domain.bpk"), "{errors}");
    assert!(weights("again") == whole);
    // Where none is sound, nothing is changed.
    damage("epoch-00003");
    damage("epoch-00002");
    let before = files(&place.join("run"));
    fail(place, &resume, &["adam-domain.bpk", "put back a copy"]);
    assert_eq!(files(&place.join("run")), before);
}

#[test]
fn a_checkpoint_whose_state_is_damaged_is_passed_over_as_well() {
    let folder = with_sample();
    let place = folder.path();
    let mut arguments = TINY.to_vec();
    (arguments[4], arguments[12]) = ("runs/run", "3");
    succeed(place, &arguments);
    let checkpoints = place.join("runs/run/checkpoints");
    let state = |epoch: &str| checkpoints.join(epoch).join("state.json");
    fs::write(state("epoch-00003"), "").unwrap();
    // Nor is one that somebody made.
    fs::create_dir(checkpoints.join("epoch-00009")).unwrap();
    let output = output(place, &["train", "--resume"]);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{errors}");
    assert!(errors.contains("epoch-00009/state.json"), "{errors}");
    let log = fs::read_to_string(place.join("runs/run/log.csv")).unwrap();
    assert_eq!(log.lines().count(), 4, "{log}");
    // Where none is sound, the run is not called finished.
    fs::write(state("epoch-00003"), "").unwrap();
    fail(
        place,
        &["train", "--resume"],
        &["runs/run cannot", "state.json"],
    );
}

#[test]
fn a_run_that_was_cut_off_before_its_manifest_is_begun_anew() {
    let folder = with_sample();
    let place = folder.path();
    succeed(place, &TINY);
    let export = |out: &str| {
        succeed(place, &["export", "--run", "run", "--out", out]);
        fs::read(place.join(out)).unwrap()
    };
    let whole = export("whole");
    fs::remove_dir_all(place.join("run/checkpoints")).unwrap();
    for file in ["manifest.csv", "log.csv"] {
        fs::remove_file(place.join("run").join(file)).unwrap();
    }
    succeed(place, &["train", "--resume", "--run", "run"]);
    assert!(export("again") == whole);
}

#[test]
fn labels_that_are_gone_keep_no_run_from_being_resumed_or_reported() {
    let folder = with_sample();
    let place = folder.path();
    fs::write(place.join("labels.csv"), "id,label\n0,1\n1,2\n").unwrap();
    succeed(place, &[&TINY[..], &["--labels", "labels.csv"]].concat());
    fs::rename(place.join("labels.csv"), place.join("moved.csv")).unwrap();
    let resume = ["train", "--resume", "--run", "run", "--epochs"];
    let said = succeed(place, &[&resume[..], &["3"]].concat());
    assert!(!said.contains("labelled doodles"), "{said}");
    succeed(place, &["report", "--run", "run"]);
    let now = [&resume[..], &["4", "--labels", "moved.csv"]].concat();
    let said = succeed(place, &now);
    assert!(said.contains("of 2 labelled doodles"), "{said}");
}
