//! Our names of tensors, as they stand in a weights file, and those of the notebook's state dicts.
//!
//! The notebook's feature extractor is `conv`, a sequence of convolution, batch normalisation, ReLU and pooling five times over;
//! its label predictor is `layer`, a sequence of linear layers with a ReLU between two.

use shared::architecture::BLOCK_CHANNELS;

/// Which of the notebook's two state dicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ModuleName {
    Extractor,
    Predictor,
}

impl ModuleName {
    /// What the notebook's module is called.
    pub fn model(self) -> &'static str {
        match self {
            Self::Extractor => "feature extractor",
            Self::Predictor => "label predictor",
        }
    }

    /// The name of its sequence, which all its tensors' names begin with.
    pub fn sequence(self) -> &'static str {
        match self {
            Self::Extractor => "conv",
            Self::Predictor => "layer",
        }
    }
}

/// A tensor of a module.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its name in the notebook's state dict.
    pub theirs: String,
    /// Its name in a weights file.
    pub ours: String,
    pub shape: Vec<usize>,
}

/// Every tensor of a module that is `width` channels wide and has `outputs` classes.
pub(super) fn entries(part: ModuleName, width: usize, outputs: usize) -> Vec<Entry> {
    let entry = |theirs: String, ours: String, shape: &[usize]| Entry {
        theirs,
        ours,
        shape: shape.to_vec(),
    };
    let features = BLOCK_CHANNELS[4] * width;
    match part {
        ModuleName::Extractor => (0..BLOCK_CHANNELS.len())
            .flat_map(|block| {
                let input = match block {
                    0 => 1,
                    _ => BLOCK_CHANNELS[block - 1] * width,
                };
                let output = BLOCK_CHANNELS[block] * width;
                let conv = [
                    ("weight", vec![output, input, 3, 3]),
                    ("bias", vec![output]),
                ];
                let norm = ["weight", "bias", "running_mean", "running_var"];
                let conv = conv.map(|(value, shape)| {
                    let theirs = format!("conv.{}.{value}", 4 * block);
                    entry(
                        theirs,
                        format!("extractor.blocks.{block}.conv.{value}"),
                        &shape,
                    )
                });
                let norm = norm.map(|value| {
                    let theirs = format!("conv.{}.{value}", 4 * block + 1);
                    entry(
                        theirs,
                        format!("extractor.blocks.{block}.norm.{value}"),
                        &[output],
                    )
                });
                conv.into_iter().chain(norm)
            })
            .collect(),
        ModuleName::Predictor => [features, features, outputs]
            .into_iter()
            .enumerate()
            .flat_map(|(layer, output)| {
                let values = [("weight", vec![output, features]), ("bias", vec![output])];
                values.map(|(value, shape)| {
                    let theirs = format!("layer.{}.{value}", 2 * layer);
                    entry(theirs, format!("predictor.layers.{layer}.{value}"), &shape)
                })
            })
            .collect(),
    }
}

/// PyTorch's count of the batches that a batch normalisation has seen, which only matters without momentum.
pub(super) const COUNTER: &str = "num_batches_tracked";

/// The notebook's name of one of our tensors, and which state dict it belongs to.
pub(super) fn theirs(name: &str) -> Option<(ModuleName, String)> {
    let mut words = name.splitn(5, '.');
    let mut word = || words.next();
    let (part, _, place) = (word()?, word()?, word()?.parse::<usize>().ok()?);
    match (part, word()?, word()) {
        ("extractor", "conv", Some(value)) => {
            Some((ModuleName::Extractor, format!("conv.{}.{value}", 4 * place)))
        }
        ("extractor", "norm", Some(value)) => Some((
            ModuleName::Extractor,
            format!("conv.{}.{value}", 4 * place + 1),
        )),
        ("predictor", value, None) => Some((
            ModuleName::Predictor,
            format!("layer.{}.{value}", 2 * place),
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use burn::tensor::Device;
    use safetensors::SafeTensors;
    use shared::{
        classes::ClassNames,
        model::{ClassifierConfig, FeatureExtractorConfig},
        weights::{Metadata, bytes_from_classifier},
    };

    use super::*;

    #[test]
    fn the_entries_are_those_of_our_network_and_their_names_translate_both_ways() {
        let extractor = FeatureExtractorConfig::new().with_width(2);
        let classifier = ClassifierConfig::new(10, extractor).init(&Device::flex());
        let metadata = Metadata::new(ClassNames::default(), 2);
        let weights = bytes_from_classifier(&classifier, &metadata).unwrap();
        let tensors = SafeTensors::deserialize(&weights).unwrap();
        let of_network: BTreeMap<String, Vec<usize>> = tensors
            .iter()
            .map(|(name, tensor)| (name.to_owned(), tensor.shape().to_vec()))
            .collect();
        let mut listed = BTreeMap::new();
        for part in [ModuleName::Extractor, ModuleName::Predictor] {
            for entry in entries(part, 2, 10) {
                assert!(entry.theirs.starts_with(part.sequence()));
                assert_eq!(theirs(&entry.ours), Some((part, entry.theirs)));
                listed.insert(entry.ours, entry.shape);
            }
        }
        assert_eq!(listed, of_network);
        assert_eq!(theirs("domain.layers.0.weight"), None);
    }
}
