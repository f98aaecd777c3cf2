//! Weights from PyTorch and back.
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]

mod program;

use std::{fs, path::Path, process::Command};

use burn::tensor::{Device, Tensor, TensorData};
use program::{TINY, fail, succeed, with_sample};
use shared::weights::classifier_from_bytes;
use tempfile::TempDir;

/// Where `pytorch_state.py` left what PyTorch saved and computed.
fn fixtures() -> String {
    format!("{}/tests/fixtures", env!("CARGO_MANIFEST_DIR"))
}

fn state(name: &str) -> String {
    format!("{}/pytorch_state/{name}", fixtures())
}

/// The pictures of `pytorch_state.py`.
fn pictures(device: &Device) -> Tensor<4> {
    let value = |place: usize| {
        let (n, y, x) = (place / 1024, place / 32 % 32, place % 32);
        ((7 * x + 13 * y + 31 * n) % 256) as f32 / 255.0
    };
    let values: Vec<f32> = (0..4 * 1024).map(value).collect();
    Tensor::from_data(TensorData::new(values, [4, 1, 32, 32]), device)
}

fn logits(weights: &Path) -> Vec<f32> {
    let device = Device::flex();
    let (classifier, _) = classifier_from_bytes(&fs::read(weights).unwrap(), &device).unwrap();
    classifier
        .forward(pictures(&device))
        .into_data()
        .iter::<f32>()
        .collect()
}

fn close(ours: &[f32], theirs: &str) {
    let theirs: Vec<Vec<f32>> = serde_json::from_str(theirs).unwrap();
    let theirs = theirs.concat();
    assert_eq!(ours.len(), theirs.len());
    for (ours, theirs) in ours.iter().zip(theirs) {
        assert!((ours - theirs).abs() < 1e-4, "{ours} {theirs}");
    }
}

/// Imports the state dicts into `w`, with three names.
fn import(folder: &Path) {
    fs::write(folder.join("classes.txt"), "one\ntwo\nthree\n").unwrap();
    let (extractor, predictor) = (state("extractor_model.bin"), state("predictor_model.bin"));
    let arguments = [
        "import",
        "--extractor",
        &extractor,
        "--predictor",
        &predictor,
        "--classes",
        "classes.txt",
        "--out",
        "w",
    ];
    let said = succeed(folder, &arguments);
    assert!(said.contains("width 4, 3 classes"), "{said}");
}

#[test]
fn imported_logits_are_pytorch_s() {
    let folder = TempDir::new().unwrap();
    import(folder.path());
    close(
        &logits(&folder.path().join("w")),
        &fs::read_to_string(state("logits.json")).unwrap(),
    );
}

#[test]
fn what_is_not_the_notebook_s_is_refused_by_name() {
    let folder = TempDir::new().unwrap();
    let place = folder.path();
    let (extractor, predictor) = (state("extractor_model.bin"), state("predictor_model.bin"));
    let import = |extractor: &str, predictor: &str, names: &[&str]| {
        fail(
            place,
            &[
                "import",
                "--extractor",
                extractor,
                "--predictor",
                predictor,
                "--out",
                "w",
            ],
            names,
        );
        assert!(!place.join("w").exists());
    };
    import(&extractor, &predictor, &["10 class names", "3 outputs"]);
    import(
        &predictor,
        &predictor,
        &["predictor_model.bin", "layer.0.bias", "feature extractor"],
    );
    import("absent.bin", &predictor, &["absent.bin"]);
    fs::write(place.join("text.bin"), "no pickle").unwrap();
    import("text.bin", &predictor, &["text.bin", "torch.save"]);
    let bytes = fs::read(&extractor).unwrap();
    for length in [100, bytes.len() / 2, bytes.len() - 30] {
        fs::write(place.join("cut.bin"), &bytes[..length]).unwrap();
        import("cut.bin", &predictor, &["cut.bin"]);
    }
}

#[test]
fn a_run_goes_to_pytorch() {
    let folder = with_sample();
    let place = folder.path();
    succeed(place, &TINY);
    succeed(
        place,
        &["export", "--run", "run", "--format", "pytorch-safetensors"],
    );
    for name in ["extractor_model.safetensors", "predictor_model.safetensors"] {
        assert!(place.join("run/pytorch").join(name).is_file());
    }
    fail(
        place,
        &[
            "export",
            "--run",
            "run",
            "--format",
            "pytorch-safetensors",
            "--out",
            "run/log.csv",
        ],
        &["run/log.csv", "is a file"],
    );
}

/// What the other test needs; `cargo xtask test` asks this one.
#[test]
#[ignore = "needs PyTorch: pip install torch numpy safetensors"]
fn pytorch_is_there() {
    let script = "import torch, numpy, safetensors.torch";
    let python = Command::new("python3").args(["-c", script]).output();
    assert!(python.unwrap().status.success());
}

#[test]
#[ignore = "needs PyTorch: pip install torch numpy safetensors"]
fn pytorch_reads_what_is_exported() {
    // The weights that PyTorch saved, through ours, and back.
    let folder = TempDir::new().unwrap();
    let place = folder.path();
    import(place);
    let parts = trainer::pytorch::state_dicts(&fs::read(place.join("w")).unwrap()).unwrap();
    for (name, bytes) in ["extractor_model", "predictor_model"].iter().zip(parts) {
        fs::write(place.join(format!("{name}.safetensors")), bytes).unwrap();
    }
    let script = format!("{}/pytorch_state.py", fixtures());
    let answer = Command::new("python3")
        .args([&script, "check"])
        .arg(place)
        .output()
        .unwrap();
    assert!(
        answer.status.success(),
        "{}",
        String::from_utf8_lossy(&answer.stderr)
    );
    close(
        &logits(&place.join("w")),
        &String::from_utf8(answer.stdout).unwrap(),
    );
}
