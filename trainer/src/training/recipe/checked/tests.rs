use clap::Parser;
use serde_json::json;

use super::*;
use crate::data::SourceTransform;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    stage: Stage,
}

fn parse(words: &[&str]) -> Stage {
    Line::try_parse_from(["train"].iter().chain(words))
        .unwrap()
        .stage
}

#[test]
fn the_defaults_are_the_course_s() {
    let config = parse(&[]).check(false).unwrap();
    assert_eq!(
        (config.batch(), config.width(), config.epochs()),
        (256, 64, 200)
    );
    assert_eq!(
        config.objective.adversarial().unwrap().variant,
        Variant::TwoStep
    );
    assert_eq!(config.data.source_transform, SourceTransform::Canny);
}

#[test]
fn losses_on_doodles_grow_from_the_start_over_three_tenths_of_the_run() {
    let words = [
        "--im-weight",
        "2",
        "--consistency",
        "0.5",
        "--start",
        "0.25",
    ];
    let config = parse(&[&words[..], &["--epochs", "100"]].concat());
    let config = config.check(false).unwrap();
    for (epoch, step, ramp) in [
        (0, 0, 0.0),
        (25, 0, 0.0),
        (40, 0, 0.5),
        (54, 15, 0.2975 / 0.3),
        (55, 0, 1.0),
        (99, 19, 1.0),
    ] {
        let at = config.step(Progress {
            epoch,
            epochs: 100,
            step,
            steps: 20,
        });
        let found = [at.im_weight / 2.0, at.consistency_weight / 0.5];
        for found in found {
            assert!((found - ramp).abs() < 1e-9, "epoch {epoch}: {found}");
        }
    }
}

#[test]
fn json_brings_the_configuration_back() {
    let config = parse(&[
        "--lambda",
        "0.7",
        "--device",
        "cuda:1",
        "--devices",
        "2",
        "--variant",
        "reversal",
    ]);
    let config = config.check(true).unwrap();
    let text = serde_json::to_string(&config).unwrap();
    assert_eq!(serde_json::from_str::<Stage>(&text).unwrap(), *config);
}

#[test]
fn numbers_that_cannot_be_trained_with_are_refused_by_name() {
    for (words, name) in [
        (["--epochs", "0"], "--epochs"),
        (["--batch", "1"], "--batch"),
        (["--batch", "0"], "--batch"),
        (["--devices", "0"], "--devices"),
        (["--devices", "3"], "multiple of --devices"),
        (["--devices", "256"], "on each device"),
        (["--width", "0"], "--width"),
        (["--learning-rate", "NaN"], "--learning-rate"),
        (["--label-smoothing", "1"], "--label-smoothing"),
        (["--label-smoothing", "NaN"], "--label-smoothing"),
    ] {
        let error = parse(&words).check(false).unwrap_err().to_string();
        assert!(error.contains(name), "{error}");
    }
}

#[test]
fn older_names_are_read_on_the_command_line_and_in_json() {
    for (old, new, field, value) in [
        (
            ["--balance", "1.5"],
            ["--im-weight", "1.5"],
            ["balance", "im_weight"],
            json!(1.5),
        ),
        (
            ["--source-view", "mixed"],
            ["--source-transform", "mixed"],
            ["source_view", "source_transform"],
            json!("mixed"),
        ),
        (
            ["--geometry", "mild"],
            ["--augmentation", "mild"],
            ["geometry", "augmentation"],
            json!("mild"),
        ),
        (
            ["--mark", "0,9,..."],
            ["--snapshot-epochs", "0,9,..."],
            ["mark", "snapshot_epochs"],
            json!("0,9,..."),
        ),
    ] {
        let config = parse(&new);
        assert_eq!(parse(&old), config, "{old:?}");
        let mut stored = serde_json::to_value(&config).unwrap();
        let fields = stored.as_object_mut().unwrap();
        fields.remove(field[1]).unwrap();
        fields.insert(field[0].to_owned(), value);
        assert_eq!(serde_json::from_value::<Stage>(stored).unwrap(), config);
    }
}

#[test]
fn source_only_training_refuses_what_trains_on_doodles() {
    for (option, value) in [
        ("--im-weight", "1"),
        ("--consistency", "1"),
        ("--teacher", "run"),
    ] {
        let config = parse(&["--variant", "source-only", option, value]);
        let error = config.check(false).unwrap_err().to_string();
        assert!(error.contains(option), "{error}");
    }
    parse(&["--variant", "source-only"]).check(false).unwrap();
}

#[test]
fn strokes_are_changed_only_where_doodles_are_strongly_augmented() {
    let stage = |others: &[&str]| {
        let options = [&["--stroke-augmentation", "0.5"], others].concat();
        parse(&options).check(false)
    };
    let error = stage(&[]).unwrap_err().to_string();
    assert!(error.contains("--stroke-augmentation 0.5"), "{error}");
    for others in [["--consistency", "1"], ["--teacher", "run"]] {
        let stage = stage(&others).unwrap();
        assert_eq!(stage.batches().stroke_augmentation, 0.5, "{others:?}");
    }
    let too_much = parse(&["--stroke-augmentation", "1.5", "--consistency", "1"]);
    assert!(too_much.check(false).is_err());
}

#[test]
fn copies_are_predicted_by_teachers_alone() {
    let stage = |others: &[&str]| {
        let options = [&["--soft-label-copies", "8"], others].concat();
        parse(&options).check(false)
    };
    stage(&["--teacher", "run"]).unwrap();
    for others in [&[][..], &["--teacher", "run", "--distil", "0"]] {
        let error = stage(others).unwrap_err().to_string();
        assert!(error.contains("--soft-label-copies 8"), "{error}");
    }
    let many = parse(&["--soft-label-copies", "1001", "--teacher", "run"]);
    assert!(many.check(false).is_err());
}

#[test]
fn a_run_without_changed_strokes_and_smoothed_labels_is_stored_as_before_there_were_any() {
    let json = serde_json::to_value(parse(&[])).unwrap();
    assert!(json.get("stroke_augmentation").is_none(), "{json}");
    assert!(json.get("label_smoothing").is_none(), "{json}");
    assert!(json.get("soft_label_copies").is_none(), "{json}");
}

#[test]
fn labels_are_smoothed_from_the_first_step_on() {
    let stage = parse(&["--label-smoothing", "0.1"]).check(false).unwrap();
    let first = Progress {
        epoch: 0,
        epochs: 200,
        step: 0,
        steps: 19,
    };
    assert_eq!(stage.step(first).label_smoothing, 0.1);
}

#[test]
fn a_run_from_before_devices_were_counted_was_on_one() {
    let config = parse(&[]).check(true).unwrap();
    let mut json = serde_json::to_value(&config).unwrap();
    json.as_object_mut().unwrap().remove("devices").unwrap();
    assert_eq!(serde_json::from_value::<Stage>(json).unwrap(), *config);
}

#[test]
fn in_miniature_a_run_has_its_share_of_epochs_and_lambda_its_shape() {
    let config = parse(&["--epochs", "200", "--lambda", "0:0,100:0.5"]);
    let config = config.check(false).unwrap().scaled(0.02);
    assert_eq!(
        (
            config.epochs(),
            config.objective.adversarial().unwrap().lambda.to_string()
        ),
        (4, "0:0,2:0.5".into())
    );
    assert_eq!(config.scaled(0.001).epochs(), 1);
}

#[test]
fn with_more_epochs_schedules_stretch_over_all_of_them() {
    let config = |epochs| {
        parse(&["--epochs", epochs, "--decay", "cosine"])
            .check(false)
            .unwrap()
    };
    let at = |config: &CheckedStage, epoch| {
        let epochs = config.epochs();
        config.step(Progress {
            epoch,
            epochs,
            step: 0,
            steps: 100,
        })
    };
    let (short, long) = (config("10"), config("20"));
    // What the longer run does at an epoch, the shorter did at half of it.
    for epoch in 1..10 {
        assert_eq!(at(&long, 2 * epoch).lambda, at(&short, epoch).lambda);
        assert_eq!(
            at(&long, 2 * epoch).learning_rate,
            at(&short, epoch).learning_rate
        );
    }
    assert!(at(&long, 9).learning_rate > at(&short, 9).learning_rate);
}
