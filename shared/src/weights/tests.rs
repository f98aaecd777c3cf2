use burn::tensor::{Device, Tensor};

use super::*;
use crate::classes::ClassNames;

fn small() -> (Classifier, Metadata) {
    let device = Device::flex();
    device.seed(7);
    let metadata = Metadata::new(ClassNames::default(), 4);
    (architecture(&metadata).init(&device), metadata)
}

fn logits(classifier: &Classifier) -> Vec<f32> {
    let pictures = Tensor::<1, burn::tensor::Int>::arange(0..2048, &Device::flex())
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
    metadata.precision = Precision::F16;
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
fn damage_is_refused() {
    let (classifier, metadata) = small();
    let bytes = bytes_from_classifier(&classifier, &metadata).unwrap();
    for cut in [0, 7, 100, bytes.len() - 1] {
        let error = classifier_from_bytes(&bytes[..cut], &Device::flex()).unwrap_err();
        assert!(matches!(error, WeightsError::NotSafetensors(_)), "{error}");
    }
    let mut infinite = bytes.clone();
    let end = infinite.len();
    infinite[end - 4..].copy_from_slice(&f32::INFINITY.to_le_bytes());
    let error = classifier_from_bytes(&infinite, &Device::flex()).unwrap_err();
    assert!(matches!(error, WeightsError::NotFinite(_)), "{error}");
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
