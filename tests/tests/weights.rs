//! The weights that are shipped.
#![cfg(not(target_family = "wasm"))]

use std::path::Path;

use shared::classes::ClassNames;
use shared::drawing::rasterise;
use shared::input::grey_from_doodle;
use shared::weights::Precision;
use tests::drawings::drawings;
use tests::predictor::{Predictor, top};

fn open(file: &str) -> Predictor {
    Predictor::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join(file))
}

fn shipped() -> Predictor {
    open("../assets/weights/edgewise.safetensors")
}

fn full() -> Predictor {
    open("../trainer/weights/edgewise-f32.safetensors")
}

#[test]
fn they_are_accepted_and_know_the_ten_classes() {
    assert_eq!(shipped().metadata.classes, ClassNames::default());
}

/// The file that the page loads holds the f32 weights in five bits each.
#[test]
fn five_bits_hardly_change_the_stored_drawings() {
    let (shipped, full) = (shipped(), full());
    assert_eq!(shipped.metadata.precision, Precision::Int5);
    assert_eq!(shipped.metadata.training, full.metadata.training);
    // Their confidence is calibrated on different pictures.
    let temperature = |predictor: &Predictor| {
        let calibration = predictor.metadata.calibration.as_ref();
        calibration.map_or(1.0, |calibration| calibration.temperature)
    };
    let ratio = (temperature(&shipped) / temperature(&full)) as f32;
    for (class, drawing) in drawings() {
        let picture = grey_from_doodle(&rasterise(&drawing));
        let (five_bits, full) = (shipped.logits(&picture), full.logits(&picture));
        assert_eq!(top(&five_bits), top(&full), "{class}");
        let furthest = five_bits
            .iter()
            .zip(&full)
            .map(|(a, b)| (a * ratio - b).abs());
        let furthest = furthest.fold(0.0, f32::max);
        assert!(furthest > 0.0 && furthest < 2.0, "{class}: {furthest}");
    }
}

#[test]
fn they_classify_at_least_eight_of_the_ten_stored_drawings_correctly() {
    let predictor = shipped();
    let wrong: Vec<String> = drawings()
        .iter()
        .filter_map(|(class, drawing)| {
            let predicted = top(&predictor.logits(&grey_from_doodle(&rasterise(drawing))));
            let predicted = predictor
                .metadata
                .classes
                .name(predicted)
                .unwrap_or("nothing");
            (predicted != class).then(|| format!("the {class} is taken for a {predicted}"))
        })
        .collect();
    assert!(
        wrong.len() <= 2,
        "{} of 10 are wrong: {}",
        wrong.len(),
        wrong.join(", ")
    );
}
