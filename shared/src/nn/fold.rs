//! Batch normalisation folded into the convolution before it, and kernels packed for the vectors.

use super::{BlockParts, PANEL, ROWS};

/// Number of a kernel's taps.
pub const TAPS: usize = 9;

/// How channels lie in vectors.
#[derive(Clone, Copy, Debug)]
pub struct Lanes(pub usize);

impl Lanes {
    /// Output channels that are computed together.
    pub fn panel(self) -> usize {
        PANEL * self.0
    }

    /// `channels`, and as many zeros as fill the last panel and the last rows of a product.
    pub fn padded(self, channels: usize) -> usize {
        channels.next_multiple_of(self.panel().max(ROWS))
    }
}

/// A block's convolution with batch normalisation in it.
pub struct Folded<'a> {
    kernel: &'a [f32],
    inputs: usize,
    /// Input channels in memory.
    depth: usize,
    outputs: usize,
    scale: Vec<f64>,
    /// What is added to each output channel, padded.
    pub shift: Vec<f32>,
}

impl<'a> Folded<'a> {
    /// Of checked parts; `depth`: the input channels in memory, padded where they are. In f64, so that the only
    /// rounding is that of the results.
    pub fn new(
        parts: &BlockParts<'a>,
        inputs: usize,
        depth: usize,
        outputs: usize,
        lanes: Lanes,
    ) -> Self {
        let mut scale = Vec::with_capacity(outputs);
        let mut shift = Vec::with_capacity(lanes.padded(outputs));
        for channel in 0..outputs {
            let (factor, offset) = parts.folded(channel);
            scale.push(factor);
            shift.push(offset as f32);
        }
        shift.resize(lanes.padded(outputs), 0.0);
        Self {
            kernel: parts.kernel,
            inputs,
            depth,
            outputs,
            scale,
            shift,
        }
    }

    /// The kernel with what `transform` makes of each pair of channels, laid out as
    /// `[panel, between, input channel, within, channel in the panel]`, both numbers of channels padded with zeros;
    /// the `N` values of a pair lie at `between` where `outer`, and else at `within`.
    pub fn pack<const N: usize>(
        &self,
        lanes: Lanes,
        outer: bool,
        transform: fn([f64; TAPS]) -> [f64; N],
    ) -> Vec<f32> {
        let (panel, depth) = (lanes.panel(), self.depth);
        let mut packed = vec![0.0; N * depth * lanes.padded(self.outputs)];
        for output in 0..self.outputs {
            let values = &mut packed[output / panel * N * depth * panel..][output % panel..];
            let pairs = self.kernel[output * self.inputs * TAPS..].chunks_exact(TAPS);
            for (input, pair) in (0..self.inputs).zip(pairs) {
                let mut taps = [0.0; TAPS];
                for (tap, value) in taps.iter_mut().zip(pair) {
                    *tap = f64::from(*value) * self.scale[output];
                }
                for (index, value) in transform(taps).into_iter().enumerate() {
                    let place = if outer {
                        index * depth + input
                    } else {
                        input * N + index
                    };
                    values[place * panel] = value as f32;
                }
            }
        }
        packed
    }
}
