//! The shipped recipe in miniature, and all that can come between.
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]

mod program;

use std::{fs, path::Path};

use program::{
    fail, files, interrupt, kill, output_on_a_full_disk, started, succeed, wait_for, with_sample,
};

const TRAIN: &str =
    "train --preset best --scale 0.03 --data sample --run run --device cpu --snapshot-epochs none";
const RESUME: [&str; 4] = ["train", "--resume", "--run", "run"];

fn weights(folder: &Path) -> Vec<u8> {
    let export = ["export", "--run", "run", "--out", "w", "--uncalibrated"];
    succeed(folder, &export);
    fs::read(folder.join("w")).unwrap()
}

#[test]
fn ctrl_c_a_kill_a_full_disk_and_moved_data_lose_nothing() {
    let train: Vec<&str> = TRAIN.split(' ').collect();
    let (whole, folder) = (with_sample(), with_sample());
    succeed(whole.path(), &train);

    let place = folder.path();
    let checkpoint = |stage: &str| {
        place
            .join("run")
            .join(stage)
            .join("checkpoints/epoch-00001")
    };
    let mut child = started(place, &train);
    wait_for(&mut child, &checkpoint("2-teacher-2"));
    assert_eq!(interrupt(child).code(), Some(130));

    let mut child = started(place, &RESUME);
    wait_for(&mut child, &checkpoint("3-student"));
    kill(child);
    assert!(
        !place.join("run/3-student/checkpoints/epoch-00002").exists(),
        "it was not interrupted"
    );

    // A manifest fits into that, a classifier does not.
    let before = files(&place.join("run/3-student/checkpoints"));
    let output = output_on_a_full_disk(place, 200, &RESUME);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert!(errors.contains(".bpk: cannot be written"), "{errors}");
    assert_eq!(files(&place.join("run/3-student/checkpoints")), before);

    fs::rename(place.join("sample"), place.join("moved")).unwrap();
    fail(
        place,
        &RESUME,
        &["sample", "say with --data where it is now"],
    );
    succeed(place, &[&RESUME[..], &["--data", "moved"]].concat());
    assert!(weights(place) == weights(whole.path()));
}
