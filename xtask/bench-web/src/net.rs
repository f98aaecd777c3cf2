//! The classifier as other libraries take it: batch normalisation is folded into the convolutions.

use shared::weights::Tensors;

/// Channels of each block as multiples of the width.
const CHANNELS: [usize; 5] = [1, 2, 4, 4, 8];
/// PyTorch's default.
const EPSILON: f64 = 1e-5;

/// A 3x3 convolution with padding 1 and ReLU, which 2x2 max pooling follows.
pub struct Convolution {
    /// Input channels.
    pub inputs: usize,
    /// Output channels.
    pub outputs: usize,
    /// `[out, in, 3, 3]`.
    pub kernel: Vec<f32>,
    /// `[out]`.
    pub bias: Vec<f32>,
}

/// A linear layer; ReLU follows all but the last.
pub struct Linear {
    /// Input features.
    pub inputs: usize,
    /// Output features.
    pub outputs: usize,
    /// `[out, in]`.
    pub weight: Vec<f32>,
    /// `[out]`.
    pub bias: Vec<f32>,
}

/// The layers in order; a picture is `[1, 1, 32, 32]`, and one pixel of the last block's maps is left.
pub struct Net {
    /// Five.
    pub convolutions: Vec<Convolution>,
    /// Three.
    pub linear: Vec<Linear>,
}

impl Net {
    /// Folds the tensors of a weights file.
    pub fn folded(tensors: &Tensors, width: usize, classes: usize) -> Self {
        let mut inputs = 1;
        let mut convolutions = Vec::new();
        for (index, factor) in CHANNELS.into_iter().enumerate() {
            let outputs = factor * width;
            convolutions.push(convolution(tensors, index, inputs, outputs));
            inputs = outputs;
        }
        let outputs = [inputs, inputs, classes];
        let linear = outputs.into_iter().enumerate().map(|(index, outputs)| {
            let get = |part| tensors.get(&format!("predictor.layers.{index}.{part}"));
            Linear {
                inputs,
                outputs,
                weight: get("weight").to_vec(),
                bias: get("bias").to_vec(),
            }
        });
        Self {
            convolutions,
            linear: linear.collect(),
        }
    }
}

fn convolution(tensors: &Tensors, index: usize, inputs: usize, outputs: usize) -> Convolution {
    let get = |part: &str| tensors.get(&format!("extractor.blocks.{index}.{part}"));
    let (kernel, bias) = (get("conv.weight"), get("conv.bias"));
    let (gamma, beta) = (get("norm.weight"), get("norm.bias"));
    let (mean, variance) = (get("norm.running_mean"), get("norm.running_var"));
    let scales: Vec<f64> = gamma
        .iter()
        .zip(variance)
        .map(|(gamma, variance)| f64::from(*gamma) / (f64::from(*variance) + EPSILON).sqrt())
        .collect();
    let scaled = kernel.chunks_exact(inputs * 9).zip(&scales);
    let bias = (0..outputs).map(|channel| {
        let centred = f64::from(bias[channel]) - f64::from(mean[channel]);
        (centred * scales[channel] + f64::from(beta[channel])) as f32
    });
    Convolution {
        inputs,
        outputs,
        kernel: scaled
            .flat_map(|(values, scale)| {
                values
                    .iter()
                    .map(move |value| (f64::from(*value) * scale) as f32)
            })
            .collect(),
        bias: bias.collect(),
    }
}

/// The values as the bytes of a file.
pub fn le_bytes(values: &[f32]) -> Vec<u8> {
    values
        .iter()
        .flat_map(|value| value.to_le_bytes())
        .collect()
}

/// A kernel `[out, in, 3, 3]` in another order of its axes: `place` says where in the result a value of output, input and pixel lies.
pub fn reordered(
    convolution: &Convolution,
    place: impl Fn(usize, usize, usize) -> usize,
) -> Vec<f32> {
    let mut values = vec![0.0; convolution.kernel.len()];
    let pixels = convolution.kernel.chunks_exact(9).enumerate();
    for (index, kernel) in pixels {
        let (output, input) = (index / convolution.inputs, index % convolution.inputs);
        for (pixel, value) in kernel.iter().enumerate() {
            values[place(output, input, pixel)] = *value;
        }
    }
    values
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::random;

    /// A small network.
    pub fn net() -> Net {
        let bytes = random::weights(2).unwrap();
        let (tensors, metadata) = Tensors::from_bytes(&bytes).unwrap();
        Net::folded(&tensors, metadata.width, metadata.classes.len())
    }

    /// The folded network in plain loops.
    fn logits(net: &Net, picture: &[f32]) -> Vec<f32> {
        let mut values = picture.to_vec();
        let mut side = 32;
        for convolution in &net.convolutions {
            let at = |channel: usize, y: usize, x: usize| {
                // Coordinates are one too large: 0 is the border.
                let inside = (1..=side).contains(&y) && (1..=side).contains(&x);
                if inside {
                    values[(channel * side + y - 1) * side + x - 1]
                } else {
                    0.0
                }
            };
            let mut pooled = vec![0.0_f32; convolution.outputs * side * side / 4];
            for output in 0..convolution.outputs {
                for (y, x) in (0..side * side).map(|pixel| (pixel / side, pixel % side)) {
                    let mut sum = convolution.bias[output];
                    for input in 0..convolution.inputs {
                        for tap in 0..9 {
                            let kernel = (output * convolution.inputs + input) * 9 + tap;
                            sum += convolution.kernel[kernel] * at(input, y + tap / 3, x + tap % 3);
                        }
                    }
                    let place = (output * side / 2 + y / 2) * (side / 2) + x / 2;
                    pooled[place] = pooled[place].max(sum);
                }
            }
            values = pooled;
            side /= 2;
        }
        for (index, layer) in net.linear.iter().enumerate() {
            let rows = layer.weight.chunks_exact(layer.inputs).zip(&layer.bias);
            values = rows
                .map(|(row, bias)| {
                    let products = row.iter().zip(&values).map(|(a, b)| a * b);
                    let sum = bias + products.sum::<f32>();
                    if index < 2 { sum.max(0.0) } else { sum }
                })
                .collect();
        }
        values
    }

    #[test]
    fn folding_keeps_the_logits() {
        let bytes = random::weights(2).unwrap();
        let (tensors, metadata) = Tensors::from_bytes(&bytes).unwrap();
        let picture = crate::logits::picture();
        let expected = crate::logits::native(&tensors, &metadata, &picture).unwrap();
        let values: Vec<f32> = picture
            .iter()
            .map(|level| f32::from(*level) / 255.0)
            .collect();
        let found = logits(&net(), &values);
        assert_eq!(found.len(), 10);
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-4, "{found} {expected}");
        }
    }
}
