//! The values of one tensor in a file.

use half::f16;
use safetensors::{Dtype, SafeTensors, tensor::TensorView};

use super::WeightsError;

/// The largest weight, either way, that is taken. Training leads to none near it, while a flipped bit of an exponent makes 0.1 3e37,
/// with which predictions overflow.
const LARGEST: f32 = 1e18;

/// The end of the names of batch normalisation's variances.
const VARIANCE: &str = ".running_var";

/// Requires that the values of a tensor may be a network's: in range, and no variance below 0.
pub(super) fn check(name: &str, values: &[f32]) -> Result<(), WeightsError> {
    // In this way round it is false of what is not a number.
    if !values.iter().all(|value| value.abs() <= LARGEST) {
        return Err(WeightsError::OutOfRange(name.to_owned()));
    }
    if name.ends_with(VARIANCE) && values.iter().any(|value| *value < 0.0) {
        return Err(WeightsError::NegativeVariance(name.to_owned()));
    }
    Ok(())
}

pub(super) fn le_bytes(values: &[f32]) -> Vec<u8> {
    values
        .iter()
        .flat_map(|value| value.to_le_bytes())
        .collect()
}

/// The values of a tensor of a shape, in f32 or f16, in its order.
pub(super) fn plain(
    file: &SafeTensors<'_>,
    name: &str,
    shape: &[usize],
) -> Result<Vec<f32>, WeightsError> {
    decoded(name, &view(file, name, shape)?)
}

/// The values of a tensor in f32 or f16, in its order.
pub(super) fn decoded(name: &str, tensor: &TensorView<'_>) -> Result<Vec<f32>, WeightsError> {
    let data = tensor.data();
    match tensor.dtype() {
        Dtype::F32 => {
            let values = data.as_chunks().0.iter();
            Ok(values.map(|bytes| f32::from_le_bytes(*bytes)).collect())
        }
        Dtype::F16 => {
            let values = data.as_chunks().0.iter();
            let values = values.map(|bytes| f16::from_le_bytes(*bytes).to_f32());
            Ok(values.collect())
        }
        other => Err(WeightsError::OtherArchitecture(format!(
            "{name} is stored as {other:?}, only F32 and F16 are read"
        ))),
    }
}

/// A tensor of a shape, in any precision.
pub(super) fn view<'a>(
    file: &SafeTensors<'a>,
    name: &str,
    shape: &[usize],
) -> Result<TensorView<'a>, WeightsError> {
    let tensor = file
        .tensor(name)
        .map_err(|_| WeightsError::OtherArchitecture(format!("missing {name}")))?;
    if tensor.shape() != shape {
        let what = format!("{name} is {:?} instead of {shape:?}", tensor.shape());
        return Err(WeightsError::OtherArchitecture(what));
    }
    Ok(tensor)
}
