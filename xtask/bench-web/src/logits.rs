//! The logits that every library has to give.

use anyhow::Result;
use shared::{
    nn::{BlockParts, LinearParts, Network, PICTURE},
    weights::{Metadata, Tensors},
};

/// 32x32 levels, row by row: fractions of multiples of the golden ratio, so every level about equally often.
pub fn picture() -> [u8; PICTURE] {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    core::array::from_fn(|pixel| (((pixel + 1) as f64 * GOLDEN).fract() * 256.0) as u8)
}

/// What Edgewise computes on this machine for a picture, whose levels are divided by 255.
pub fn native(tensors: &Tensors, metadata: &Metadata, picture: &[u8; PICTURE]) -> Result<Vec<f32>> {
    let block = |index: usize| {
        let get = |part: &str| tensors.get(&format!("extractor.blocks.{index}.{part}"));
        BlockParts {
            kernel: get("conv.weight"),
            bias: Some(get("conv.bias")),
            gamma: get("norm.weight"),
            beta: get("norm.bias"),
            mean: get("norm.running_mean"),
            variance: get("norm.running_var"),
        }
    };
    let linear = |index: usize| {
        let get = |part: &str| tensors.get(&format!("predictor.layers.{index}.{part}"));
        LinearParts {
            weight: get("weight"),
            bias: get("bias"),
        }
    };
    let mut network = Network::new(
        metadata.width,
        metadata.classes.len(),
        &[0, 1, 2, 3, 4].map(block),
        &[0, 1, 2].map(linear),
    )?;
    Ok(network
        .predict(&picture.map(|level| f32::from(level) / 255.0))
        .to_vec())
}
