//! A whole run as the course's notebook goes through it: train, snapshots, refine, t-SNE, report.
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]

mod program;

use std::{fs, path::Path};

use program::{TINY, fail, files, succeed, with_sample};
use serde_json::Value;

/// A tiny run with three snapshots, scored at each.
fn with_snapshots(folder: &Path) -> String {
    let mut arguments = TINY.to_vec();
    arguments[12] = "4";
    // Labels of the doodles that are trained on, made up.
    let labels: Vec<String> = (0..100).map(|id| format!("{id},{}", id % 10)).collect();
    fs::write(
        folder.join("labels.csv"),
        format!("id,label\n{}", labels.join("\n")),
    )
    .unwrap();
    arguments.extend(["--snapshot-epochs", "0,2", "--labels", "labels.csv"]);
    // So that four epochs are enough to change a prediction.
    arguments.extend(["--learning-rate", "0.01"]);
    succeed(folder, &arguments)
}

fn json(file: &Path) -> Value {
    serde_json::from_slice(&fs::read(file).unwrap()).unwrap()
}

#[test]
fn snapshots_are_predicted_kept_and_scored() {
    let folder = with_sample();
    let place = folder.path();
    let said = with_snapshots(place);
    assert_eq!(
        said.matches("without labels: balance ").count(),
        3,
        "{said}"
    );
    assert!(
        said.contains("of 100 labelled doodles classified correctly (only reported)"),
        "{said}"
    );
    for epoch in ["00000", "00002", "00003"] {
        let snapshot = place.join("run/snapshots").join(epoch);
        let submission = fs::read_to_string(snapshot.join("submission.csv")).unwrap();
        assert_eq!(submission.lines().next(), Some("id,label"));
        assert_eq!(submission.lines().count(), 1001);
        let info = json(&snapshot.join("snapshot.json"));
        assert_eq!(info["score"]["scored"], 100);
        assert!(info["criteria"]["information"].is_number());
    }
    // The submission is what the kept checkpoint predicts, without random augmentation.
    let predict = |options: &[&str]| {
        let fixed = [
            "predict",
            "--data",
            "sample",
            "--run",
            "run",
            "--submission",
            "--out",
            "g",
        ];
        succeed(place, &[&fixed[..], options].concat());
        fs::read_to_string(place.join("g")).unwrap()
    };
    let submission = |epoch: &str| {
        fs::read_to_string(
            place
                .join("run/snapshots")
                .join(epoch)
                .join("submission.csv"),
        )
        .unwrap()
    };
    assert!(predict(&["--at", "0"]) == submission("00000"));
    assert!(predict(&[]) == submission("00003"));
    assert!(submission("00000") != submission("00003"));
    fail(
        place,
        &["predict", "--data", "sample", "--run", "run", "--at", "1"],
        &["--at one of 0, 2, 3"],
    );

    // The best one is one of them, and says which.
    succeed(
        place,
        &["export", "--run", "run", "--best", "--out", "best"],
    );
    let snapshots = ["00000", "00002", "00003"];
    let exported = |epoch: &str| {
        let epoch = epoch.trim_start_matches('0');
        let epoch = if epoch.is_empty() { "0" } else { epoch };
        succeed(
            place,
            &["export", "--run", "run", "--at", epoch, "--out", "one"],
        );
        fs::read(place.join("one")).unwrap()
    };
    let information = |epoch: &&&str| {
        let info = json(
            &place
                .join("run/snapshots")
                .join(epoch)
                .join("snapshot.json"),
        );
        info["criteria"]["information"].as_f64().unwrap()
    };
    let best = snapshots
        .iter()
        .max_by(|a, b| information(a).total_cmp(&information(b)))
        .unwrap();
    assert!(fs::read(place.join("best")).unwrap() == exported(best));

    // Averaging over copies changes probabilities, the same way each time.
    let averaged = predict(&["--tta", "3", "--probabilities"]);
    assert!(averaged != predict(&["--probabilities"]));
    assert!(averaged == predict(&["--tta", "3", "--probabilities"]));
}

#[test]
fn refined_embedded_and_reported() {
    let folder = with_sample();
    let place = folder.path();
    with_snapshots(place);
    let before = files(&place.join("run"));
    let refine = [
        "refine",
        "--run",
        "run",
        "--epochs",
        "3",
        "--confidence",
        "0.12",
        "--device",
        "cpu",
    ];
    let said = succeed(place, &refine);
    assert!(
        said.contains("used rate ") && !said.contains("D loss"),
        "{said}"
    );
    assert_eq!(
        files(&place.join("run")),
        before,
        "what it starts from stays as it was"
    );
    let log = fs::read_to_string(place.join("run-refined/log.csv")).unwrap();
    let first: Vec<&str> = log.lines().nth(1).unwrap().split(',').collect();
    assert_eq!(
        (first[0], first[1], first[4]),
        ("0", "", ""),
        "no domain classifier: {log}"
    );
    assert!(first[5].parse::<f64>().unwrap() > 0.0, "{log}");
    fail(place, &refine, &["run-refined already holds a run"]);

    // Interrupted and resumed, it is the same to the bit.
    let half = [
        "refine",
        "--run",
        "run",
        "--epochs",
        "2",
        "--confidence",
        "0.12",
        "--device",
        "cpu",
        "--out",
        "half",
    ];
    succeed(place, &half);
    let rest = [
        "train", "--resume", "--run", "half", "--epochs", "3", "--device", "cpu",
    ];
    succeed(place, &rest);
    let weights = |run: &str| {
        succeed(place, &["export", "--run", run, "--out", "w"]);
        fs::read(place.join("w")).unwrap()
    };
    let tensors = |bytes: &[u8]| {
        let header = 8 + u64::from_le_bytes(bytes[..8].try_into().unwrap()) as usize;
        bytes[header..].to_vec()
    };
    assert!(tensors(&weights("half")) == tensors(&weights("run-refined")));

    let tsne = [
        "tsne",
        "--run",
        "run",
        "--photos",
        "60",
        "--doodles",
        "40",
        "--iterations",
        "60",
        "--device",
        "cpu",
    ];
    let said = succeed(place, &tsne);
    assert!(
        said.contains("3 embeddings of 60 photos and 40 doodles"),
        "{said}"
    );
    let embeddings = json(&place.join("run/tsne/tsne.json"));
    assert_eq!(embeddings["epochs"].as_array().unwrap().len(), 3);
    assert_eq!(
        embeddings["epochs"][2]["source"].as_array().unwrap().len(),
        60
    );
    assert!(place.join("run/tsne/epoch-00002.png").is_file());
    // Made again from nothing, the same to the bit; and what is there already is not made again.
    let made = files(&place.join("run/tsne"));
    succeed(place, &tsne);
    assert!(files(&place.join("run/tsne")) == made);
    fs::remove_dir_all(place.join("run/tsne")).unwrap();
    succeed(place, &tsne);
    assert!(files(&place.join("run/tsne")) == made);

    succeed(place, &["report", "--run", "run"]);
    let page = fs::read_to_string(place.join("run/report.html")).unwrap();
    for part in [
        "<!DOCTYPE html>",
        "Snapshots",
        "t-SNE",
        "The most confident mistakes",
        "Confusion matrix",
        "CPU (Flex",
    ] {
        assert!(page.contains(part), "{part}");
    }
    // Nothing is loaded from anywhere: every address is a name space or holds its own data.
    for address in page.split("://").skip(1) {
        assert!(address.starts_with("www.w3.org/"), "{}", &address[..40]);
    }
    succeed(
        place,
        &["report", "--run", "run-refined", "--out", "r.html"],
    );
    let page = fs::read_to_string(place.join("r.html")).unwrap();
    assert!(page.contains("3 epochs on pseudo-labels") && page.contains("share of doodles used"));
}

#[test]
fn a_run_with_changed_strokes_can_be_refined() {
    let folder = with_sample();
    let place = folder.path();
    let strokes = ["--consistency", "1", "--stroke-augmentation", "0.5"];
    succeed(place, &[&TINY[..], &strokes].concat());
    let refine = ["refine", "--run", "run", "--epochs", "1", "--device", "cpu"];
    succeed(place, &refine);
}

#[test]
fn embeddings_of_other_weights_are_not_used_again() {
    let folder = with_sample();
    let place = folder.path();
    with_snapshots(place);
    let tsne = "tsne --run run --photos 20 --doodles 20 --iterations 10 --device cpu";
    let tsne: Vec<&str> = tsne.split(' ').collect();
    let embeddings = || {
        succeed(place, &tsne);
        fs::read(place.join("run/tsne/tsne.json")).unwrap()
    };
    let first = embeddings();
    // As a run that was resumed with more epochs makes its later snapshots anew.
    let classifier = |epoch: &str| {
        place
            .join("run/snapshots")
            .join(epoch)
            .join("classifier.bpk")
    };
    let (one, other) = (classifier("00000"), classifier("00002"));
    fs::copy(other, one).unwrap();
    let second = embeddings();
    assert!(first != second);
    fs::remove_dir_all(place.join("run/tsne")).unwrap();
    assert!(embeddings() == second);
}

#[test]
fn figures_of_data_and_of_any_picture() {
    let folder = with_sample();
    let place = folder.path();
    for out in ["samples.svg", "samples.png"] {
        succeed(
            place,
            &["figures", "samples", "--data", "sample", "--out", out],
        );
        assert!(place.join(out).is_file());
    }
    let photo =
        image::RgbImage::from_fn(90, 60, |x, y| image::Rgb([if x > y { 200 } else { 20 }; 3]));
    photo.save(place.join("photo.png")).unwrap();
    let canny = [
        "figures",
        "canny",
        "photo.png",
        "sample/train_data/0/0.bmp",
        "--thresholds",
        "20,40",
    ];
    succeed(place, &canny);
    let svg = fs::read_to_string(place.join("canny.svg")).unwrap();
    assert_eq!(svg.matches("<image ").count(), 2 * 3);
    assert!(svg.contains("(20, 40)") && !svg.contains("(50, 100)"));
    fail(
        place,
        &["figures", "canny", "sample/held_out_labels.csv"],
        &["held_out_labels.csv"],
    );
    fail(
        place,
        &["figures", "canny", "photo.png", "--out", "x.gif"],
        &["x.gif", ".png"],
    );
}
