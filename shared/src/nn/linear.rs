//! A linear layer: a matrix times a vector for each picture.

use super::{LinearParts, PANEL, ROWS, fold::Lanes, pool::relu, simd::Simd};

/// A layer, packed.
pub struct Linear {
    /// `[panel, input, output in the panel]`
    weight: Vec<f32>,
    bias: Vec<f32>,
    /// Inputs, padded.
    inputs: usize,
    /// Whether ReLU follows.
    hidden: bool,
}

impl Linear {
    /// Packs checked parts.
    pub fn new(parts: &LinearParts<'_>, inputs: usize, hidden: bool, lanes: Lanes) -> Self {
        let (panel, padded) = (lanes.panel(), lanes.padded(inputs));
        let outputs = lanes.padded(parts.bias.len());
        let mut weight = vec![0.0; outputs * padded];
        for (output, row) in parts.weight.chunks_exact(inputs).enumerate() {
            let first = output / panel * padded * panel + output % panel;
            for (input, value) in row.iter().enumerate() {
                weight[first + input * panel] = *value;
            }
        }
        let mut bias = parts.bias.to_vec();
        bias.resize(outputs, 0.0);
        Self {
            weight,
            bias,
            inputs: padded,
            hidden,
        }
    }

    /// `[n, inputs]` -> `[n, outputs]`, both padded.
    #[inline(always)]
    pub fn run<S: Simd>(&self, simd: S, input: &[f32], output: &mut [f32]) {
        let weight = S::view(&self.weight).chunks_exact(self.inputs * PANEL);
        let panels = weight.zip(S::view(&self.bias).chunks_exact(PANEL));
        for (panel, (weight, bias)) in panels.enumerate() {
            let pictures = input
                .chunks_exact(self.inputs)
                .zip(output.chunks_exact_mut(self.bias.len()));
            for (input, output) in pictures {
                let sums = products(simd, input, weight);
                let at = panel * PANEL * S::LANES;
                let stored = S::view_mut(&mut output[at..][..PANEL * S::LANES]);
                for vector in 0..PANEL {
                    let bias = simd.load(&bias[vector]);
                    let upper = simd.add(sums[0][vector], sums[1][vector]);
                    let lower = simd.add(sums[2][vector], sums[3][vector]);
                    let mut sum = simd.add(simd.add(upper, lower), bias);
                    if self.hidden {
                        sum = relu(simd, sum, sum);
                    }
                    simd.store(sum, &mut stored[vector]);
                }
            }
        }
    }
}

/// Each fourth product apart, so that no addition waits for the one before.
#[inline(always)]
fn products<S: Simd>(simd: S, input: &[f32], weight: &[S::Stored]) -> [[S::Vector; PANEL]; ROWS] {
    let mut sums = [[simd.splat(0.0); PANEL]; ROWS];
    let pairs = input
        .chunks_exact(ROWS)
        .zip(weight.chunks_exact(ROWS * PANEL));
    for (values, weights) in pairs {
        for row in 0..ROWS {
            let value = simd.splat(values[row]);
            for vector in 0..PANEL {
                let weight = simd.load(&weights[row * PANEL + vector]);
                sums[row][vector] = simd.mul_add(value, weight, sums[row][vector]);
            }
        }
    }
    sums
}
