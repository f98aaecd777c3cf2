//! Weights files to Burn's modules and back.

use burn::tensor::{DType, Device};
use burn_store::{
    ApplyResult, BurnToPyTorchAdapter, FloatCastAdapter, HalfPrecisionAdapter, ModuleAdapter,
    ModuleSnapshot, PyTorchToBurnAdapter, SafetensorsStore,
};
use safetensors::{Dtype, SafeTensors};

use super::{
    METADATA_KEY, Metadata, Precision, WeightsError,
    metadata::metadata_from_bytes,
    novelty::without_statistics,
    tensors::{Tensors, VARIANCE},
    values::is_in_range,
};
use crate::model::{Classifier, ClassifierConfig, FeatureExtractorConfig};

/// Reads a classifier onto a device.
///
/// Weights are computed with in f32, whatever precision they are stored in.
///
/// # Errors
/// A file that is damaged, of another format version or of another architecture is refused with what differs.
pub fn classifier_from_bytes(
    bytes: &[u8],
    device: &Device,
) -> Result<(Classifier, Metadata), WeightsError> {
    let metadata = metadata_from_bytes(bytes)?;
    let bytes = match metadata.precision.bits() {
        None => {
            let bytes = match metadata.novelty {
                Some(_) => without_statistics(bytes)?,
                None => bytes.to_vec(),
            };
            check_range(&bytes)?;
            bytes
        }
        Some(_) => {
            let (tensors, metadata) = Tensors::from_bytes(bytes)?;
            tensors.to_bytes(&metadata.with_precision(Precision::F32))?
        }
    };
    let mut classifier = architecture(&metadata).init(device);
    let mut store = SafetensorsStore::from_bytes(Some(bytes))
        .with_from_adapter(PyTorchToBurnAdapter.chain(FloatCastAdapter::to(DType::F32)))
        .allow_partial(true)
        .validate(false);
    let result = classifier
        .load_from(&mut store)
        .map_err(|error| WeightsError::NotSafetensors(error.to_string()))?;
    match difference(&result) {
        None => Ok((classifier, metadata)),
        Some(what) => Err(WeightsError::OtherArchitecture(what)),
    }
}

/// The file's bytes for a classifier, without statistics of novelty; its tensors are stored in `metadata.precision`.
///
/// # Errors
/// When the metadata does not describe this classifier, or a tensor cannot be read from its device.
pub fn bytes_from_classifier(
    classifier: &Classifier,
    metadata: &Metadata,
) -> Result<Vec<u8>, WeightsError> {
    metadata.check()?;
    let metadata = &metadata.clone().with_novelty(None);
    if metadata.precision.bits().is_some() {
        let full = metadata.clone().with_precision(Precision::F32);
        let full = bytes_from_classifier(classifier, &full)?;
        return Tensors::from_bytes(&full)?.0.to_bytes(metadata);
    }
    let text = serde_json::to_string(metadata)
        .map_err(|error| WeightsError::BadMetadata(error.to_string()))?;
    // One entry alone: the store writes several in a random order, and equal weights are to give equal bytes.
    let store = SafetensorsStore::from_bytes(None)
        .clear_metadata()
        .metadata(METADATA_KEY, text);
    let mut store = match metadata.precision {
        Precision::F32 | Precision::Int8 | Precision::Int6 | Precision::Int5 | Precision::Int4 => {
            store.with_to_adapter(BurnToPyTorchAdapter)
        }
        // Batch normalisation stays f32: running variances underflow in f16.
        Precision::F16 => {
            store.with_to_adapter(BurnToPyTorchAdapter.chain(HalfPrecisionAdapter::new()))
        }
    };
    let write = |error: burn_store::SafetensorsStoreError| WeightsError::Write(error.to_string());
    classifier.save_into(&mut store).map_err(write)?;
    store.get_bytes().map_err(write)
}

fn architecture(metadata: &Metadata) -> ClassifierConfig {
    let extractor = FeatureExtractorConfig::new().with_width(metadata.width);
    ClassifierConfig::new(metadata.classes.len(), extractor)
}

fn difference(result: &ApplyResult) -> Option<String> {
    let names = |what: &str, names: Vec<&String>| {
        (!names.is_empty()).then(|| {
            let shown: Vec<_> = names.iter().take(3).map(|name| name.as_str()).collect();
            let more = names.len().saturating_sub(3);
            let more = if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            };
            format!("{what} {}{more}", shown.join(", "))
        })
    };
    let parts: Vec<_> = [
        names(
            "missing",
            result.missing.iter().map(|(name, _)| name).collect(),
        ),
        names("unexpected", result.unused.iter().collect()),
        result.errors.first().map(|error| error.to_string()),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn check_range(bytes: &[u8]) -> Result<(), WeightsError> {
    let tensors = SafeTensors::deserialize(bytes)
        .map_err(|error| WeightsError::NotSafetensors(error.to_string()))?;
    for (name, tensor) in tensors.tensors() {
        let in_range = match tensor.dtype() {
            Dtype::F32 => {
                let values = tensor.data().chunks_exact(4);
                let mut values = values.map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
                if name.ends_with(VARIANCE) && values.clone().any(|value| value < 0.0) {
                    return Err(WeightsError::NegativeVariance(name));
                }
                values.all(is_in_range)
            }
            // An all-ones exponent is infinity or not a number.
            Dtype::F16 => tensor
                .data()
                .chunks_exact(2)
                .all(|b| u16::from_le_bytes([b[0], b[1]]) & 0x7c00 != 0x7c00),
            other => {
                return Err(WeightsError::OtherArchitecture(format!(
                    "{name} is stored as {other:?}, only F32 and F16 are read"
                )));
            }
        };
        if !in_range {
            return Err(WeightsError::OutOfRange(name));
        }
    }
    Ok(())
}
