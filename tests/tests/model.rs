//! The network and its weights file, natively and in a browser; what PyTorch gives is made by `tests/golden/classifier.py`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use burn::tensor::Device;
use serde::Deserialize;
use shared::classes::ClassNames;
use shared::model::{Classifier, ClassifierConfig, FeatureExtractorConfig};
use shared::weights::{Metadata, Precision, bytes_from_classifier, classifier_from_bytes};
use tests::guesser::logits;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const WIDTH: usize = 4;

/// Where the weights file's header says that a tensor lies.
#[derive(Deserialize)]
struct Entry {
    shape: Vec<usize>,
    data_offsets: [usize; 2],
}

fn metadata(precision: Precision) -> Metadata {
    Metadata {
        precision,
        ..Metadata::new(ClassNames::default(), WIDTH)
    }
}

/// A weights file in f32, every value of it by the formula in `classifier.py`.
fn file() -> Vec<u8> {
    let extractor = FeatureExtractorConfig::new().with_width(WIDTH);
    let drawn = ClassifierConfig::new(10, extractor).init(&Device::flex());
    let mut bytes = bytes_from_classifier(&drawn, &metadata(Precision::F32)).unwrap();
    let (length, rest) = bytes.split_first_chunk_mut().unwrap();
    let (header, data) = rest.split_at_mut(u64::from_le_bytes(*length) as usize);
    let mut header: BTreeMap<String, serde_json::Value> = serde_json::from_slice(header).unwrap();
    header.remove("__metadata__");
    for (salt, (name, entry)) in header.into_iter().enumerate() {
        let Entry {
            shape,
            data_offsets: [begin, end],
        } = serde_json::from_value(entry).unwrap();
        let places = data[begin..end].as_chunks_mut::<4>().0;
        for (place, value) in places.iter_mut().zip(wave(salt)) {
            *place = (scaled(value, &name, &shape) as f32).to_le_bytes();
        }
    }
    bytes
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

fn read(bytes: &[u8]) -> Classifier {
    classifier_from_bytes(bytes, &Device::flex()).unwrap().0
}

fn largest_difference(ours: &[Vec<f32>], theirs: &[Vec<f32>]) -> f32 {
    let pairs = ours.iter().flatten().zip(theirs.iter().flatten());
    pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

#[wasm_bindgen_test(unsupported = test)]
fn logits_equal_pytorch() {
    let expected: Vec<Vec<f32>> =
        serde_json::from_str(include_str!("../golden/classifier.json")).unwrap();
    let found = logits(&read(&file()), &pictures());
    let difference = largest_difference(&found, &expected);
    assert!(
        difference < 1e-4,
        "differ by {difference}: {found:?} instead of {expected:?}"
    );
}

#[wasm_bindgen_test(unsupported = test)]
fn f32_comes_back_to_the_bit() {
    let file = file();
    let (classifier, metadata) = classifier_from_bytes(&file, &Device::flex()).unwrap();
    assert!(
        bytes_from_classifier(&classifier, &metadata).unwrap() == file,
        "the file that was read is written otherwise"
    );
}

#[wasm_bindgen_test(unsupported = test)]
fn f16_comes_back_nearly_and_smaller() {
    let full = file();
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

#[wasm_bindgen_test(unsupported = test)]
fn damage_is_refused_in_a_sentence() {
    let file = file();
    let mut infinite = file.clone();
    let end = infinite.len() - 4;
    infinite[end..].copy_from_slice(&f32::INFINITY.to_le_bytes());
    let cases = [
        (&file[..file.len() - 1], "not a complete safetensors file"),
        (&file[..100], "not a complete safetensors file"),
        (b"<!doctype html>", "not a complete safetensors file"),
        (&infinite, "infinite or not a number"),
    ];
    for (bytes, expected) in cases {
        let sentence = match classifier_from_bytes(bytes, &Device::flex()) {
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
