use ::burn::tensor::{Device, Int, Tensor};
use burn_store::{ModuleSnapshot, SafetensorsStore};
use safetensors::SafeTensors;

use super::*;
use crate::classes::ClassNames;
use crate::model::{Classifier, ClassifierConfig, FeatureExtractorConfig};
use crate::novelty::{Standard, Statistics, score, triangle};

mod damage;

fn small() -> (Classifier, Metadata) {
    let device = Device::flex();
    device.seed(7);
    let metadata = Metadata::new(ClassNames::default(), 4);
    let extractor = FeatureExtractorConfig::new().with_width(metadata.width);
    let config = ClassifierConfig::new(metadata.classes.len(), extractor);
    (config.init(&device), metadata)
}

fn logits(classifier: &Classifier) -> Vec<f32> {
    let pictures = Tensor::<1, Int>::arange(0..2048, &Device::flex())
        .float()
        .div_scalar(2048.0)
        .reshape([2, 1, 32, 32]);
    classifier
        .forward(pictures)
        .into_data()
        .try_to_vec()
        .unwrap()
}

#[test]
fn f32_comes_back_to_the_bit() {
    let (classifier, metadata) = small();
    let bytes = bytes_from_classifier(&classifier, &metadata).unwrap();
    let (read, found) = classifier_from_bytes(&bytes, &Device::flex()).unwrap();
    assert_eq!(found, metadata);
    assert_eq!(logits(&read), logits(&classifier));
}

#[test]
fn f16_comes_back_nearly_and_smaller() {
    let (classifier, mut metadata) = small();
    let full = bytes_from_classifier(&classifier, &metadata).unwrap();
    metadata = metadata.with_precision(Precision::F16);
    let half = bytes_from_classifier(&classifier, &metadata).unwrap();
    assert!(half.len() < full.len() * 2 / 3);
    let (read, _) = classifier_from_bytes(&half, &Device::flex()).unwrap();
    for (a, b) in logits(&read).iter().zip(logits(&classifier)) {
        assert!((a - b).abs() < 5e-3, "{a} {b}");
    }
}

#[test]
fn another_width_is_refused_with_what_differs() {
    let (classifier, mut metadata) = small();
    metadata.width = 5;
    let bytes = bytes_from_classifier(&classifier, &metadata).unwrap();
    let error = classifier_from_bytes(&bytes, &Device::flex()).unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("conv.weight") || text.contains("Shape mismatch"),
        "{text}"
    );
}

#[test]
fn a_file_without_our_metadata_is_refused() {
    let (classifier, _) = small();
    let mut store = SafetensorsStore::from_bytes(None);
    classifier.save_into(&mut store).unwrap();
    let error = classifier_from_bytes(&store.get_bytes().unwrap(), &Device::flex()).unwrap_err();
    assert!(matches!(error, WeightsError::NoMetadata), "{error}");
}

#[test]
fn a_temperature_that_nothing_can_be_divided_by_is_refused() {
    let (classifier, mut metadata) = small();
    let calibrated = |temperature| Calibration {
        temperature,
        domain: Domain::Source,
        pictures: 1,
        accuracy: 1.0,
        held_out: true,
        expected_calibration_error: 0.0,
    };
    metadata.calibration = Some(calibrated(1.25));
    let mut bytes = bytes_from_classifier(&classifier, &metadata).unwrap();
    let place = bytes.windows(4).position(|four| four == b"1.25").unwrap();
    bytes[place..place + 4].copy_from_slice(b"0.00");
    let error = classifier_from_bytes(&bytes, &Device::flex()).unwrap_err();
    assert!(error.to_string().contains("temperature 0"), "{error}");

    metadata.calibration = Some(calibrated(-1.0));
    assert!(bytes_from_classifier(&classifier, &metadata).is_err());
}

#[test]
fn whole_numbers_come_back_nearly_and_smaller() {
    let (classifier, metadata) = small();
    let full = bytes_from_classifier(&classifier, &metadata).unwrap();
    let expected = logits(&classifier);
    let mut before = full.len();
    for (precision, tolerance) in [
        (Precision::Int8, 0.01),
        (Precision::Int6, 0.04),
        (Precision::Int5, 0.1),
        (Precision::Int4, 0.2),
    ] {
        let metadata = metadata.clone().with_precision(precision);
        let bytes = bytes_from_classifier(&classifier, &metadata).unwrap();
        assert!(bytes.len() < before, "{precision:?}: {}", bytes.len());
        before = bytes.len();
        let (read, found) = classifier_from_bytes(&bytes, &Device::flex()).unwrap();
        assert_eq!((found.format_version, found), (2, metadata.clone()));
        let furthest = logits(&read)
            .iter()
            .zip(&expected)
            .map(|(a, b)| (a - b).abs())
            .fold(0.0, f32::max);
        assert!(
            furthest > 0.0 && furthest < tolerance,
            "{precision:?}: {furthest}"
        );
        let again = bytes_from_classifier(&read, &metadata).unwrap();
        let (again, _) = classifier_from_bytes(&again, &Device::flex()).unwrap();
        for (a, b) in logits(&again).iter().zip(logits(&read)) {
            assert!((a - b).abs() < 1e-4, "{precision:?}, stored twice: {a} {b}");
        }
    }
}

#[test]
fn a_format_of_tomorrow_and_one_that_cannot_be_are_refused() {
    let (classifier, metadata) = small();
    let bytes = bytes_from_classifier(&classifier, &metadata).unwrap();
    let changed = |from: &[u8], to: &[u8]| {
        let mut bytes = bytes.clone();
        let place = bytes
            .windows(from.len())
            .position(|part| part == from)
            .unwrap();
        bytes[place..place + to.len()].copy_from_slice(to);
        let error = classifier_from_bytes(&bytes, &Device::flex()).unwrap_err();
        error.to_string()
    };
    let version = r#"format_version\":1"#;
    let sentence = changed(version.as_bytes(), br#"format_version\":4"#);
    assert!(sentence.contains("format version 4"), "{sentence}");
    // As long as "f32", so that the header's length stays.
    let metadata = metadata.with_precision(Precision::Int4);
    let mut bytes = bytes_from_classifier(&classifier, &metadata).unwrap();
    let version = br#"format_version\":2"#;
    let place = bytes
        .windows(version.len())
        .position(|part| part == version)
        .unwrap();
    bytes[place + version.len() - 1] = b'1';
    let error = classifier_from_bytes(&bytes, &Device::flex()).unwrap_err();
    assert!(error.to_string().contains("holds no Int4"), "{error}");
}

#[test]
fn damaged_whole_numbers_are_refused() {
    let (classifier, metadata) = small();
    let metadata = metadata.with_precision(Precision::Int8);
    let bytes = bytes_from_classifier(&classifier, &metadata).unwrap();
    let renamed = |from: &str, to: &str| {
        let mut bytes = bytes.clone();
        let place = bytes
            .windows(from.len())
            .position(|part| part == from.as_bytes());
        let place = place.unwrap();
        bytes[place..place + to.len()].copy_from_slice(to.as_bytes());
        let error = Tensors::from_bytes(&bytes).unwrap_err();
        assert!(
            matches!(error, WeightsError::OtherArchitecture(_)),
            "{error}"
        );
        error.to_string()
    };
    let sentence = renamed("layers.1.weight_packed", "layers.9.weight_packed");
    assert!(
        sentence.contains("missing predictor.layers.1.weight_packed"),
        "{sentence}"
    );
    let sentence = renamed("layers.1.weight_scale", "layers.9.weight_scale");
    assert!(
        sentence.contains("missing predictor.layers.1.weight_scale"),
        "{sentence}"
    );
    let other = Metadata::new(ClassNames::default(), 8).with_precision(Precision::Int8);
    let tensors = Tensors::from_bytes(&bytes).unwrap().0;
    assert!(matches!(
        tensors.to_bytes(&other),
        Err(WeightsError::OtherArchitecture(_))
    ));

    let mut unscaled = bytes.clone();
    let file = SafeTensors::deserialize(&bytes).unwrap();
    let scale = file
        .tensor("predictor.layers.2.weight_scale")
        .unwrap()
        .data();
    let place = scale.as_ptr() as usize - bytes.as_ptr() as usize;
    unscaled[place..place + 4].copy_from_slice(&f32::NAN.to_le_bytes());
    let error = Tensors::from_bytes(&unscaled).unwrap_err();
    assert!(matches!(error, WeightsError::OutOfRange(_)), "{error}");
}

fn statistics(metadata: &Metadata) -> Statistics {
    let (features, classes) = (8 * metadata.width, metadata.classes.len());
    let wave = |count: usize, step: f32| (0..count).map(|n| (n as f32 * step).sin()).collect();
    let mut precision: Vec<f32> = wave(triangle(features), 0.7);
    let mut at = 0;
    for index in 0..features {
        precision[at] = 2.0 + index as f32;
        at += features - index;
    }
    let plain = Standard {
        median: -0.5,
        deviation: 2.0,
    };
    Statistics {
        centre: wave(features, 0.3),
        precision,
        linear: wave(features * classes, 0.1),
        offset: wave(classes, 0.9),
        nearness: plain,
        energy: plain,
        threshold: -2.5,
    }
}

const ABOUT: Novelty = Novelty {
    pictures: 7,
    refused: 0.04,
};

#[test]
fn statistics_come_back_nearly_and_leave_the_network_as_it_is() {
    let (classifier, metadata) = small();
    let expected = statistics(&metadata);
    for precision in [Precision::F32, Precision::F16, Precision::Int5] {
        let metadata = metadata.clone().with_precision(precision);
        let plain = bytes_from_classifier(&classifier, &metadata).unwrap();
        assert_eq!(statistics_from_bytes(&plain).unwrap(), None);
        let bytes = with_statistics(&plain, &expected, ABOUT).unwrap();
        let (read, found) = classifier_from_bytes(&bytes, &Device::flex()).unwrap();
        assert_eq!((found.format_version, &found.novelty), (3, &Some(ABOUT)));
        let (before, _) = classifier_from_bytes(&plain, &Device::flex()).unwrap();
        assert_eq!(logits(&read), logits(&before));
        let found = statistics_from_bytes(&bytes).unwrap().unwrap();
        assert_eq!(
            (&found.centre, &found.offset),
            (&expected.centre, &expected.offset)
        );
        assert_eq!(
            (found.nearness, found.threshold),
            (expected.nearness, expected.threshold)
        );
        for (found, expected) in found.precision.iter().zip(&expected.precision) {
            assert!((found - expected).abs() < 0.1, "{found} {expected}");
        }
        for (found, expected) in found.linear.iter().zip(&expected.linear) {
            assert!((found - expected).abs() < 0.01, "{found} {expected}");
        }
        // Stored again, they replace those that were there.
        let again = with_statistics(&bytes, &found, ABOUT).unwrap();
        assert_eq!(again.len(), bytes.len());
        // Stored from the classifier, a file has none.
        let metadata = classifier_from_bytes(&bytes, &Device::flex()).unwrap().1;
        let stored = bytes_from_classifier(&read, &metadata).unwrap();
        assert_eq!(statistics_from_bytes(&stored).unwrap(), None);
    }
}

#[cfg(feature = "nn")]
#[test]
fn the_network_has_the_statistics_of_its_file() {
    let (classifier, metadata) = small();
    let plain = bytes_from_classifier(&classifier, &metadata).unwrap();
    let (mut network, _) = network_from_bytes(&plain).unwrap();
    network.predict(&[0.5; 1024]);
    assert_eq!(network.novelty_score(), None);
    let bytes = with_statistics(&plain, &statistics(&metadata), ABOUT).unwrap();
    let (mut network, _) = network_from_bytes(&bytes).unwrap();
    let logits = network.predict(&[0.5; 1024]).to_vec();
    let statistics = network.novelty().unwrap();
    let expected = score(statistics, network.features(), &logits);
    assert_eq!(network.novelty_score(), Some(expected));
}

#[test]
fn statistics_that_cannot_be_used_are_refused() {
    let (classifier, metadata) = small();
    let plain = bytes_from_classifier(&classifier, &metadata).unwrap();
    let good = statistics(&metadata);
    let mut shorter = good.clone();
    shorter.offset.pop();
    let mut infinite = good.clone();
    infinite.threshold = f32::INFINITY;
    let mut flat = good.clone();
    flat.energy.deviation = 0.0;
    let mut indefinite = good.clone();
    indefinite.precision[0] = -1.0;
    for statistics in [shorter, infinite, flat, indefinite] {
        let error = with_statistics(&plain, &statistics, ABOUT).unwrap_err();
        assert!(matches!(error, WeightsError::BadStatistics(_)), "{error}");
    }
    let bytes = with_statistics(&plain, &good, ABOUT).unwrap();
    for (name, other) in [
        ("novelty.offset", "novelty.offsat"),
        ("novelty.linear_scale", "novelty.linear_scala"),
    ] {
        let mut bytes = bytes.clone();
        let place = bytes
            .windows(name.len())
            .position(|part| part == name.as_bytes())
            .unwrap();
        bytes[place..place + name.len()].copy_from_slice(other.as_bytes());
        let error = statistics_from_bytes(&bytes).unwrap_err();
        assert!(error.to_string().contains(name), "{error}");
    }
    let file = SafeTensors::deserialize(&bytes).unwrap();
    let place =
        file.tensor("novelty.standard").unwrap().data().as_ptr() as usize - bytes.as_ptr() as usize;
    let mut broken = bytes.clone();
    broken[place..place + 4].copy_from_slice(&f32::NAN.to_le_bytes());
    let error = statistics_from_bytes(&broken).unwrap_err();
    assert!(matches!(error, WeightsError::BadStatistics(_)), "{error}");
}

proptest::proptest! {
    #[test]
    fn no_damage_to_statistics_makes_a_score_panic(place in 0_usize..60_000, byte: u8) {
        let (classifier, metadata) = small();
        let plain = bytes_from_classifier(&classifier, &metadata).unwrap();
        let mut bytes = with_statistics(&plain, &statistics(&metadata), ABOUT).unwrap();
        let place = place % bytes.len();
        bytes[place] = byte;
        if let Ok(Some(statistics)) = statistics_from_bytes(&bytes) {
            let (features, classes) = (statistics.centre.len(), statistics.offset.len());
            proptest::prop_assert!(statistics.fits(features, classes));
            score(&statistics, &vec![0.5; features], &vec![1.0; classes]);
        }
    }
}
