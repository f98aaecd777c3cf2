//! A run's folder: nothing refused is begun, no two processes share one, and its data is checked.
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]

mod program;

use std::{fs, path::Path};

use program::{
    TINY, fail, files, kill, output, output_on_a_full_disk, started, succeed, wait_for, with_sample,
};

/// The smallest training, of so many epochs, into a folder.
fn tiny(run: &'static str, epochs: &'static str) -> Vec<&'static str> {
    let mut arguments = TINY.to_vec();
    (arguments[4], arguments[12]) = (run, epochs);
    arguments
}

/// The verbs that read the data of the run in `run` again.
const VERBS: [&[&str]; 5] = [
    &["train", "--resume", "--run", "run", "--epochs", "3"],
    &["refine", "--run", "run", "--epochs", "1"],
    &[
        "tsne",
        "--run",
        "run",
        "--photos",
        "30",
        "--doodles",
        "30",
        "--iterations",
        "10",
        "--device",
        "cpu",
    ],
    &["report", "--run", "run"],
    &["export", "--run", "run"],
];

/// What is in a folder, by name.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

#[test]
fn a_refused_start_leaves_nothing_behind_and_its_corrected_command_is_taken() {
    let folder = with_sample();
    let place = folder.path();
    fs::write(place.join("labels.csv"), "id,label\n0,99\n").unwrap();
    let mut large = tiny("run", "1");
    large[10] = "700";
    for (arguments, name) in [
        (large, "600 photos do not fill one batch of 700"),
        (
            [&tiny("run", "1")[..], &["--labels", "labels.csv"]].concat(),
            "labels.csv",
        ),
        (
            [&tiny("run", "1")[..], &["--validation", "0.01"]].concat(),
            "--validation 0.01",
        ),
        (
            [&tiny("run", "1")[..], &["--teacher", "sample"]].concat(),
            "--teacher",
        ),
    ] {
        fail(place, &arguments, &[name]);
        assert_eq!(names(place), ["labels.csv", "sample"]);
    }
    succeed(place, &tiny("run", "1"));
}

#[test]
fn runs_that_start_in_one_second_take_folders_of_their_own() {
    let folder = with_sample();
    let place = folder.path();
    let children: Vec<_> = ["1", "2", "3"]
        .map(|seed| {
            let arguments =
                "train --data sample --device cpu --width 2 --batch 128 --epochs 1 --seed";
            let arguments: Vec<&str> = arguments.split(' ').chain([seed]).collect();
            started(place, &arguments)
        })
        .into();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let runs = names(&place.join("runs"));
    let seeds = runs.iter().map(|run| {
        let config = fs::read(place.join("runs").join(run).join("config.json")).unwrap();
        let config: serde_json::Value = serde_json::from_slice(&config).unwrap();
        config["seed"].as_u64().unwrap()
    });
    let mut seeds: Vec<u64> = seeds.collect();
    seeds.sort_unstable();
    assert_eq!(seeds, [1, 2, 3]);
}

#[test]
fn a_second_process_on_a_run_is_refused() {
    let folder = with_sample();
    let place = folder.path();
    let mut child = started(place, &tiny("run", "100000"));
    wait_for(&mut child, &place.join("run/checkpoints/epoch-00001"));
    let resume = ["train", "--resume", "--run", "run"];
    fail(place, &resume, &["run is in use by another process"]);
    fail(place, &tiny("run", "1"), &["run already holds a run"]);
    // Whoever only reads is let in.
    succeed(place, &["curves", "--run", "run", "--out", "curves.svg"]);
    kill(child);
    succeed(place, &["export", "--run", "run", "--out", "weights"]);
}

#[test]
fn other_files_in_a_run_s_folder_stay() {
    let folder = with_sample();
    let place = folder.path();
    fs::create_dir(place.join("run")).unwrap();
    fs::write(place.join("run/notes.txt"), "mine").unwrap();
    succeed(place, &tiny("run", "1"));
    assert_eq!(fs::read(place.join("run/notes.txt")).unwrap(), b"mine");
    fs::create_dir_all(place.join("other/checkpoints")).unwrap();
    fail(place, &tiny("other", "1"), &["other holds checkpoints"]);
    assert_eq!(names(&place.join("other")), ["checkpoints"]);
}

#[test]
fn a_full_disk_is_said_and_training_resumes_when_there_is_room() {
    let folder = with_sample();
    let place = folder.path();
    let whole = [&tiny("whole", "3")[..], &["--snapshot-epochs", "none"]].concat();
    succeed(place, &whole);
    let run = [&tiny("run", "3")[..], &["--snapshot-epochs", "none"]].concat();
    let mut child = started(place, &run);
    wait_for(&mut child, &place.join("run/checkpoints/epoch-00001"));
    kill(child);
    let checkpoints = place.join("run/checkpoints");
    let before = files(&checkpoints);
    // Configuration and log fit into that, a classifier does not.
    let resume = ["train", "--resume", "--run", "run"];
    let output = output_on_a_full_disk(place, 12, &resume);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert!(errors.contains(".bpk: cannot be written"), "{errors}");
    assert!(!errors.contains("panicked"), "{errors}");
    assert_eq!(files(&checkpoints), before);
    succeed(place, &resume);
    let weights = |run: &str| {
        succeed(place, &["export", "--run", run, "--out", "w"]);
        let bytes = fs::read(place.join("w")).unwrap();
        let header = 8 + u64::from_le_bytes(bytes[..8].try_into().unwrap()) as usize;
        bytes[header..].to_vec()
    };
    assert!(weights("run") == weights("whole"));
    // And what was being written is gone.
    assert!(
        names(&checkpoints)
            .iter()
            .all(|name| name.starts_with("epoch-"))
    );
}

#[test]
fn moved_data_is_found_again_by_every_verb() {
    let folder = with_sample();
    let place = folder.path();
    let arguments = [
        &tiny("run", "2")[..],
        &["--validation", "0.1", "--snapshot-epochs", "0,1"],
    ]
    .concat();
    succeed(place, &arguments);
    fs::rename(place.join("sample"), place.join("moved")).unwrap();
    for verb in VERBS {
        fail(place, verb, &["sample", "--data"]);
    }
    for verb in VERBS {
        let moved = [verb, &["--data", "moved"]].concat();
        let output = output(place, &moved);
        let errors = String::from_utf8(output.stderr).unwrap();
        // So small a network has nothing to calibrate by, which is said once its photos are read.
        let calibration = verb[0] == "export" && errors.contains("the temperature would be");
        assert!(
            output.status.success() || calibration,
            "{moved:?}: {errors}"
        );
    }
    // Whoever resumed with the new place need not say it again.
    succeed(place, &["report", "--run", "run"]);
}

#[test]
fn data_that_was_changed_is_noticed_by_every_verb_that_depends_on_it() {
    let folder = with_sample();
    let place = folder.path();
    let arguments = [
        &tiny("run", "2")[..],
        &["--validation", "0.1", "--snapshot-epochs", "0,1"],
    ]
    .concat();
    succeed(place, &arguments);
    let photos = place.join("sample/train_data/3");
    let first = photos.join(&names(&photos)[0]);
    let bytes = fs::read(&first).unwrap();
    let refused = |what: &str| {
        for verb in VERBS {
            fail(place, verb, &["the data is not the run's", what]);
        }
    };
    fs::copy(&first, photos.join("9999.bmp")).unwrap();
    refused("1 photos added, such as train_data/3/9999.bmp");
    fs::remove_file(photos.join("9999.bmp")).unwrap();
    let mut altered = bytes.clone();
    *altered.last_mut().unwrap() ^= 1;
    fs::write(&first, altered).unwrap();
    refused("1 photos altered");
    fs::write(&first, bytes).unwrap();
    fs::remove_file(place.join("sample/test_data/0/00007.bmp")).unwrap();
    refused("1 doodles removed, such as test_data/0/00007.bmp");
}

#[test]
fn photos_that_a_pretrained_network_has_seen_are_not_held_out() {
    let folder = with_sample();
    let place = folder.path();
    let held_out = |run: &'static str, options: &[&'static str]| {
        [&tiny(run, "1")[..], &["--validation", "0.1"], options].concat()
    };
    succeed(place, &tiny("all", "1"));
    let seen = held_out("after-all", &["--pretrained", "all"]);
    fail(
        place,
        &seen,
        &["--pretrained", "was trained on 60 of the 60 photos"],
    );
    assert!(!place.join("after-all").exists(), "it was begun");
    succeed(place, &["export", "--run", "all", "--out", "weights"]);
    let unknown = held_out("after-file", &["--pretrained", "weights"]);
    fail(
        place,
        &unknown,
        &["does not record which photos it was trained on"],
    );

    succeed(place, &held_out("some", &[]));
    succeed(place, &held_out("after-some", &["--pretrained", "some"]));
    let refine = [
        "refine",
        "--run",
        "after-some",
        "--epochs",
        "1",
        "--out",
        "refined",
    ];
    succeed(place, &refine);
    // What lies further back counts as well.
    succeed(
        place,
        &[&tiny("between", "1")[..], &["--pretrained", "all"]].concat(),
    );
    let late = [
        "refine",
        "--run",
        "between",
        "--epochs",
        "1",
        "--validation",
        "0.1",
    ];
    fail(
        place,
        &late,
        &["--run", "was trained on 60 of the 60 photos"],
    );
}

#[test]
fn runs_of_earlier_versions_are_read_and_resumed_but_not_calibrated() {
    let folder = with_sample();
    let place = folder.path();
    succeed(
        place,
        &[&tiny("run", "2")[..], &["--validation", "0.1"]].concat(),
    );
    for file in ["run.json", "manifest.csv", ".lock"] {
        fs::remove_file(place.join("run").join(file)).unwrap();
    }
    fail(
        place,
        &["export", "--run", "run"],
        &["--uncalibrated", "earlier version"],
    );
    succeed(place, &["export", "--run", "run", "--uncalibrated"]);
    succeed(place, &["report", "--run", "run"]);
    let said = succeed(
        place,
        &["train", "--resume", "--run", "run", "--epochs", "3"],
    );
    assert!(said.contains("2 of 3 epochs done"), "{said}");
    fs::write(
        place.join("run/run.json"),
        r#"{"format": 7, "program": "9.0.0"}"#,
    )
    .unwrap();
    fail(
        place,
        &["report", "--run", "run"],
        &["format 7", "newer version"],
    );
}

#[test]
fn a_run_that_diverges_keeps_its_good_epochs_and_says_which_is_the_last() {
    let folder = with_sample();
    let place = folder.path();
    let lambda = ["--lambda", "0:0,2:0,3:1e38"];
    let error = fail(
        place,
        &[&tiny("run", "6")[..], &lambda].concat(),
        &["training diverged in epoch", "is the last good one"],
    );
    let epoch: usize = error
        .split("diverged in epoch ")
        .nth(1)
        .and_then(|rest| rest.split(':').next())
        .unwrap()
        .parse()
        .unwrap();
    let newest = format!("epoch-{epoch:05}");
    assert_eq!(
        names(&place.join("run/checkpoints")).last().unwrap(),
        &newest
    );
    // What is kept can be used, as the message says.
    succeed(place, &["export", "--run", "run", "--out", "weights"]);
    let again = [&tiny("again", "1")[..], &["--pretrained", "weights"]].concat();
    succeed(place, &again);
}

#[test]
fn whether_photos_were_seen_is_not_known_of_a_run_that_starts_from_a_weights_file() {
    let folder = with_sample();
    let place = folder.path();
    succeed(place, &tiny("first", "1"));
    succeed(place, &["export", "--run", "first", "--out", "w"]);
    let second = [&tiny("second", "1")[..], &["--pretrained", "w"]].concat();
    succeed(place, &second);
    let third = [&tiny("third", "1")[..], &["--pretrained", "second"]].concat();
    succeed(place, &third);
    for run in ["second", "third"] {
        let evaluate = [
            "evaluate", "--run", run, "--as", "photo", "--data", "sample",
        ];
        let said = succeed(place, &evaluate);
        assert!(said.contains("may be"), "{said}");
    }
}

#[test]
fn a_score_on_photos_says_how_many_of_them_the_run_was_trained_on() {
    let folder = with_sample();
    let place = folder.path();
    let options = ["--validation", "0.1"];
    succeed(place, &[&tiny("run", "1")[..], &options].concat());
    let evaluate = "evaluate --run run --as photo --data sample --device cpu";
    let evaluate: Vec<&str> = evaluate.split(' ').collect();
    let said = succeed(place, &evaluate);
    assert!(
        said.contains("It was trained on 540 of these 600 photos"),
        "{said}"
    );
    // Those that were held out, by the manifest.
    let manifest = fs::read_to_string(place.join("run/manifest.csv")).unwrap();
    let held_out = manifest.lines().filter(|line| line.ends_with(",held-out"));
    for file in held_out.map(|line| line.split(',').nth(1).unwrap()) {
        let to = place
            .join("apart")
            .join(file.strip_prefix("train_data/").unwrap());
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(place.join("sample").join(file), to).unwrap();
    }
    let mut apart = evaluate;
    apart[6] = "apart";
    let said = succeed(place, &apart);
    assert!(
        said.contains("60") && !said.contains("trained on"),
        "{said}"
    );
}
