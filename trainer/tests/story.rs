//! The story of a run, from a tiny one to the file that the page reads.
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]

mod program;

use std::{fs, path::Path};

use program::{TINY, fail, interrupt, output, started, succeed, wait_for, with_sample};
use shared::{
    classes::ClassId,
    story::{ClassesFrom, Origin, Story},
};

/// A folder with the sample and a run on it, with snapshots at both of its epochs.
fn with_run() -> tempfile::TempDir {
    let folder = with_sample();
    let snapshots = [
        &TINY[..],
        &["--snapshot-epochs", "0,1", "--validation", "0.1"],
    ]
    .concat();
    succeed(folder.path(), &snapshots);
    folder
}

/// A small story of `run` with further options.
fn small<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let base = [
        "export-story",
        "--run",
        "run",
        "--photos",
        "20",
        "--doodles",
        "20",
        "--shown-doodles",
        "10",
        "--iterations",
        "10",
        "--device",
        "cpu",
    ];
    [&base[..], more].concat()
}

fn read(file: &Path) -> Story {
    Story::read(&fs::read(file).unwrap()).unwrap()
}

#[test]
fn a_run_becomes_the_file_that_the_page_reads() {
    let folder = with_run();
    let place = folder.path();
    let said = succeed(place, &small(&[]));
    assert!(said.contains("2 frames of 50 points"), "{said}");
    assert!(said.contains("10 doodles: they are published"), "{said}");
    let story = read(&place.join("run/story.safetensors"));
    let made = &story.made;
    assert_eq!((made.run.as_str(), made.epochs, made.seed), ("run", 2, 0));
    assert_eq!((made.photos, made.held_out, made.doodles), (540, 60, 1000));
    assert_eq!(made.variant, "two-step");
    assert_eq!(made.doodle_classes, ClassesFrom::Predictions);
    assert_eq!(
        (story.measured.as_ref(), story.shipped_map.as_ref()),
        (None, None)
    );
    let count = |origin| {
        story
            .points
            .iter()
            .filter(|point| point.origin == origin)
            .count()
    };
    assert_eq!(
        [Origin::Photo, Origin::Doodle, Origin::Shown].map(count),
        [20, 20, 10]
    );
    let epochs: Vec<u32> = story.frames.iter().map(|frame| frame.epoch).collect();
    assert_eq!(epochs, [0, 1]);
    assert_ne!(story.frames[0].positions, story.frames[1].positions);
    let names: Vec<&str> = story
        .curves
        .iter()
        .map(|curve| curve.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "domain_loss",
            "feature_loss",
            "source_accuracy",
            "lambda",
            "validation_accuracy",
            "class_loss",
            "domain_accuracy",
            "gradient_norm",
            "learning_rate"
        ]
    );
    assert!(story.curves.iter().all(|curve| curve.values.len() == 2));

    // The same command gives the same file, another seed another one.
    let bytes = |name: &str| fs::read(place.join(name)).unwrap();
    succeed(place, &small(&["--out", "again"]));
    assert!(bytes("again") == bytes("run/story.safetensors"));
    succeed(place, &small(&["--seed", "1", "--out", "other"]));
    assert!(bytes("other") != bytes("again"));
    let folder_name = place.file_name().unwrap().to_string_lossy().into_owned();
    assert!(!String::from_utf8_lossy(&bytes("again")).contains(&folder_name));
}

#[test]
fn labels_weights_and_shown_doodles_are_measured_embedded_and_stored() {
    let folder = with_run();
    let place = folder.path();
    succeed(
        place,
        &[
            "export",
            "--run",
            "run",
            "--at",
            "0",
            "--uncalibrated",
            "--out",
            "first.safetensors",
        ],
    );
    // Of the doodles' labels, which the sample does not tell, any will do.
    let table: String = (0..100).map(|id| format!("{id},{}\n", id % 10)).collect();
    fs::write(place.join("labels.csv"), format!("id,label\n{table}")).unwrap();
    let options = [
        "--shown",
        "sample/held_out",
        "--shown-labels",
        "sample/held_out_labels.csv",
        "--labels",
        "labels.csv",
        "--weights",
        "first.safetensors",
        "--conditions",
        "100 doodles",
        "--conditions-zh",
        "100 張塗鴉",
        "--out",
        "story.safetensors",
    ];
    let said = succeed(place, &small(&options));
    assert!(said.contains(") on 100 doodles"), "{said}");
    let story = read(&place.join("story.safetensors"));
    let made = &story.made;
    assert_eq!(
        (made.doodle_classes, made.shown_classes),
        (ClassesFrom::Predictions, ClassesFrom::Labels)
    );
    let shipped = made.shipped.as_ref().unwrap();
    assert_eq!(
        (shipped.run.as_deref(), shipped.epochs),
        (Some("run"), Some(1))
    );
    let measured = story.measured.as_ref().unwrap();
    assert_eq!(measured.pictures(), 100);
    assert_eq!(measured.conditions, "100 doodles");
    assert_eq!(measured.conditions_zh.as_deref(), Some("100 張塗鴉"));
    let accuracy = story.curves.last().unwrap();
    assert_eq!(
        (accuracy.name.as_str(), accuracy.values.len()),
        ("doodle_accuracy", 2)
    );
    // The network on the page is the run's at its first snapshot.
    assert!((measured.accuracy() - f64::from(accuracy.values[0].1)).abs() < 1e-6);
    assert_eq!(story.map(), story.shipped_map.as_deref().unwrap());
    let shown = &story.points[story.first_shown()..];
    let mut classes: Vec<ClassId> = shown.iter().map(|point| point.class).collect();
    classes.sort();
    assert_eq!(classes, (0..10).map(ClassId).collect::<Vec<_>>());
    assert!(
        story
            .pictures
            .iter()
            .all(|picture| picture.iter().any(|level| *level > 0))
    );

    // Only who asks for it publishes labels.
    let options = [&options[..], &["--publish-labels"]].concat();
    succeed(place, &small(&options));
    let story = read(&place.join("story.safetensors"));
    assert_eq!(story.made.doodle_classes, ClassesFrom::Labels);
}

#[test]
fn a_run_on_photos_alone_is_not_said_to_be_trained_on_doodles() {
    let folder = with_sample();
    let place = folder.path();
    let options = ["--variant", "source-only", "--snapshot-epochs", "0,1"];
    succeed(place, &[&TINY[..], &options].concat());
    fs::write(place.join("labels.csv"), "id,label\n0,1\n1,2\n").unwrap();
    succeed(place, &small(&["--labels", "labels.csv"]));
    let story = read(&place.join("run/story.safetensors"));
    assert_eq!(story.made.doodles, 0);
    let conditions = story.measured.unwrap().conditions;
    assert_eq!(conditions, "2 doodles; it was trained on photos alone");
    succeed(place, &["report", "--run", "run"]);
    let page = fs::read_to_string(place.join("run/report.html")).unwrap();
    assert!(page.contains("2 epochs on photos alone"));
}

#[test]
fn what_is_refused_writes_nothing() {
    let folder = with_run();
    let place = folder.path();
    let refuse = |more: &[&str], names: &[&str]| {
        let options = [more, &["--out", "new/story.safetensors"]].concat();
        fail(place, &small(&options), names);
        assert!(!place.join("new").exists(), "{more:?}");
    };
    for class in ["cat", "cup"] {
        let drawing = place.join("mine").join(class).join("0.bmp");
        fs::create_dir_all(drawing.parent().unwrap()).unwrap();
        fs::copy(place.join("sample/held_out/00000.bmp"), drawing).unwrap();
    }
    refuse(&["--shown", "mine"], &["mine/cup", "no such class"]);
    refuse(&["--shown", "nowhere"], &["nowhere"]);
    fs::write(place.join("labels.csv"), "id,label\n0,cup\n").unwrap();
    refuse(&["--labels", "labels.csv"], &["labels.csv", "cup"]);
    fs::write(place.join("labels.csv"), "id,label\n0,cat\n").unwrap();
    succeed(
        place,
        &[
            "export",
            "--run",
            "run",
            "--uncalibrated",
            "--out",
            "weights",
        ],
    );
    refuse(
        &["--labels", "labels.csv", "--weights", "weights"],
        &["--conditions"],
    );
    refuse(&["--weights", "labels.csv"], &["labels.csv"]);
    refuse(&["--perplexity", "0"], &["perplexity"]);
    fail(
        place,
        &small(&["--labels", "labels.csv", "--out", "labels.csv"]),
        &["--out labels.csv is what is read"],
    );
    let without = [&TINY[..], &["--snapshot-epochs", "none"]].concat();
    let without: Vec<&str> = without
        .iter()
        .map(|word| if *word == "run" { "bare" } else { word })
        .collect();
    succeed(place, &without);
    fail(
        place,
        &["export-story", "--run", "bare"],
        &["bare has no snapshot", "--snapshot-epochs"],
    );
    assert!(!place.join("bare/story.safetensors").exists());
    let unknown = output(
        place,
        &["export-story", "--run", "run", "--conditions", "words"],
    );
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn ctrl_c_leaves_nothing_behind() {
    let folder = with_run();
    let place = folder.path();
    let mut options = small(&["--out", "new/story.safetensors"]);
    options[10] = "1000000";
    let mut child = started(place, &options);
    // The folder is made when everything has been checked.
    wait_for(&mut child, &place.join("new"));
    assert_eq!(interrupt(child).code(), Some(130));
    assert!(!place.join("new").exists());
}
