//! The tensors that a network is built from, and what they must be like.

use super::{BLOCKS, CHANNELS, EPSILON, LINEAR_LAYERS, MAX_CLASSES, MAX_WIDTH};

/// A block's tensors, in PyTorch's layouts.
#[derive(Clone, Copy, Debug)]
pub struct BlockParts<'a> {
    /// The convolution's kernel, `[out, in, 3, 3]`.
    pub kernel: &'a [f32],
    /// The convolution's bias, `[out]`.
    pub bias: Option<&'a [f32]>,
    /// Batch normalisation's weight, `[out]`.
    pub gamma: &'a [f32],
    /// Batch normalisation's bias, `[out]`.
    pub beta: &'a [f32],
    /// Batch normalisation's running mean, `[out]`.
    pub mean: &'a [f32],
    /// Batch normalisation's running variance, `[out]`.
    pub variance: &'a [f32],
}

impl BlockParts<'_> {
    /// Batch normalisation of one output channel in inference, as it is folded into the convolution: the factor of the channel's weights, and
    /// what is added to their products. Of checked parts.
    pub fn folded(&self, channel: usize) -> (f64, f64) {
        let [gamma, beta, mean, variance] = [self.gamma, self.beta, self.mean, self.variance]
            .map(|values| f64::from(values[channel]));
        let bias = self.bias.map_or(0.0, |bias| f64::from(bias[channel]));
        let factor = gamma / (variance + EPSILON).sqrt();
        // Dividing by an infinite variance would hide it.
        let fault = variance * 0.0;
        (factor, beta + (bias - mean) * factor + fault)
    }
}

/// A linear layer's tensors, in PyTorch's layouts.
#[derive(Clone, Copy, Debug)]
pub struct LinearParts<'a> {
    /// `[out, in]`.
    pub weight: &'a [f32],
    /// `[out]`.
    pub bias: &'a [f32],
}

/// Why no network can be built.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NetworkError {
    /// A width that no network has.
    #[error("width {0}: a network is 1 to {MAX_WIDTH} wide")]
    Width(usize),
    /// A number of classes that no network has.
    #[error("{0} classes: a network has 1 to {MAX_CLASSES}")]
    Classes(usize),
    /// Too few or too many layers.
    #[error("{found} {layers}: a network has {expected}")]
    Layers {
        /// Which kind.
        layers: &'static str,
        /// How many there must be.
        expected: usize,
        /// How many there were.
        found: usize,
    },
    /// A tensor of the wrong size.
    #[error("the {tensor} of {layer} {index} holds {found} values, {expected} at this width")]
    Length {
        /// The kind of layer.
        layer: &'static str,
        /// Which of its kind, from 0.
        index: usize,
        /// Which of the layer's tensors.
        tensor: &'static str,
        /// How many values it must hold.
        expected: usize,
        /// How many it held.
        found: usize,
    },
}

/// Checks that everything has the size that `width` and `classes` ask for.
pub fn check(
    width: usize,
    classes: usize,
    blocks: &[BlockParts<'_>],
    linear: &[LinearParts<'_>],
) -> Result<(), NetworkError> {
    // Within these bounds no size overflows, not even 32 bits.
    if !(1..=MAX_WIDTH).contains(&width) {
        return Err(NetworkError::Width(width));
    }
    if !(1..=MAX_CLASSES).contains(&classes) {
        return Err(NetworkError::Classes(classes));
    }
    count("blocks", BLOCKS, blocks.len())?;
    count("linear layers", LINEAR_LAYERS, linear.len())?;
    let mut input = 1;
    for (index, (parts, factor)) in blocks.iter().zip(CHANNELS).enumerate() {
        let output = factor * width;
        let length = |tensor, values: &[f32], expected| {
            length("block", index, tensor, values.len(), expected)
        };
        length("kernel", parts.kernel, output * input * 9)?;
        length("bias", parts.bias.unwrap_or(parts.gamma), output)?;
        length("gamma", parts.gamma, output)?;
        length("beta", parts.beta, output)?;
        length("running mean", parts.mean, output)?;
        length("running variance", parts.variance, output)?;
        input = output;
    }
    for (index, parts) in linear.iter().enumerate() {
        let last = index + 1 == LINEAR_LAYERS;
        let output = if last { classes } else { input };
        let length = |tensor, values: &[f32], expected| {
            length("linear layer", index, tensor, values.len(), expected)
        };
        length("weight", parts.weight, output * input)?;
        length("bias", parts.bias, output)?;
    }
    Ok(())
}

fn count(layers: &'static str, expected: usize, found: usize) -> Result<(), NetworkError> {
    if found == expected {
        return Ok(());
    }
    Err(NetworkError::Layers {
        layers,
        expected,
        found,
    })
}

fn length(
    layer: &'static str,
    index: usize,
    tensor: &'static str,
    found: usize,
    expected: usize,
) -> Result<(), NetworkError> {
    if found == expected {
        return Ok(());
    }
    Err(NetworkError::Length {
        layer,
        index,
        tensor,
        expected,
        found,
    })
}
