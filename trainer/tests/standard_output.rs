//! What is printed may be cut off by whoever reads it; files may be links, pipes or devices.
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]
#![cfg(unix)]

mod program;

use std::{
    fs,
    os::unix::fs::{FileTypeExt, symlink},
    path::Path,
    process::{Command, Output, Stdio},
};

use program::{TINY, fail, succeed, trainer, with_sample};

/// Runs a line of bash in which $T is the trainer.
fn bash(folder: &Path, line: &str) -> Output {
    let mut command = Command::new("bash");
    let command = command.args(["-c", line]).current_dir(folder);
    command
        .env("T", env!("CARGO_BIN_EXE_trainer"))
        .env_remove("EDGEWISE_DATA")
        .env("NODEVICE_SELECT", "1")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

#[test]
fn a_closed_pipe_neither_stops_training_nor_fails_a_report() {
    let folder = with_sample();
    let place = folder.path();
    let train = TINY.join(" ");
    let ended = "; test ${PIPESTATUS[0]} = 0";
    for line in [
        &format!("$T {train} | true"),
        "$T data check sample | true",
        "$T data info sample --json | head -1",
        "$T completions bash | head -1",
        "$T train --help | head -1",
        "$T curves --run run | true",
        "$T export --run run --out w 2>&1 | true",
    ] {
        let output = bash(place, &format!("{line}{ended}"));
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{line}: {errors}");
        assert!(!errors.contains("panicked"), "{line}: {errors}");
    }
    let log = fs::read_to_string(place.join("run/log.csv")).unwrap();
    assert_eq!(log.lines().count(), 3, "{log}");
    let evaluate =
        "$T evaluate --weights w --data sample/held_out --labels sample/held_out_labels.csv --json";
    let output = bash(place, &format!("{evaluate} | head -2{ended}"));
    assert!(output.status.success());
}

#[test]
fn standard_output_that_is_full_is_one_error_at_the_end() {
    let folder = with_sample();
    let place = folder.path();
    let train = TINY.join(" ");
    for line in [
        &format!("$T {train}"),
        "$T data check sample",
        "$T completions bash",
    ] {
        let output = bash(place, &format!("{line} > /dev/full"));
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{line}: {errors}");
        let lines = errors.lines().filter(|line| line.starts_with("error: "));
        assert_eq!(lines.count(), 1, "{line}: {errors}");
        assert!(
            errors.contains("standard output cannot be written to"),
            "{errors}"
        );
    }
    // The epochs are all there.
    let log = fs::read_to_string(place.join("run/log.csv")).unwrap();
    assert_eq!(log.lines().count(), 3, "{log}");
}

#[test]
fn links_pipes_and_devices_stay_what_they_are() {
    let folder = with_sample();
    let place = folder.path();
    succeed(place, &TINY);
    fs::create_dir(place.join("dev")).unwrap();
    fs::write(place.join("real"), "").unwrap();
    symlink("../real", place.join("dev/link")).unwrap();
    let made = Command::new("mkfifo").arg(place.join("dev/pipe")).status();
    assert!(made.unwrap().success());

    succeed(place, &["export", "--run", "run", "--out", "dev/link"]);
    let link = fs::symlink_metadata(place.join("dev/link")).unwrap();
    assert!(link.is_symlink());
    let bytes = fs::read(place.join("real")).unwrap();

    let reader = std::thread::spawn({
        let pipe = place.join("dev/pipe");
        move || fs::read(pipe).unwrap()
    });
    succeed(place, &["export", "--run", "run", "--out", "dev/pipe"]);
    assert!(reader.join().unwrap() == bytes);
    let pipe = fs::metadata(place.join("dev/pipe")).unwrap();
    assert!(pipe.file_type().is_fifo());

    // The real one: as root, renaming over it would replace it.
    let export = ["export", "--run", "run", "--out", "/dev/stdout", "--quiet"];
    let output = trainer(place, &export).output().unwrap();
    assert!(output.stdout == bytes);
    fail(
        place,
        &["export", "--run", "run", "--out", "/dev/full"],
        &["/dev/full"],
    );
    assert_eq!(fs::read_dir(place.join("dev")).unwrap().count(), 2);
}
