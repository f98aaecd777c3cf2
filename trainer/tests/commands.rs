//! Each verb on the embedded sample, as a person would use it.
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]

mod program;

use std::fs;

use clap::CommandFactory;
use program::{TINY, fail, output, succeed, with_sample};
use serde_json::Value;
use trainer::{commands::Cli, training::EpochRecord};

#[test]
fn from_data_to_weights_to_predictions_to_a_score() {
    let folder = with_sample();
    let place = folder.path();
    let said = succeed(place, &["data", "check", "sample"]);
    assert!(said.contains("Ready to train on."), "{said}");
    let said = succeed(place, &["data", "info", "sample"]);
    assert!(said.contains("9 spider"), "{said}");

    let said = succeed(place, &TINY);
    assert!(said.contains("device: CPU"), "{said}");
    assert!(said.contains("batches of 128"), "{said}");
    assert!(said.contains("epoch    1  D loss "), "{said}");
    let log = fs::read_to_string(place.join("run/log.csv")).unwrap();
    assert_eq!(
        log.lines().next(),
        Some(
            "epoch,domain_loss,feature_loss,source_accuracy,lambda,used_rate,validation_accuracy,class_loss,confusion_loss,\
             information_maximisation_loss,consistency_loss,distillation_loss,pseudo_label_loss,domain_accuracy,gradient_norm,learning_rate,\
             seconds,pictures_per_second"
        )
    );
    assert_eq!(log.lines().count(), 3);
    let said = succeed(place, &["curves", "--run", "run"]);
    assert!(said.contains("2 epochs"), "{said}");
    assert!(
        fs::read_to_string(place.join("run/curves.svg"))
            .unwrap()
            .contains("lambda")
    );

    for precision in ["f32", "f16"] {
        let said = succeed(
            place,
            &[
                "export",
                "--run",
                "run",
                "--out",
                precision,
                "--precision",
                precision,
                "--data",
                "sample/held_out",
                "--labels",
                "sample/held_out_labels.csv",
                "--on",
                "sample doodles",
            ],
        );
        assert!(said.contains("on 500 sample doodles"), "{said}");
    }
    let size = |name| fs::metadata(place.join(name)).unwrap().len();
    assert!(size("f16") < size("f32"));

    let said = succeed(
        place,
        &[
            "predict",
            "--weights",
            "f32",
            "--data",
            "sample",
            "--out",
            "predictions.csv",
            "--submission",
            "--probabilities",
        ],
    );
    assert!(said.contains("1000 predictions"), "{said}");
    let predictions = fs::read_to_string(place.join("predictions.csv")).unwrap();
    assert!(
        predictions.starts_with("id,label,p_horse,"),
        "{predictions}"
    );
    assert_eq!(predictions.lines().count(), 1001);
}

#[test]
fn a_score_as_json_from_weights_and_from_the_run() {
    let folder = with_sample();
    let place = folder.path();
    succeed(place, &TINY);
    succeed(place, &["export", "--run", "run", "--out", "w"]);
    // Only some of the pictures have a label here.
    let labels = fs::read_to_string(place.join("sample/held_out_labels.csv")).unwrap();
    let some: Vec<&str> = labels.lines().take(101).collect();
    fs::write(place.join("some.csv"), some.join("\n")).unwrap();
    let evaluate = |from: [&str; 2]| -> Value {
        let arguments = [
            &["evaluate"],
            &from[..],
            &[
                "--data",
                "sample/held_out",
                "--labels",
                "some.csv",
                "--json",
            ],
        ];
        serde_json::from_str(&succeed(place, &arguments.concat())).unwrap()
    };
    let score = evaluate(["--weights", "w"]);
    assert_eq!(score, evaluate(["--run", "run"]));
    assert_eq!(score["scored"], 100);
    assert!(score["accuracy"].is_number() && score["balanced_accuracy"].is_number());
    assert_eq!(score["per_class"].as_array().unwrap().len(), 10);
    assert_eq!(score["confusion"].as_array().unwrap().len(), 10);
    assert!(score.get("robustness").is_none());

    let arguments = [
        "evaluate",
        "--weights",
        "w",
        "--data",
        "sample/held_out",
        "--labels",
        "some.csv",
        "--robustness",
    ];
    let said = succeed(place, &arguments);
    assert!(said.contains("\nbitmaps as they are "), "{said}");
    let json = succeed(place, &[&arguments[..], &["--json"]].concat());
    let with_robustness: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(with_robustness["accuracy"], score["accuracy"]);
    assert_eq!(
        with_robustness["robustness"][0]["accuracy"],
        score["accuracy"]
    );
    assert!(with_robustness["robustness"][1]["difference"].is_number());
}

#[test]
fn held_out_photos_are_logged_and_calibrate_what_is_exported() {
    let folder = with_sample();
    let place = folder.path();
    let mut arguments = TINY.to_vec();
    // As much as there must be learnt before there is anything to calibrate.
    arguments[12] = "8";
    arguments.extend(["--learning-rate", "0.01", "--validation", "0.1"]);
    let said = succeed(place, &arguments);
    assert!(said.contains("source: 540 photos"), "{said}");
    assert!(said.contains("(held out 0."), "{said}");
    let said = succeed(place, &["export", "--run", "run", "--figures", "figures"]);
    assert!(
        said.contains("edges of held-out photos: accuracy 0."),
        "{said}"
    );
    assert!(said.contains(" on 180; temperature "), "{said}");
    assert!(place.join("figures/reliability-photos.svg").is_file());
    let exported = |name: &str| fs::read(place.join(name)).unwrap();
    let calibrated = exported("run/edgewise.safetensors");
    let plain = ["export", "--run", "run", "--out", "plain", "--uncalibrated"];
    succeed(place, &plain);
    assert_ne!(calibrated, exported("plain"));
    // Novelty is told by the logits: with another temperature its statistics are fitted anew.
    let target = |weights, out, more: &[&str]| {
        let data = ["--data", "sample/held_out", "--out", out];
        let arguments = [&["export", "--weights", weights][..], &data, more].concat();
        succeed(place, &arguments)
    };
    let calibrate = ["--calibrate-on", "target"];
    target("plain", "novel", &["--novelty", "0.2"]);
    let said = target("novel", "kept", &calibrate);
    assert!(said.contains("refuses 0.2000 of"), "{said}");
    target(
        "plain",
        "anew",
        &[&calibrate[..], &["--novelty", "0.2"]].concat(),
    );
    assert_eq!(exported("kept"), exported("anew"));
    // Where labels are refused, or the weights cannot be written, the figure that was there stays.
    fs::write(place.join("figures/reliability-photos.svg"), "before").unwrap();
    fs::write(place.join("labels.csv"), "id,label\n0,nothing\n").unwrap();
    let again = ["export", "--run", "run", "--figures", "figures"];
    for (more, why) in [
        (&["--labels", "labels.csv"][..], "labels.csv"),
        (&["--out", "plain/below"], "plain"),
    ] {
        fail(place, &[&again[..], more].concat(), &[why]);
        assert_eq!(exported("figures/reliability-photos.svg"), b"before");
        assert_eq!(exported("run/edgewise.safetensors"), calibrated);
    }
    let figures = ["export", "--run", "run", "--figures", "f"];
    fail(
        place,
        &[&figures[..], &calibrate].concat(),
        &["--figures", "--calibrate-on"],
    );
    // The same predictions, whatever the temperature.
    let predictions = |weights: &str| {
        let arguments = [
            "predict",
            "--weights",
            weights,
            "--data",
            "sample/held_out",
            "--submission",
            "--out",
            "g",
        ];
        succeed(place, &arguments);
        exported("g")
    };
    assert_eq!(
        predictions("plain"),
        predictions("run/edgewise.safetensors")
    );
    // Without its data a run cannot be calibrated, and says so.
    fs::rename(place.join("sample"), place.join("moved")).unwrap();
    fail(
        place,
        &["export", "--run", "run"],
        &["--uncalibrated", "sample"],
    );
}

#[test]
fn every_variant_trains_with_every_lambda_in_a_way_of_its_own() {
    let folder = with_sample();
    let mut losses = Vec::new();
    for variant in ["two-step", "reversal", "confusion"] {
        // Lambda at the last of 8 steps in 2 epochs.
        for (lambda, last) in [
            ("0.7", 0.7),
            ("log", (1.02_f64 + 1.7 / 2.0).ln()),
            ("paper", 2.0 / (1.0 + (-10.0_f64 * 7.0 / 8.0).exp()) - 1.0),
            ("0:0,1:0.5", 0.5),
        ] {
            let run = format!("{variant}-{}", losses.len());
            let mut arguments = TINY.to_vec();
            arguments[4] = &run;
            arguments.extend(["--variant", variant, "--lambda", lambda]);
            succeed(folder.path(), &arguments);
            let log = folder.path().join(&run).join("log.csv");
            let mut log = csv::Reader::from_path(log).unwrap();
            let records: Vec<EpochRecord> = log.deserialize().map(Result::unwrap).collect();
            let logged = records[1].lambda.unwrap();
            assert!((logged - last).abs() < 1e-9, "{run}, {lambda}: {logged}");
            losses.push((records[1].domain_loss.unwrap(), records[1].feature_loss));
        }
    }
    for (place, loss) in losses.iter().enumerate() {
        assert!(loss.0.is_finite() && loss.1.is_finite());
        assert!(
            !losses[..place].contains(loss),
            "two are the same: {losses:?}"
        );
    }
}

#[test]
fn every_verb_has_examples_and_shells_can_complete_them() {
    let folder = tempfile::TempDir::new().unwrap();
    let help = succeed(folder.path(), &["--help"]);
    assert!(help.contains("Exit codes:"), "{help}");
    let verbs = Cli::command();
    let verbs = verbs.get_subcommands().map(|verb| verb.get_name());
    for verb in verbs.filter(|verb| *verb != "help") {
        assert!(
            help.contains(&format!("\n  {verb} ")),
            "{verb} is not in the help"
        );
        let help = succeed(folder.path(), &[verb, "--help"]);
        assert!(
            help.contains(&format!("Examples:\n  trainer {verb}")),
            "{help}"
        );
    }
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = succeed(folder.path(), &["completions", shell]);
        assert!(
            script.contains("tsne") && script.contains("perplexity"),
            "{shell}"
        );
    }
}

#[test]
fn programs_can_read_what_is_printed() {
    let folder = with_sample();
    let place = folder.path();
    let json =
        |arguments: &[&str]| -> Value { serde_json::from_str(&succeed(place, arguments)).unwrap() };
    let info = json(&["data", "info", "sample", "--json"]);
    assert_eq!(
        (&info["classes"][9]["name"], &info["doodles"]),
        (&"spider".into(), &1000.into())
    );
    let check = json(&["data", "check", "sample", "--json"]);
    assert_eq!(
        (&check["usable"], &check["photos"][3]["photos"]),
        (&true.into(), &60.into())
    );
    fs::remove_dir_all(place.join("sample/train_data/7")).unwrap();
    let check = output(place, &["data", "check", "sample", "--json"]);
    assert_eq!(check.status.code(), Some(1));
    let check: Value = serde_json::from_slice(&check.stdout).unwrap();
    assert!(
        check["problems"][0]
            .as_str()
            .unwrap()
            .contains("train_data/7")
    );

    let quiet = output(place, &["data", "sample", "again", "--quiet"]);
    assert!(quiet.status.success() && quiet.stdout.is_empty() && quiet.stderr.is_empty());
    assert_eq!(output(place, &["paint"]).status.code(), Some(2));
}
