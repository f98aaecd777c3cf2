use safetensors::{
    Dtype, SafeTensorError, SafeTensors,
    tensor::{TensorView, serialize},
};

use super::names::{COUNTER, theirs};

/// The two state dicts of a weights file, as safetensors: `extractor_model`, then `predictor_model`.
///
/// PyTorch loads each with `model.load_state_dict(safetensors.torch.load_file(...))`. Batch normalisation's count of batches,
/// which we do not keep, is 0.
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
    let [extractor, predictor] = parts.map(|part| serialize(part, None));
    Ok([extractor?, predictor?])
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;
    use shared::{
        classes::ClassNames,
        model::{ClassifierConfig, FeatureExtractorConfig},
        weights::{Metadata, bytes_from_classifier},
    };

    use super::*;

    #[test]
    fn every_tensor_has_its_name_in_one_of_the_two() {
        let extractor = FeatureExtractorConfig::new().with_width(2);
        let classifier = ClassifierConfig::new(10, extractor).init(&Device::flex());
        let metadata = Metadata::new(ClassNames::default(), 2);
        let weights = bytes_from_classifier(&classifier, &metadata).unwrap();
        let [extractor, predictor] = state_dicts(&weights).unwrap();
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
