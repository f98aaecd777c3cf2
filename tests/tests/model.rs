//! The network and its weights file; what PyTorch gives is made by `tests/golden/classifier.py`.
//!
//! By our own kernels natively and in a browser, and natively by Burn too.
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]

use shared::classes::ClassNames;
use shared::weights::{Metadata, Precision, Tensors, network_from_bytes};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const WIDTH: usize = 4;

fn metadata(precision: Precision) -> Metadata {
    Metadata::new(ClassNames::default(), WIDTH).with_precision(precision)
}

/// A weights file, every value of it by the formula in `classifier.py`.
fn file(precision: Precision) -> Vec<u8> {
    let metadata = metadata(precision);
    let mut salt = 0..;
    let tensors = Tensors::from_fn(&metadata, |name, shape| {
        let values = wave(salt.next().unwrap()).take(shape.iter().product());
        values
            .map(|value| scaled(value, name, shape) as f32)
            .collect()
    });
    tensors.to_bytes(&metadata).unwrap()
}

fn wave(salt: usize) -> impl Iterator<Item = f64> {
    (1_u32..).map(move |place| (f64::from(place).powi(2) + salt as f64).sin())
}

fn scaled(value: f64, name: &str, shape: &[usize]) -> f64 {
    if shape.len() > 1 {
        let fan_in: usize = shape[1..].iter().product();
        value * (6.0 / fan_in as f64).sqrt()
    } else if name.ends_with("norm.weight") || name.ends_with("running_var") {
        1.0 + value / 2.0
    } else {
        value / 10.0
    }
}

fn pictures() -> Vec<Vec<f32>> {
    let values: Vec<f32> = wave(100)
        .take(2 * 32 * 32)
        .map(|value| (value / 2.0 + 0.5) as f32)
        .collect();
    values.chunks(32 * 32).map(<[f32]>::to_vec).collect()
}

fn largest_difference(ours: &[Vec<f32>], theirs: &[Vec<f32>]) -> f32 {
    let pairs = ours.iter().flatten().zip(theirs.iter().flatten());
    pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

fn pytorch() -> Vec<Vec<f32>> {
    serde_json::from_str(include_str!("../golden/classifier.json")).unwrap()
}

fn logits_of_kernels(file: &[u8]) -> Vec<Vec<f32>> {
    let (mut network, _) = network_from_bytes(file).unwrap();
    let predicted = pictures().into_iter().map(|picture| {
        let picture = picture.try_into().unwrap();
        network.predict(&picture).to_vec()
    });
    predicted.collect()
}

#[wasm_bindgen_test(unsupported = test)]
fn logits_of_the_kernels_equal_pytorch() {
    let (found, expected) = (logits_of_kernels(&file(Precision::F32)), pytorch());
    let difference = largest_difference(&found, &expected);
    assert!(
        difference < 1e-4,
        "differ by {difference}: {found:?} instead of {expected:?}"
    );
}

#[wasm_bindgen_test(unsupported = test)]
fn whole_numbers_are_smaller_and_nearly_the_same() {
    let full = file(Precision::F32);
    let expected = logits_of_kernels(&full);
    let logits = expected.iter().flatten();
    let largest = logits.fold(0.0_f32, |largest, logit| largest.max(logit.abs()));
    for (precision, tolerance) in [
        (Precision::Int8, 0.03),
        (Precision::Int6, 0.12),
        (Precision::Int5, 0.25),
        (Precision::Int4, 0.5),
    ] {
        let stored = file(precision);
        assert!(
            stored.len() < full.len() / 2,
            "{precision:?}: {} bytes",
            stored.len()
        );
        let difference = largest_difference(&logits_of_kernels(&stored), &expected) / largest;
        assert!(
            difference > 0.0 && difference < tolerance,
            "{precision:?}: {difference}"
        );
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn damage_is_refused_in_a_sentence() {
    let file = file(Precision::F32);
    let mut infinite = file.clone();
    let end = infinite.len() - 4;
    infinite[end..].copy_from_slice(&f32::INFINITY.to_le_bytes());
    let cases = [
        (&file[..file.len() - 1], "not a complete safetensors file"),
        (&file[..100], "not a complete safetensors file"),
        (b"<!doctype html>", "not a complete safetensors file"),
        (&infinite, "not a number or far too large"),
    ];
    for (bytes, expected) in cases {
        let sentence = match network_from_bytes(bytes) {
            Ok(_) => "it was taken".into(),
            Err(error) => error.to_string(),
        };
        assert!(
            sentence.contains(expected),
            "{} bytes: {sentence:?} instead of {expected:?}",
            bytes.len()
        );
    }
}

#[cfg(not(target_family = "wasm"))]
mod by_burn {
    use burn::tensor::Device;
    use shared::model::Classifier;
    use shared::weights::{bytes_from_classifier, classifier_from_bytes};
    use tests::predictor::logits;

    use super::*;

    fn read(bytes: &[u8]) -> Classifier {
        classifier_from_bytes(bytes, &Device::flex()).unwrap().0
    }

    #[test]
    fn logits_equal_pytorch() {
        let (found, expected) = (logits(&read(&file(Precision::F32)), &pictures()), pytorch());
        let difference = largest_difference(&found, &expected);
        assert!(
            difference < 1e-4,
            "differ by {difference}: {found:?} instead of {expected:?}"
        );
    }

    #[test]
    fn whole_numbers_are_read_as_the_kernels_read_them() {
        for precision in [
            Precision::F32,
            Precision::Int8,
            Precision::Int6,
            Precision::Int5,
            Precision::Int4,
        ] {
            let file = file(precision);
            let difference = largest_difference(
                &logits(&read(&file), &pictures()),
                &logits_of_kernels(&file),
            );
            assert!(difference < 1e-4, "{precision:?}: differ by {difference}");
        }
    }

    #[test]
    fn f32_comes_back_to_the_bit() {
        let file =
            bytes_from_classifier(&read(&file(Precision::F32)), &metadata(Precision::F32)).unwrap();
        let (classifier, metadata) = classifier_from_bytes(&file, &Device::flex()).unwrap();
        assert!(
            bytes_from_classifier(&classifier, &metadata).unwrap() == file,
            "the file that was read is written otherwise"
        );
    }

    #[test]
    fn f16_comes_back_nearly_and_smaller() {
        let full = file(Precision::F32);
        let classifier = read(&full);
        let half = bytes_from_classifier(&classifier, &metadata(Precision::F16)).unwrap();
        assert!(
            half.len() < full.len() * 2 / 3,
            "{} bytes in f16, {} in f32",
            half.len(),
            full.len()
        );
        let (full, half) = (
            logits(&classifier, &pictures()),
            logits(&read(&half), &pictures()),
        );
        let difference = largest_difference(&half, &full);
        assert!(
            difference > 0.0 && difference < 2e-2,
            "differ by {difference}: {half:?} in f16, {full:?} in f32"
        );
    }
}
