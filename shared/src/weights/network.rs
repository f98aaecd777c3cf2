//! Weights files to the network in inference.

use super::{Metadata, Tensors, WeightsError, statistics_from_bytes};
use crate::architecture::{BLOCK_CHANNELS, LINEAR_LAYERS};
use crate::nn::{BlockParts, LinearParts, Network, PICTURE};

impl Tensors {
    /// A block's tensors; empty ones for a block that the network does not have.
    pub fn block(&self, index: usize) -> BlockParts<'_> {
        let tensor = |name| self.get(&format!("extractor.blocks.{index}.{name}"));
        BlockParts {
            kernel: tensor("conv.weight"),
            bias: Some(tensor("conv.bias")),
            gamma: tensor("norm.weight"),
            beta: tensor("norm.bias"),
            mean: tensor("norm.running_mean"),
            variance: tensor("norm.running_var"),
        }
    }
}

/// Reads the network for inference, whatever precision its weights are stored in, with its statistics of novelty where the file has them.
///
/// # Errors
/// A file that is damaged, of a newer format or of another architecture is refused with what differs, and so is one with which
/// predictions are no numbers.
pub fn network_from_bytes(bytes: &[u8]) -> Result<(Network, Metadata), WeightsError> {
    let (tensors, metadata) = Tensors::from_bytes(bytes)?;
    let blocks: Vec<_> = (0..BLOCK_CHANNELS.len())
        .map(|index| tensors.block(index))
        .collect();
    let layers: Vec<_> = (0..LINEAR_LAYERS)
        .map(|index| {
            let tensor = |name| tensors.get(&format!("predictor.layers.{index}.{name}"));
            LinearParts {
                weight: tensor("weight"),
                bias: tensor("bias"),
            }
        })
        .collect();
    let mut network = Network::new(metadata.width, metadata.classes.len(), &blocks, &layers)
        .map_err(|error| WeightsError::OtherArchitecture(error.to_string()))?;
    // Weights that are in range one by one may still overflow together.
    for level in [0.0, 1.0] {
        let logits = network.predict(&[level; PICTURE]);
        if !logits.iter().all(|logit| logit.is_finite()) {
            return Err(WeightsError::Overflow);
        }
    }
    Ok((
        network.with_novelty(statistics_from_bytes(bytes)?),
        metadata,
    ))
}
