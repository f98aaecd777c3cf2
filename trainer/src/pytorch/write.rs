use std::collections::HashMap;

use safetensors::{
    Dtype, SafeTensorError, SafeTensors,
    tensor::{TensorView, serialize},
};
use shared::weights::METADATA_KEY;

use super::names::{COUNTER, theirs};

/// The two state dicts of a weights file, as safetensors: `extractor_model`, then `predictor_model`.
///
/// PyTorch loads each with `model.load_state_dict(safetensors.torch.load_file(...))`. Batch normalisation's count of batches,
/// which we do not keep, is 0. Each has the whole metadata of the weights file in its header, which says among others by what
/// the logits were divided, and lets `import` give the file back as it was.
///
/// # Errors
/// When the bytes are no safetensors file.
pub fn state_dicts(weights: &[u8]) -> Result<[Vec<u8>; 2], SafeTensorError> {
    let tensors = SafeTensors::deserialize(weights)?;
    let mut parts: [Vec<(String, TensorView<'_>)>; 2] = Default::default();
    for (name, tensor) in tensors.iter() {
        if let Some((part, name)) = theirs(name) {
            if let Some(module) = name.strip_suffix("running_mean") {
                let counter = TensorView::new(Dtype::I64, Vec::new(), &[0; 8])?;
                parts[part as usize].push((format!("{module}{COUNTER}"), counter));
            }
            parts[part as usize].push((name, tensor));
        }
    }
    let (_, header) = SafeTensors::read_metadata(weights)?;
    let text = header
        .metadata()
        .as_ref()
        .and_then(|all| all.get(METADATA_KEY));
    let header = text.map(|text| HashMap::from([(METADATA_KEY.to_owned(), text.clone())]));
    let [extractor, predictor] = parts.map(|part| serialize(part, header.clone()));
    Ok([extractor?, predictor?])
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;
    use shared::{
        classes::ClassNames,
        model::{ClassifierConfig, FeatureExtractorConfig},
        weights::{Calibration, Domain, Metadata, bytes_from_classifier, metadata_from_bytes},
    };

    use super::*;

    #[test]
    fn every_tensor_has_its_name_in_one_of_the_two() {
        let extractor = FeatureExtractorConfig::new().with_width(2);
        let classifier = ClassifierConfig::new(10, extractor).init(&Device::flex());
        let metadata = Metadata {
            calibration: Some(Calibration {
                domain: Domain::Source,
                held_out: true,
                temperature: 1.25,
                pictures: 600,
                accuracy: 0.6,
                expected_calibration_error: 0.04,
            }),
            ..Metadata::new(ClassNames::default(), 2)
        };
        let weights = bytes_from_classifier(&classifier, &metadata).unwrap();
        let [extractor, predictor] = state_dicts(&weights).unwrap();
        for part in [&extractor, &predictor] {
            assert_eq!(metadata_from_bytes(part).unwrap(), metadata);
        }
        let names = |bytes: &[u8]| {
            let tensors = SafeTensors::deserialize(bytes).unwrap();
            let mut names: Vec<String> = tensors.names().into_iter().map(str::to_owned).collect();
            names.sort();
            names
        };
        // Five blocks: a convolution's weight and bias, and five of batch normalisation.
        let extractor = names(&extractor);
        assert_eq!(extractor.len(), 5 * (2 + 5));
        assert!(extractor.contains(&"conv.17.num_batches_tracked".to_owned()));
        assert_eq!(
            names(&predictor),
            [
                "layer.0.bias",
                "layer.0.weight",
                "layer.2.bias",
                "layer.2.weight",
                "layer.4.bias",
                "layer.4.weight"
            ]
        );
        assert_eq!(SafeTensors::deserialize(&weights).unwrap().len(), 5 * 6 + 6);
    }
}
