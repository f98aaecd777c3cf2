//! Weights files to Burn's modules and back.

use burn::tensor::{DType, Device};
use burn_store::{
    ApplyResult, BurnToPyTorchAdapter, FloatCastAdapter, HalfPrecisionAdapter, ModuleAdapter,
    ModuleSnapshot, PyTorchToBurnAdapter, SafetensorsStore,
};
use safetensors::SafeTensors;

use super::{
    METADATA_KEY, Metadata, Precision, WeightsError,
    metadata::metadata_from_bytes,
    novelty::without_statistics,
    tensors::Tensors,
    values::{check, decoded},
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
            check_values(&bytes)?;
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

fn check_values(bytes: &[u8]) -> Result<(), WeightsError> {
    let tensors = SafeTensors::deserialize(bytes)
        .map_err(|error| WeightsError::NotSafetensors(error.to_string()))?;
    for (name, tensor) in tensors.tensors() {
        check(&name, &decoded(&name, &tensor)?)?;
    }
    Ok(())
}
