//! Files whose values are none of a network's.

use super::*;

#[test]
fn damage_is_refused() {
    let (classifier, metadata) = small();
    let bytes = bytes_from_classifier(&classifier, &metadata).unwrap();
    for cut in [0, 7, 100, bytes.len() - 1] {
        let error = classifier_from_bytes(&bytes[..cut], &Device::flex()).unwrap_err();
        assert!(matches!(error, WeightsError::NotSafetensors(_)), "{error}");
    }
    // The last is 0.1 with one bit of its exponent flipped.
    let flipped = f32::from_bits(0.1_f32.to_bits() ^ 1 << 30);
    for value in [f32::INFINITY, f32::NAN, flipped, -flipped] {
        let mut damaged = bytes.clone();
        let end = damaged.len();
        damaged[end - 4..].copy_from_slice(&value.to_le_bytes());
        let error = classifier_from_bytes(&damaged, &Device::flex()).unwrap_err();
        assert!(matches!(error, WeightsError::OutOfRange(_)), "{error}");
        let error = Tensors::from_bytes(&damaged).unwrap_err();
        assert!(matches!(error, WeightsError::OutOfRange(_)), "{error}");
    }
}

#[test]
fn weights_that_overflow_together_are_refused() {
    let (classifier, metadata) = small();
    let bytes = bytes_from_classifier(&classifier, &metadata).unwrap();
    let file = SafeTensors::deserialize(&bytes).unwrap();
    let mut damaged = bytes.clone();
    for (name, tensor) in file.tensors() {
        if name.ends_with("norm.weight") {
            let place = tensor.data().as_ptr() as usize - bytes.as_ptr() as usize;
            for value in damaged[place..place + tensor.data().len()]
                .as_chunks_mut()
                .0
            {
                *value = 9e17_f32.to_le_bytes();
            }
        }
    }
    assert!(network_from_bytes(&bytes).is_ok());
    let error = network_from_bytes(&damaged).err();
    assert!(matches!(error, Some(WeightsError::Overflow)), "{error:?}");
}

#[test]
fn a_variance_below_0_is_refused() {
    for precision in [Precision::F32, Precision::F16, Precision::Int5] {
        let (classifier, metadata) = small();
        let metadata = metadata.with_precision(precision);
        let mut bytes = bytes_from_classifier(&classifier, &metadata).unwrap();
        let file = SafeTensors::deserialize(&bytes).unwrap();
        let names = file.names().into_iter();
        let name = names
            .filter(|name| name.ends_with("running_var"))
            .min()
            .unwrap();
        let variances = file.tensor(name).unwrap().data();
        let place = variances.as_ptr() as usize - bytes.as_ptr() as usize;
        bytes[place..place + 4].copy_from_slice(&(-1.0_f32).to_le_bytes());
        let error = classifier_from_bytes(&bytes, &Device::flex()).unwrap_err();
        assert!(
            matches!(error, WeightsError::NegativeVariance(_)),
            "{error}"
        );
    }
}
