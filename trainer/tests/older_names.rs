//! Runs and command lines of earlier versions, whose flags, files and fields had other names.
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]

mod program;

use std::{fs, path::Path};

use program::{TINY, fail, succeed, with_sample};
use serde_json::Value;

/// Names in config.json, each as it is and as it was.
const FIELDS: [(&str, &str); 5] = [
    ("im_weight", "balance"),
    ("source_transform", "source_view"),
    ("augmentation", "geometry"),
    ("snapshot_epochs", "mark"),
    ("selector", "moment"),
];

fn json(file: &Path) -> Value {
    serde_json::from_slice(&fs::read(file).unwrap()).unwrap()
}

fn rename(fields: &mut Value) {
    let Value::Object(fields) = fields else {
        return;
    };
    fields.values_mut().for_each(rename);
    for (now, before) in FIELDS {
        if let Some(value) = fields.remove(now) {
            fields.insert(before.to_owned(), value);
        }
    }
}

/// Gives what is in a run's folder the names that earlier versions gave it.
fn as_before(run: &Path) {
    let file = run.join("config.json");
    let mut config = json(&file);
    rename(&mut config);
    if let Some(checkpoint) = config["refinement"].get_mut("moment") {
        assert_eq!(*checkpoint, "latest");
        *checkpoint = "newest".into();
    }
    fs::write(file, config.to_string()).unwrap();
    fs::rename(run.join("snapshots"), run.join("marks")).unwrap();
    for snapshot in fs::read_dir(run.join("marks")).unwrap() {
        let snapshot = snapshot.unwrap().path();
        fs::rename(snapshot.join("snapshot.json"), snapshot.join("mark.json")).unwrap();
    }
    let embedding = run.join("tsne/epoch-00000.json");
    if embedding.exists() {
        let mut stored = json(&embedding);
        let positions = stored.as_object_mut().unwrap().remove("embedding");
        stored["map"] = positions.unwrap();
        fs::write(embedding, stored.to_string()).unwrap();
    }
}

fn weights(folder: &Path, run: &str) -> Vec<u8> {
    let out = format!("{run}.safetensors");
    succeed(folder, &["export", "--run", run, "--out", &out, "--best"]);
    let bytes = fs::read(folder.join(out)).unwrap();
    // Without what the file says about itself, which is the run's name.
    bytes[8 + u64::from_le_bytes(bytes[..8].try_into().unwrap()) as usize..].to_vec()
}

#[test]
fn a_run_of_an_earlier_version_is_read_and_resumed() {
    let folder = with_sample();
    let place = folder.path();
    let tsne = "tsne --photos 30 --doodles 30 --iterations 10 --device cpu --run";
    let tsne: Vec<&str> = tsne.split(' ').collect();
    let mut line = [&TINY[..], &["--im-weight", "1", "--start", "0"]].concat();
    for run in ["now", "before"] {
        line[4] = run;
        succeed(place, &[&line[..], &["--snapshot-epochs", "0"]].concat());
        succeed(place, &[&tsne[..], &[run]].concat());
    }
    let old = place.join("before");
    as_before(&old);
    let finished = fs::read(old.join("tsne/epoch-00000.json")).unwrap();
    for (run, option) in [("now", "--snapshot-epochs"), ("before", "--mark")] {
        let resume = ["train", "--resume", "--run", run, "--epochs", "3"];
        succeed(place, &[&resume[..], &[option, "0,2"]].concat());
        succeed(place, &[&tsne[..], &[run]].concat());
        succeed(place, &["report", "--run", run]);
    }
    assert!(weights(place, "now") == weights(place, "before"));
    // New snapshots are where the old ones are, and what was embedded stays.
    assert!(old.join("marks/00002/snapshot.json").exists());
    assert!(!old.join("snapshots").exists());
    assert!(fs::read(old.join("tsne/epoch-00000.json")).unwrap() == finished);
    assert!(old.join("tsne/epoch-00002.json").exists());
}

#[test]
fn a_refined_run_of_an_earlier_version_is_resumed() {
    let folder = with_sample();
    let place = folder.path();
    succeed(place, &TINY);
    let refine = "refine --run run --device cpu --epochs 1 --mark 0 --out";
    for run in ["now", "before"] {
        let line: Vec<&str> = refine.split(' ').chain([run]).collect();
        succeed(place, &line);
    }
    as_before(&place.join("before"));
    for run in ["now", "before"] {
        let resume = ["train", "--resume", "--run", run, "--epochs", "2"];
        succeed(place, &resume);
    }
    assert!(weights(place, "now") == weights(place, "before"));
}

#[test]
fn a_student_of_an_earlier_version_is_read_and_not_resumed() {
    let folder = with_sample();
    let place = folder.path();
    succeed(place, &TINY);
    let mut line = [&TINY[..], &["--teacher", "run"]].concat();
    line[4] = "student";
    succeed(place, &line);
    let info = place.join("student/run.json");
    let mut stored = json(&info);
    stored["format"] = 1.into();
    fs::write(info, stored.to_string()).unwrap();
    succeed(place, &["report", "--run", "student"]);
    let before = fs::read(place.join("student/log.csv")).unwrap();
    let resume = ["train", "--resume", "--run", "student", "--epochs", "9"];
    fail(place, &resume, &["student was begun by an earlier version"]);
    assert!(fs::read(place.join("student/log.csv")).unwrap() == before);
}

#[test]
fn older_flags_and_values_give_the_same_run() {
    let folder = with_sample();
    let place = folder.path();
    succeed(place, &TINY);
    let now = "--im-weight 0.5 --start 0 --augmentation mild --source-transform mixed --snapshot-epochs 1";
    let before = "--balance 0.5 --start 0 --geometry mild --source-view mixed --mark 1";
    let mut line = TINY.to_vec();
    for (run, options) in [("now", now), ("before", before)] {
        line[4] = run;
        let line: Vec<&str> = line.iter().copied().chain(options.split(' ')).collect();
        succeed(place, &line);
    }
    let config = |run: &str| json(&place.join(run).join("config.json"));
    assert_eq!(config("now"), config("before"));
    assert!(weights(place, "now") == weights(place, "before"));
}
