//! The feature extractor of one picture with everything in between, by the plainest code: for looking, not for speed.

use shared::architecture::BLOCK_CHANNELS;
use shared::input::INPUT_SIDE;
use shared::nn::BlockParts;
use shared::weights::{Tensors, WeightsError};

/// By so much of a map's largest sum a winner stands out: on even ground all four are the same but for rounding.
const CLEARLY: f32 = 0.01;

/// Taps of a kernel.
const TAPS: usize = 9;

/// Five blocks of convolution, batch normalisation, ReLU and max pooling, batch normalisation folded into the kernels.
#[derive(Clone, Debug, PartialEq)]
pub struct Blocks(Vec<Block>);

#[derive(Clone, Debug, PartialEq)]
struct Block {
    inputs: usize,
    outputs: usize,
    /// `[outputs, inputs, 3, 3]`
    kernel: Vec<f32>,
    /// `[outputs]`
    shift: Vec<f32>,
}

/// What one block makes of its maps.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// Pixels along a side before pooling; half as many after it.
    pub side: usize,
    /// How many maps there are.
    pub channels: usize,
    /// Before ReLU and pooling, `[channels, side, side]`.
    pub sums: Vec<f32>,
    /// After both, `[channels, side / 2, side / 2]`.
    pub pooled: Vec<f32>,
}

/// How one value after pooling comes about.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// The four sums of its window, row by row.
    pub window: [f32; 4],
    /// Which of them is the largest.
    pub winner: usize,
    /// The largest one's products by map of the block before: its nine values, its nine weights and the products' sum; the map that counts
    /// most first.
    pub inputs: Vec<Input>,
    /// What is added to the products.
    pub shift: f32,
}

/// What one map of the block before contributes.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// The map's number.
    pub map: usize,
    /// The nine values that the kernel reads.
    pub values: [f32; TAPS],
    /// Its weights.
    pub weights: [f32; TAPS],
}

impl Input {
    /// The sum of the nine products.
    pub fn sum(&self) -> f32 {
        let pairs = self.values.iter().zip(&self.weights);
        pairs.map(|(value, weight)| value * weight).sum()
    }
}

impl Formula {
    /// The value after ReLU and pooling.
    pub fn value(&self) -> f32 {
        self.window[self.winner].max(0.0)
    }
}

impl Layer {
    /// The winner of a window where it shows: the largest sum, if it is above 0 and clearly above the smallest.
    pub fn shown_winner(&self, channel: usize, at: (usize, usize), most: f32) -> Option<usize> {
        let window = self.window(channel, at);
        let winner = self.winner(channel, at);
        let least = window.into_iter().fold(f32::INFINITY, f32::min).max(0.0);
        let stands_out = window[winner] - least > most * CLEARLY;
        stands_out.then_some(winner)
    }

    /// Which sum of the window of a pooled pixel is the largest, row by row; the first of equal ones.
    pub fn winner(&self, channel: usize, (x, y): (usize, usize)) -> usize {
        let window = self.window(channel, (x, y));
        let mut winner = 0;
        for (index, sum) in window.into_iter().enumerate() {
            if sum > window[winner] {
                winner = index;
            }
        }
        winner
    }

    /// The four sums that a pooled pixel is the largest of, row by row.
    pub fn window(&self, channel: usize, (x, y): (usize, usize)) -> [f32; 4] {
        [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(right, down)| {
            let row = channel * self.side + 2 * y + down;
            self.sums[row * self.side + 2 * x + right]
        })
    }

    /// The values of one map after pooling.
    pub fn map(&self, channel: usize) -> &[f32] {
        let length = (self.side / 2).pow(2);
        &self.pooled[channel * length..][..length]
    }
}

impl Blocks {
    /// Reads the blocks of a weights file.
    ///
    /// # Errors
    /// Where the bytes are damaged or another network's.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WeightsError> {
        let (tensors, metadata) = Tensors::from_bytes(bytes)?;
        let mut inputs = 1;
        let blocks = BLOCK_CHANNELS.iter().enumerate().map(|(index, factor)| {
            let outputs = factor * metadata.width;
            let block = Block::folded(tensors.block(index), inputs, outputs);
            inputs = outputs;
            block
        });
        Ok(Self(blocks.collect()))
    }

    /// What each block makes of a picture, `[32, 32]`, 0 to 1.
    pub fn run(&self, picture: &[f32]) -> Vec<Layer> {
        let mut layers: Vec<Layer> = Vec::with_capacity(self.0.len());
        for (index, block) in self.0.iter().enumerate() {
            let input = layers.last().map_or(picture, |layer| &layer.pooled);
            layers.push(block.run(input, INPUT_SIDE as usize >> index));
        }
        layers
    }

    /// How the pooled pixel at column and row of a block's map comes about; `input` is what the block reads.
    pub fn formula(
        &self,
        block: usize,
        input: &[f32],
        layer: &Layer,
        channel: usize,
        at: (usize, usize),
    ) -> Formula {
        let own = &self.0[block];
        let winner = layer.winner(channel, at);
        let (x, y) = (2 * at.0 + winner % 2, 2 * at.1 + winner / 2);
        let mut inputs: Vec<Input> = (0..own.inputs)
            .map(|map| {
                let kernel = &own.kernel[(channel * own.inputs + map) * TAPS..][..TAPS];
                Input {
                    map,
                    values: taps(&input[map * layer.side * layer.side..], layer.side, (x, y)),
                    weights: std::array::from_fn(|tap| kernel[tap]),
                }
            })
            .collect();
        inputs.sort_by(|one, other| other.sum().abs().total_cmp(&one.sum().abs()));
        Formula {
            window: layer.window(channel, at),
            winner,
            inputs,
            shift: own.shift[channel],
        }
    }
}

/// The values of a map round a pixel, row by row; 0 beyond the border.
fn taps(map: &[f32], side: usize, (x, y): (usize, usize)) -> [f32; TAPS] {
    std::array::from_fn(|tap| {
        let (down, right) = (y + tap / 3, x + tap % 3);
        let is_inside = (1..=side).contains(&down) && (1..=side).contains(&right);
        if is_inside {
            map[(down - 1) * side + right - 1]
        } else {
            0.0
        }
    })
}

impl Block {
    fn folded(parts: BlockParts<'_>, inputs: usize, outputs: usize) -> Self {
        let mut kernel = parts.kernel.to_vec();
        let shift = kernel
            .chunks_exact_mut(inputs * TAPS)
            .enumerate()
            .map(|(channel, weights)| {
                let (factor, offset) = parts.folded(channel);
                for weight in weights {
                    *weight = (f64::from(*weight) * factor) as f32;
                }
                offset as f32
            })
            .collect();
        Self {
            inputs,
            outputs,
            kernel,
            shift,
        }
    }

    fn run(&self, input: &[f32], side: usize) -> Layer {
        let pixels = side * side;
        let mut sums = vec![0.0; self.outputs * pixels];
        for (channel, sums) in sums.chunks_exact_mut(pixels).enumerate() {
            sums.fill(self.shift[channel]);
            let kernels = self.kernel[channel * self.inputs * TAPS..].chunks_exact(TAPS);
            for (map, kernel) in input.chunks_exact(pixels).zip(kernels) {
                add(sums, map, kernel, side);
            }
        }
        let mut layer = Layer {
            side,
            channels: self.outputs,
            sums,
            pooled: Vec::with_capacity(self.outputs * pixels / 4),
        };
        for channel in 0..self.outputs {
            for (y, x) in (0..side / 2).flat_map(|y| (0..side / 2).map(move |x| (y, x))) {
                let largest = layer
                    .window(channel, (x, y))
                    .into_iter()
                    .fold(0.0, f32::max);
                layer.pooled.push(largest);
            }
        }
        layer
    }
}

/// Adds a map's convolution with a kernel; beyond the border there is nothing.
fn add(sums: &mut [f32], map: &[f32], kernel: &[f32], side: usize) {
    for (tap, weight) in kernel.iter().enumerate() {
        let (down, right) = (tap / 3, tap % 3);
        for y in 0..side {
            // The row that the tap reads, counted from one above the map.
            let from = y + down;
            if !(1..=side).contains(&from) {
                continue;
            }
            let map = &map[(from - 1) * side..][..side];
            let sums = &mut sums[y * side..][..side];
            // Of row and sums the parts that the tap has in common.
            let (map, sums) = match right {
                0 => (&map[..side - 1], &mut sums[1..]),
                1 => (map, sums),
                _ => (&map[1..], &mut sums[..side - 1]),
            };
            for (sum, value) in sums.iter_mut().zip(map) {
                *sum += weight * value;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    /// The weights that the site ships.
    const WEIGHTS: &[u8] = include_bytes!("../../../assets/weights/edgewise.safetensors");

    fn picture() -> Vec<f32> {
        (0..1024_u16)
            .map(|at| f32::from(at % 7 * (at / 64)) / 90.0)
            .collect()
    }

    #[test]
    fn the_last_block_gives_the_features_of_the_engine() {
        let layers = Blocks::from_bytes(WEIGHTS).unwrap().run(&picture());
        let (mut engine, _) = shared::weights::network_from_bytes(WEIGHTS).unwrap();
        let input: [f32; 1024] = picture().try_into().unwrap();
        engine.predict(&input);
        let features = engine.features();
        assert_eq!(layers[4].pooled.len(), features.len());
        let largest = features.iter().copied().fold(0.0, f32::max);
        assert!(largest > 0.0);
        for (own, other) in layers[4].pooled.iter().zip(features) {
            assert!((own - other).abs() < 1e-3 * largest, "{own} {other}");
        }
    }

    #[test]
    fn a_formula_adds_up_to_the_value_that_it_explains() {
        let blocks = Blocks::from_bytes(WEIGHTS).unwrap();
        let (picture, channel, at) = (picture(), 3, (1, 0));
        let layers = blocks.run(&picture);
        for (index, layer) in layers.iter().enumerate().take(4) {
            let before = index.checked_sub(1).map(|before| &layers[before].pooled);
            let input = before.unwrap_or(&picture);
            let formula = blocks.formula(index, input, layer, channel, at);
            let sum: f32 = formula.inputs.iter().map(Input::sum).sum::<f32>() + formula.shift;
            let own = formula.window[formula.winner];
            assert!(
                (sum - own).abs() < 1e-3 * own.abs().max(1.0),
                "block {index}: {sum} {own}"
            );
            let side = layer.side / 2;
            assert_eq!(formula.value(), layer.map(channel)[at.1 * side + at.0]);
        }
    }

    #[test]
    fn what_is_no_weights_file_is_refused() {
        assert!(Blocks::from_bytes(b"<!doctype html>").is_err());
    }
}
