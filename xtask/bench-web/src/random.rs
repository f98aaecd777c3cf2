//! A network with random weights: its speed is that of a trained one.

use anyhow::Result;
use rand::{RngExt, SeedableRng, rngs::ChaCha8Rng};
use safetensors::{Dtype, serialize, tensor::TensorView};
use shared::{
    classes::ClassNames,
    weights::{METADATA_KEY, Metadata},
};

use crate::net::le_bytes;

/// Channels of each block as multiples of the width.
const CHANNELS: [usize; 5] = [1, 2, 4, 4, 8];

/// An f32 weights file; the same width gives the same bytes. Values are uniform, by He's rule, so that logits are about 1.
pub fn weights(width: usize) -> Result<Vec<u8>> {
    let mut random = ChaCha8Rng::seed_from_u64(5);
    let mut parts: Vec<(String, Vec<usize>, Vec<u8>)> = Vec::new();
    let mut add = |name: String, shape: &[usize], low: f32, high: f32| {
        let count = shape.iter().product();
        let values: Vec<f32> = (0..count).map(|_| random.random_range(low..high)).collect();
        parts.push((name, shape.to_vec(), le_bytes(&values)));
    };
    let bound = |inputs: usize| (6.0 / inputs as f32).sqrt();
    let mut inputs = 1;
    for (index, factor) in CHANNELS.into_iter().enumerate() {
        let (block, outputs) = (format!("extractor.blocks.{index}"), factor * width);
        let limit = bound(9 * inputs);
        add(
            format!("{block}.conv.weight"),
            &[outputs, inputs, 3, 3],
            -limit,
            limit,
        );
        for (part, low, high) in [
            ("conv.bias", -0.1, 0.1),
            ("norm.weight", 0.5, 1.5),
            ("norm.bias", 0.0, 0.3),
            ("norm.running_mean", -0.2, 0.2),
            ("norm.running_var", 0.5, 1.5),
        ] {
            add(format!("{block}.{part}"), &[outputs], low, high);
        }
        inputs = outputs;
    }
    let classes = ClassNames::default();
    for (index, outputs) in [inputs, inputs, classes.len()].into_iter().enumerate() {
        let (layer, limit) = (format!("predictor.layers.{index}"), bound(inputs));
        add(format!("{layer}.weight"), &[outputs, inputs], -limit, limit);
        add(format!("{layer}.bias"), &[outputs], -0.1, 0.1);
    }
    let views = parts.iter().map(|(name, shape, bytes)| {
        let view = TensorView::new(Dtype::F32, shape.clone(), bytes)?;
        Ok((name.as_str(), view))
    });
    let views: Vec<_> = views.collect::<Result<_, safetensors::SafeTensorError>>()?;
    let metadata = serde_json::to_string(&Metadata::new(classes, width))?;
    let header = [(METADATA_KEY.to_owned(), metadata)].into();
    Ok(serialize(views, Some(header))?)
}
