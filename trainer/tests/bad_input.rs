//! Bad input gives one clear error that names the file, and leaves everything as it was.
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]

mod program;

use std::{fs, path::Path};

use program::{TINY, fail, files, output, succeed, with_sample};
use tempfile::TempDir;

/// Spoils the sample, and expects both `train` and `data check` to name what is wrong.
fn refused(spoil: impl FnOnce(&Path), names: &[&str]) {
    let folder = with_sample();
    spoil(&folder.path().join("sample"));
    fail(folder.path(), &TINY, names);
    assert!(!folder.path().join("run").exists(), "a run was begun");
    let check = output(folder.path(), &["data", "check", "sample"]);
    assert!(!check.status.success());
    let report = String::from_utf8_lossy(&check.stdout);
    for name in names {
        assert!(report.contains(name), "no {name} in {report}");
    }
}

#[test]
fn a_truncated_picture() {
    refused(
        |sample| {
            let place = sample.join("test_data/0/00003.bmp");
            let bytes = fs::read(&place).unwrap();
            fs::write(place, &bytes[..100]).unwrap();
        },
        &["test_data/0/00003.bmp", "truncated"],
    );
}

#[test]
fn a_missing_class() {
    refused(
        |sample| fs::remove_dir_all(sample.join("train_data/7")).unwrap(),
        &["train_data/7", "dog"],
    );
}

#[test]
fn an_empty_target() {
    refused(
        |sample| {
            let folder = sample.join("test_data/0");
            fs::remove_dir_all(&folder).unwrap();
            fs::create_dir(&folder).unwrap();
        },
        &["test_data/0", "no pictures"],
    );
}

#[test]
fn everything_that_is_wrong_is_listed_by_train_too() {
    let folder = with_sample();
    let sample = folder.path().join("sample");
    fs::remove_dir_all(sample.join("train_data/7")).unwrap();
    fs::write(sample.join("test_data/0/00003.bmp"), "<!DOCTYPE html>").unwrap();
    fs::write(sample.join("train_data/2/120.bmp"), "").unwrap();
    let said = fail(folder.path(), &TINY, &["sample", "3 problems"]);
    assert!(!folder.path().join("run").exists(), "a run was begun");
    let errors = output(folder.path(), &TINY).stderr;
    let errors = String::from_utf8(errors).unwrap();
    let check = output(folder.path(), &["data", "check", "sample"]).stdout;
    let check = String::from_utf8(check).unwrap();
    for part in [
        "1: missing classes\n  sample/train_data/7: ",
        "1: empty files\n  sample/train_data/2/120.bmp: ",
        "1: files that are no pictures by their contents\n  sample/test_data/0/00003.bmp: is a web page",
    ] {
        assert!(errors.contains(part), "{said}: no {part} in {errors}");
        assert!(check.contains(part), "no {part} in {check}");
    }
}

#[test]
fn files_that_are_no_pictures_are_a_note_while_training() {
    let folder = with_sample();
    let sample = folder.path().join("sample");
    fs::write(sample.join("test_data/0/labels.csv"), "id,label\n").unwrap();
    fs::create_dir(sample.join("train_data/@eaDir")).unwrap();
    let said = String::from_utf8(output(folder.path(), &TINY).stderr).unwrap();
    assert!(
        said.contains(
            "warning: passed over 1 file that is not a picture: sample/test_data/0/labels.csv"
        ),
        "{said}"
    );
    assert!(
        folder.path().join("run").exists() && !said.contains("@eaDir"),
        "{said}"
    );
}

#[test]
fn no_such_data() {
    let folder = TempDir::new().unwrap();
    fail(folder.path(), &["train", "--data", "absent"], &["absent"]);
    fail(folder.path(), &["data", "check", "absent"], &["absent"]);
}

#[test]
fn a_run_s_folder_that_is_taken() {
    let folder = with_sample();
    succeed(folder.path(), &TINY);
    let before = files(&folder.path().join("run"));
    fail(folder.path(), &TINY, &["run already holds a run"]);
    assert_eq!(files(&folder.path().join("run")), before);
}

#[test]
fn devices_that_cannot_train_together() {
    let folder = with_sample();
    let with = |options: &[&'static str]| [TINY.as_slice(), options].concat();
    let several = with(&["--devices", "2"]);
    let names = ["--devices 2", "--device cpu", "only CUDA cards"];
    fail(folder.path(), &several, &names);
    assert!(!folder.path().join("run").exists(), "a run was begun");
    succeed(folder.path(), &with(&["--devices", "1"]));
    let resume = ["train", "--resume", "--run", "run", "--device", "cpu"];
    let several = [resume.as_slice(), &["--devices", "2"]].concat();
    fail(folder.path(), &several, &["--devices 2", "--device cpu"]);
}

/// A trained run with its weights beside it.
fn trained() -> TempDir {
    let folder = with_sample();
    succeed(folder.path(), &TINY);
    succeed(folder.path(), &["export", "--run", "run", "--out", "w"]);
    folder
}

#[test]
fn labels_of_unknown_pictures_or_classes() {
    let folder = trained();
    let evaluate = [
        "evaluate",
        "--weights",
        "w",
        "--data",
        "sample",
        "--labels",
        "labels.csv",
    ];
    for (labels, names) in [
        ("id,label\n1,2\n123456,3\n", ["line 3", "123456"]),
        ("id,label\n1,12\n", ["line 2", "12"]),
        ("number,class\n1,2\n", ["first line", "number,class"]),
    ] {
        fs::write(folder.path().join("labels.csv"), labels).unwrap();
        let error = fail(folder.path(), &evaluate, &names);
        assert!(error.contains("labels.csv"), "{error}");
    }
}

#[test]
fn damaged_weights_and_weights_of_another_network() {
    let folder = trained();
    let file = folder.path().join("w");
    let bytes = fs::read(&file).unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let wider = bytes
        .windows(11)
        .position(|window| window == br#"\"width\":2"#)
        .unwrap_or_else(|| panic!("no width in {}", &text[..400]));
    let mut other = bytes.clone();
    other[wider + 10] = b'3';
    let predict = [
        "predict",
        "--weights",
        "w",
        "--data",
        "sample",
        "--out",
        "predictions.csv",
    ];
    fs::write(folder.path().join("predictions.csv"), "before").unwrap();
    for (bytes, name) in [
        (&bytes[..bytes.len() / 2], "not a complete safetensors file"),
        (&other[..], "not those of the network"),
    ] {
        fs::write(&file, bytes).unwrap();
        fail(folder.path(), &predict, &["w cannot be used", name]);
    }
    let predictions = fs::read_to_string(folder.path().join("predictions.csv")).unwrap();
    assert_eq!(predictions, "before");
}

#[test]
fn values_that_mean_nothing() {
    let folder = TempDir::new().unwrap();
    for (option, value) in [
        ("--lambda", "adaptive"),
        ("--device", "abacus"),
        ("--variant", "three-step"),
        ("--epochs", "-1"),
    ] {
        let output = output(folder.path(), &["train", option, value]);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(
            !output.status.success() && errors.contains(value),
            "{errors}"
        );
    }
    fail(folder.path(), &["train", "--epochs", "0"], &["--epochs 0"]);
    let folder = trained();
    let most = "18446744073709551615";
    fail(
        folder.path(),
        &["tsne", "--run", "run", "--iterations", most],
        &["--iterations", "at most"],
    );
}

#[test]
fn what_is_read_is_never_written_over() {
    let folder = trained();
    let place = folder.path();
    let picture = "sample/test_data/0/00000.bmp";
    let photo = place.join("photo.png");
    image::RgbImage::new(40, 40).save(photo).unwrap();
    fs::write(place.join("labels.csv"), "id,label\n0,1\n").unwrap();
    let refused = |arguments: &[&str]| {
        let out = place.join(arguments.last().unwrap());
        let before = fs::read(&out).unwrap();
        fail(place, arguments, &["is what is read"]);
        assert_eq!(fs::read(&out).unwrap(), before);
    };
    for (read, out) in [
        (picture, picture),
        (picture, "./w"),
        ("sample/test_data", picture),
    ] {
        refused(&["predict", "--weights", "w", read, "--out", out]);
    }
    for verb in ["report", "export"] {
        let labels = "labels.csv";
        refused(&[verb, "--run", "run", "--labels", labels, "--out", labels]);
    }
    let out = "sample/../photo.png";
    refused(&["figures", "canny", "photo.png", "--out", out]);
    let photo = "sample/train_data/0/0.bmp";
    let png = "sample/train_data/0/0.png";
    fs::rename(place.join(photo), place.join(png)).unwrap();
    refused(&["figures", "samples", "--data", "sample", "--out", png]);
}

#[test]
fn what_a_run_consists_of_is_never_written_over() {
    let folder = trained();
    let place = folder.path();
    let checkpoints = fs::read_dir(place.join("run/checkpoints")).unwrap();
    let newest = checkpoints
        .map(|entry| entry.unwrap().path())
        .max()
        .unwrap();
    let network = newest.join("classifier.bpk");
    let network = network.strip_prefix(place).unwrap().to_str().unwrap();
    let picture = "sample/test_data/0/00000.bmp";
    for part in [
        "run/config.json",
        "run/log.csv",
        "run/manifest.csv",
        network,
    ] {
        let before = fs::read(place.join(part)).unwrap();
        for verb in [
            &["predict", "--weights", "w", picture][..],
            &["export", "--weights", "w"],
            &["report", "--run", "run"],
        ] {
            let names = [part, "is part of the run in"];
            fail(place, &[verb, &["--out", part]].concat(), &names);
            assert_eq!(fs::read(place.join(part)).unwrap(), before);
        }
    }
    succeed(
        place,
        &["report", "--run", "run", "--out", "run/report.html"],
    );
    succeed(
        place,
        &["report", "--run", "run", "--out", "run/report.html"],
    );
}

#[test]
fn negative_numbers_are_refused_by_the_option_s_name() {
    let folder = with_sample();
    for option in [
        "--learning-rate",
        "--epochs",
        "--lambda",
        "--seed",
        "--validation",
    ] {
        let output = output(folder.path(), &["train", option, "-1"]);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success(), "{option} -1 was taken");
        assert!(errors.contains(option) && errors.contains("-1"), "{errors}");
        assert!(!errors.contains("unexpected argument"), "{errors}");
    }
}

#[test]
fn what_is_no_weights_file_is_said_with_what_to_do() {
    let folder = with_sample();
    let place = folder.path();
    let picture = "sample/test_data/0/00000.bmp";
    for (bytes, words) in [
        (
            &b"version https://git-lfs.github.com/spec/v1"[..],
            "git lfs pull",
        ),
        (b"PK\x03\x04....", "trainer import"),
        (b"<!doctype html>", "download the file again"),
        (b"\x1f\x8b....", "unpack it"),
        (b"", "export it again"),
    ] {
        fs::write(place.join("w"), bytes).unwrap();
        fail(
            place,
            &["predict", "--weights", "w", picture],
            &["w cannot be used", words],
        );
    }
    fail(
        place,
        &["predict", "--weights", "sample", picture],
        &["sample", "--run"],
    );
}

#[test]
fn a_file_of_somebody_else_with_a_run_s_name_is_not_overwritten() {
    let folder = with_sample();
    let place = folder.path();
    for file in [
        "run.json",
        "log.csv",
        "tensorboard/events.out.tfevents.edgewise",
    ] {
        let mine = place.join("run").join(file);
        fs::create_dir_all(mine.parent().unwrap()).unwrap();
        fs::write(&mine, "{\"mine\": true}").unwrap();
        fail(place, &TINY, &["run holds", file]);
        assert_eq!(fs::read(&mine).unwrap(), b"{\"mine\": true}");
        fs::remove_dir_all(place.join("run")).unwrap();
    }
}

#[test]
fn sizes_that_nobody_trained_are_refused_where_a_run_is_read() {
    let folder = trained();
    let place = folder.path();
    let config = place.join("run/config.json");
    let text = fs::read_to_string(&config).unwrap();
    for width in ["0", "100000000"] {
        let changed = text.replace("\"width\": 2", &format!("\"width\": {width}"));
        assert_ne!(changed, text);
        fs::write(&config, changed).unwrap();
        let width = format!("--width {width}");
        fail(place, &["export", "--run", "run"], &["config.json", &width]);
    }
}
