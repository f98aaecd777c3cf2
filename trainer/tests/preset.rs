//! Recipes: several stages in one command, teachers among them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod program;

use std::{fs, path::Path, thread::sleep, time::Duration};

use program::{TINY, fail, succeed, trainer, with_sample};
use safetensors::SafeTensors;

/// Two teachers and their student, which begins as one of them and also contrasts doodles, as small as can be.
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
neighbours = ["other"]
pretrained = "other"
contrast = 1
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

    let mut child = trainer(other.path(), &TRAIN).spawn().unwrap();
    let student = other.path().join("run/3-student/checkpoints/epoch-00001");
    while !student.exists() {
        sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let go_on = ["train", "--resume", "--run", "run", "--device", "cpu"];
    succeed(other.path(), &go_on);
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
    assert_eq!(
        by_preset.len(),
        fs::read(folder.path().join("by-hand/run")).unwrap().len()
    );
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
    let names = ["--teacher ", "nobody holds no run"];
    fail(folder.path(), &unknown, &names);
    let idle = with(&["--neighbours", "nobody"]);
    fail(folder.path(), &idle, &["--neighbours", "--teacher"]);
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
