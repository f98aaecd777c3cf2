//! Cases about runs.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use crate::{
    Case, Trained,
    inputs::{THREE, TRAIN, own},
    program::{
        TINY, fail, files, interrupt, kill, output_on_a_full_disk, started, succeed, wait_for,
    },
};

pub const CASES: &[Case] = &[
    Case {
        source: "biosimulations/biosimulations#4262, deepspeedai/DeepSpeedExamples#121",
        right: "A start that is refused leaves no run behind, and the corrected command is taken.",
        check: refused_start,
    },
    Case {
        source: "leggedrobotics/legged_gym#26, Lightning-AI/litgpt#661",
        right: "`train --resume` resumes the unfinished run that was trained last, whatever the others are called.",
        check: newest,
    },
    Case {
        source: "cyanfish/naps2#531, zuston/riffle#589",
        right: "A full disk is called a full disk; earlier checkpoints stay, and the run resumes when there is room.",
        check: full_disk,
    },
    Case {
        source: "hydra-ecosystem/hydra#2925, vwxyzjn/cleanrl#256",
        right: "Runs that start in the same second take folders of their own, and no two processes write to one.",
        check: same_second,
    },
    Case {
        source: "MrNeRF/LichtFeld-Studio#599, azavea/raster-vision#756",
        right: "`--data` says where moved data is now, and it must be the run's, picture by picture.",
        check: moved_data,
    },
    Case {
        source: "exit codes of interrupted programs",
        right: "Ctrl-C ends with exit code 130 after the last completed epoch was saved.",
        check: ctrl_c,
    },
    Case {
        source: "trainings that end with the ssh session in spite of nohup",
        right: "A closed terminal stops a training after an epoch, and not at all under `nohup`.",
        check: hangup,
    },
];

fn tiny(sample: &str, run: &'static str, epochs: &'static str) -> Vec<String> {
    let mut arguments: Vec<String> = TINY.iter().map(ToString::to_string).collect();
    (arguments[2], arguments[4], arguments[12]) = (sample.into(), run.into(), epochs.into());
    arguments
}

fn words(arguments: &[String]) -> Vec<&str> {
    arguments.iter().map(String::as_str).collect()
}

fn refused_start(folder: &Path) {
    own(&folder.join("set"), &THREE, 40, 60, |number| {
        number.to_string()
    });
    let mut large = TRAIN;
    large[10] = "256";
    fail(folder, &large, &["120 photos do not fill one batch of 256"]);
    assert!(!folder.join("run").exists());
    succeed(folder, &TRAIN);
}

fn newest(folder: &Path) {
    let sample = Trained::get().path("sample");
    succeed(folder, &words(&tiny(&sample, "runs/zzz", "1")));
    let mut child = started(folder, &words(&tiny(&sample, "runs/aaa", "100000")));
    wait_for(&mut child, &folder.join("runs/aaa/checkpoints/epoch-00001"));
    kill(child);
    let mut child = started(folder, &["train", "--resume"]);
    wait_for(&mut child, &folder.join("runs/aaa/checkpoints/epoch-00003"));
    kill(child);
}

fn full_disk(folder: &Path) {
    let sample = Trained::get().path("sample");
    let mut child = started(folder, &words(&tiny(&sample, "run", "100000")));
    wait_for(&mut child, &folder.join("run/checkpoints/epoch-00001"));
    kill(child);
    let before = files(&folder.join("run/checkpoints"));
    let resume = [
        "train",
        "--resume",
        "--run",
        "run",
        "--snapshot-epochs",
        "none",
    ];
    let output = output_on_a_full_disk(folder, 12, &resume);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("cannot be written"), "{errors}");
    assert!(!errors.contains("does not fit"), "{errors}");
    let kept = files(&folder.join("run/checkpoints"));
    assert!(before.iter().all(|file| kept.contains(file)));
    let mut child = started(folder, &resume);
    let next = format!("run/checkpoints/epoch-{:05}", 5);
    wait_for(&mut child, &folder.join(next));
    kill(child);
}

fn same_second(folder: &Path) {
    let sample = Trained::get().path("sample");
    let train = [
        "train", "--data", &sample, "--device", "cpu", "--width", "2", "--batch", "128",
    ];
    let train = [&train[..], &["--epochs", "1"]].concat();
    let children = [1, 2, 3].map(|_| started(folder, &train));
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(fs::read_dir(folder.join("runs")).unwrap().count(), 3);
    let mut child = started(folder, &words(&tiny(&sample, "run", "100000")));
    wait_for(&mut child, &folder.join("run/checkpoints/epoch-00001"));
    fail(
        folder,
        &["train", "--resume", "--run", "run"],
        &["in use by another process"],
    );
    kill(child);
}

fn moved_data(folder: &Path) {
    own(&folder.join("set"), &THREE, 40, 60, |number| {
        number.to_string()
    });
    succeed(folder, &TRAIN);
    fs::rename(folder.join("set"), folder.join("elsewhere")).unwrap();
    fail(folder, &["report", "--run", "run"], &["--data"]);
    succeed(folder, &["report", "--run", "run", "--data", "elsewhere"]);
    let sample = Trained::get().path("sample");
    let other = ["report", "--run", "run", "--data", &sample];
    fail(folder, &other, &["the data is not the run's"]);
}

fn ctrl_c(folder: &Path) {
    let sample = Trained::get().path("sample");
    let mut child = started(folder, &words(&tiny(&sample, "run", "100000")));
    wait_for(&mut child, &folder.join("run/checkpoints/epoch-00001"));
    assert_eq!(interrupt(child).code(), Some(130));
}

fn hangup(folder: &Path) {
    let sample = Trained::get().path("sample");
    let hung_up = |trap: &str, epochs: &'static str| {
        let _ = fs::remove_dir_all(folder.join("run"));
        let script = format!("{trap}; exec \"$0\" \"$@\"");
        let mut command = Command::new("bash");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_trainer")]);
        command
            .args(tiny(&sample, "run", epochs))
            .current_dir(folder);
        let silent = command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = silent.spawn().unwrap();
        wait_for(&mut child, &folder.join("run/checkpoints/epoch-00001"));
        let id = child.id().to_string();
        Command::new("kill").args(["-HUP", &id]).status().unwrap();
        child.wait().unwrap().code()
    };
    assert_eq!(hung_up("true", "100000"), Some(130));
    // As nohup does.
    assert_eq!(hung_up("trap '' HUP", "6"), Some(0));
}
