//! Recipes: several stages in one command, teachers among them.
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]

mod program;

use std::{fs, path::Path};

use program::{TINY, fail, kill, started, succeed, wait_for, with_sample};
use safetensors::SafeTensors;

/// Two teachers and their student, which begins as one of them, as small as can be.
const RECIPE: &str = r#"
[[stage]]
name = "one"
width = 2
batch = 128
epochs = 2

[[stage]]
name = "other"
width = 3
batch = 128
epochs = 2
seed = 1

[[stage]]
name = "student"
width = 3
batch = 128
epochs = 3
teacher = ["one", "other"]
pretrained = "other"
"#;

const TRAIN: [&str; 9] = [
    "train",
    "--preset",
    "recipe.toml",
    "--data",
    "sample",
    "--run",
    "run",
    "--device",
    "cpu",
];

fn weights(folder: &Path) -> Vec<u8> {
    succeed(folder, &["export", "--run", "run", "--out", "weights"]);
    fs::read(folder.join("weights")).unwrap()
}

#[test]
fn stages_follow_one_another_and_repeat_to_the_bit_interrupted_or_not() {
    let (one, other) = (with_sample(), with_sample());
    for folder in [&one, &other] {
        fs::write(folder.path().join("recipe.toml"), RECIPE).unwrap();
    }
    let said = succeed(one.path(), &TRAIN);
    assert!(said.contains("stage 3 of 3"), "{said}");
    assert!(said.contains("finished"), "{said}");

    let mut child = started(other.path(), &TRAIN);
    let student = other.path().join("run/3-student");
    wait_for(&mut child, &student.join("checkpoints/epoch-00001"));
    kill(child);
    assert!(
        !student.join("checkpoints/epoch-00003").exists(),
        "it was not interrupted"
    );
    // The student's soft labels are in its own folder by now.
    for stage in ["1-one", "2-other"] {
        let stage = other.path().join("run").join(stage);
        for entry in fs::read_dir(stage.join("checkpoints")).unwrap() {
            fs::write(entry.unwrap().path().join("classifier.bpk"), "gone").unwrap();
        }
    }
    succeed(&student, &["train", "--resume", "--run", "."]);
    assert_eq!(weights(one.path()), weights(other.path()));
    fail(one.path(), &TRAIN, &["run already holds a run"]);
}

#[test]
fn pseudo_labels_need_no_teacher_of_before() {
    let folder = with_sample();
    fs::write(folder.path().join("recipe.toml"), RECIPE).unwrap();
    succeed(folder.path(), &TRAIN);
    fs::remove_dir_all(folder.path().join("run/1-one")).unwrap();
    let refine = [
        "refine", "--run", "run", "--device", "cpu", "--epochs", "1", "--out", "refined",
    ];
    let said = succeed(folder.path(), &refine);
    assert!(said.contains("finished"), "{said}");
}

#[test]
fn a_recipe_of_one_stage_is_a_run_like_any_other() {
    let folder = with_sample();
    let [_, recipe] = RECIPE.split("[[stage]]").collect::<Vec<_>>()[..2] else {
        unreachable!()
    };
    fs::write(
        folder.path().join("recipe.toml"),
        format!("[[stage]]{recipe}"),
    )
    .unwrap();
    succeed(folder.path(), &TRAIN);
    assert!(folder.path().join("run/checkpoints/epoch-00002").exists());
    let by_preset = weights(folder.path());
    let mut arguments = TINY.to_vec();
    arguments[4] = "by-hand";
    succeed(folder.path(), &arguments);
    succeed(
        folder.path(),
        &["export", "--run", "by-hand", "--out", "by-hand/run"],
    );
    let by_hand = fs::read(folder.path().join("by-hand/run")).unwrap();
    assert!(tensors(&by_preset) == tensors(&by_hand));
}

/// What a weights file holds but for what it says about itself.
fn tensors(bytes: &[u8]) -> &[u8] {
    let header = 8 + u64::from_le_bytes(bytes[..8].try_into().unwrap()) as usize;
    &bytes[header..]
}

/// The first block's kernels in a weights file.
fn kernels(file: &Path) -> Vec<u8> {
    let bytes = fs::read(file).unwrap();
    let tensors = SafeTensors::deserialize(&bytes).unwrap();
    let first = tensors.tensor("extractor.blocks.0.conv.weight").unwrap();
    first.data().to_vec()
}

#[test]
fn a_run_begins_with_the_features_of_another_and_a_weights_file_can_teach() {
    let folder = with_sample();
    succeed(folder.path(), &TINY);
    weights(folder.path());
    // So small a rate leaves every parameter as it was; another seed would have drawn others.
    let still =
        "train --data sample --device cpu --batch 128 --epochs 1 --seed 3 --learning-rate 1e-12";
    let still: Vec<&str> = still.split(' ').collect();
    let begin = |run, options: &[&'static str]| {
        let out = format!("{run}.safetensors");
        succeed(
            folder.path(),
            &[&still[..], &["--width", "2", "--run", run], options].concat(),
        );
        succeed(folder.path(), &["export", "--run", run, "--out", &out]);
        kernels(&folder.path().join(out))
    };
    let before = kernels(&folder.path().join("weights"));
    assert_ne!(begin("anew", &[]), before);
    assert_eq!(begin("by-run", &["--pretrained", "run"]), before);
    let of_file = ["--pretrained", "weights", "--teacher", "weights"];
    assert_eq!(begin("by-file", &of_file), before);

    let wide = ["--width", "3", "--run", "wide", "--pretrained", "weights"];
    fail(
        folder.path(),
        &[&still[..], &wide].concat(),
        &["--pretrained", "weights has --width 2"],
    );
}

#[test]
fn what_cannot_teach_is_named() {
    let folder = with_sample();
    let with = |options: &[&'static str]| [&TINY[..], options].concat();
    let unknown = with(&["--teacher", "nobody"]);
    let names = ["--teacher ", "nobody", "holds no run"];
    fail(folder.path(), &unknown, &names);
    assert!(!folder.path().join("run").exists(), "it was begun");
    let recipe = RECIPE.replace("\"other\"]", "\"others\"]");
    fs::write(folder.path().join("recipe.toml"), recipe).unwrap();
    let names = ["stage student", "others is neither an earlier stage"];
    fail(folder.path(), &TRAIN, &names);
    assert!(!folder.path().join("run").exists(), "it was begun");
    fs::write(
        folder.path().join("recipe.toml"),
        "[[stage]]\nname = \"a\"\nbreadth = 3",
    )
    .unwrap();
    fail(
        folder.path(),
        &TRAIN,
        &["recipe.toml", "stage a", "--breadth"],
    );
    fail(
        folder.path(),
        &["train", "--preset", "absent.toml"],
        &["absent.toml cannot be read"],
    );
}

#[test]
fn what_any_stage_cannot_be_trained_with_is_refused_before_the_first() {
    let folder = with_sample();
    let place = folder.path();
    let refused = |from: &str, to: &str, names: &[&str]| {
        assert!(RECIPE.contains(from));
        fs::write(place.join("recipe.toml"), RECIPE.replace(from, to)).unwrap();
        fail(place, &TRAIN, names);
        assert!(!place.join("run").exists(), "it was begun");
    };
    refused("epochs = 3", "epochs = 0", &["stage student", "--epochs 0"]);
    refused(
        "epochs = 3",
        "epochs = 3\nvalidation = 0.001",
        &["stage other", "--validation 0.001"],
    );
    refused(
        "pretrained = \"other\"",
        "pretrained = \"one\"",
        &["stage student", "one has --width 2"],
    );
    refused(
        "epochs = 3",
        "epochs = 3\ndevice = \"cpu\"",
        &["stage student", "device belongs on the command line"],
    );
    let whole = RECIPE.replace(
        "width = 3\nbatch = 128\nepochs = 3",
        "width = 3\nbatch = 700\nepochs = 3",
    );
    fs::write(place.join("recipe.toml"), whole).unwrap();
    fail(
        place,
        &TRAIN,
        &["stage student", "600 photos do not fill one batch of 700"],
    );
    assert!(!place.join("run").exists(), "it was begun");

    fs::write(place.join("recipe.toml"), RECIPE).unwrap();
    let most = u64::MAX.to_string();
    fail(
        place,
        &[&TRAIN[..], &["--seed", &most]].concat(),
        &["--seed", "stage other", "too large"],
    );
    fs::write(place.join("labels.csv"), "id,label\n5000,1\n").unwrap();
    let labels = [&TRAIN[..], &["--labels", "labels.csv"]].concat();
    fail(place, &labels, &["labels.csv", "5000"]);
    assert!(!place.join("run").exists(), "it was begun");
}

#[test]
fn a_dry_run_prints_every_stage_and_writes_nothing() {
    let folder = with_sample();
    let place = folder.path();
    fs::write(place.join("recipe.toml"), RECIPE).unwrap();
    let said = succeed(
        place,
        &[&TRAIN[..], &["--dry-run", "--scale", "0.5"]].concat(),
    );
    for words in [
        "stage 3 of 3: student",
        "teacher one, other",
        "pretrained other",
        "  1 epochs of 4 steps: about ",
        "nothing was written",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!place.join("run").exists() && !place.join("runs").exists());
    // Each stage has the steps of its own photos.
    let half = "[defaults]\nwidth = 2\nbatch = 128\n[[stage]]\nname = \"all\"\n[[stage]]\nname = \"half\"\nvalidation = 0.5";
    fs::write(place.join("recipe.toml"), half).unwrap();
    let said = succeed(place, &[&TRAIN[..], &["--dry-run"]].concat());
    for steps in ["200 epochs of 4 steps", "200 epochs of 2 steps"] {
        assert!(said.contains(steps), "{said}");
    }
    fail(
        place,
        &[&TRAIN[..], &["--scale", "0"]].concat(),
        &["--scale 0"],
    );
}

#[test]
fn snapshot_epochs_can_be_changed_when_a_recipe_is_resumed() {
    let folder = with_sample();
    let place = folder.path();
    fs::write(place.join("recipe.toml"), RECIPE).unwrap();
    let mut child = started(
        place,
        &[&TRAIN[..], &["--snapshot-epochs", "none"]].concat(),
    );
    wait_for(&mut child, &place.join("run/1-one/checkpoints/epoch-00001"));
    kill(child);
    assert!(
        !place.join("run/3-student").exists(),
        "it was not interrupted"
    );
    succeed(
        place,
        &[
            "train",
            "--resume",
            "--run",
            "run",
            "--snapshot-epochs",
            "0,1,...",
        ],
    );
    for epoch in ["00000", "00001", "00002"] {
        let snapshot = place.join("run/3-student/snapshots").join(epoch);
        assert!(snapshot.exists(), "{epoch}");
    }
}

#[test]
fn a_run_that_is_not_finished_cannot_teach() {
    let folder = with_sample();
    let place = folder.path();
    let mut long = TINY.to_vec();
    (long[4], long[12]) = ("long", "100000");
    let mut child = started(place, &long);
    wait_for(&mut child, &place.join("long/checkpoints/epoch-00001"));
    kill(child);
    for option in ["--teacher", "--pretrained"] {
        let arguments = [&TINY[..], &[option, "long"]].concat();
        fail(
            place,
            &arguments,
            &[
                option,
                "of 100000 epochs are done",
                "trainer train --resume",
            ],
        );
    }
    assert!(!place.join("run").exists(), "it was begun");
}
