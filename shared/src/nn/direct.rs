//! The blocks after the first: many channels come in.

use super::{
    PANEL, ROWS,
    fold::{Folded, Lanes, TAPS},
    map::Maps,
    pool::pool,
    simd::Simd,
};

/// A block, packed.
pub struct Direct {
    /// `[panel, tap, input channel, channel in the panel]`
    kernel: Vec<f32>,
    shift: Vec<f32>,
}

impl Direct {
    /// Packs it.
    pub fn new(folded: Folded<'_>, lanes: Lanes) -> Self {
        Self {
            kernel: folded.pack(lanes, true, |taps| taps),
            shift: folded.shift,
        }
    }

    /// `input` has a border, and as many channels as the kernel was packed for; `output` half its side.
    #[inline(always)]
    pub fn run<S: Simd>(&self, simd: S, pictures: usize, input: &Maps, output: &mut Maps) {
        let kernel = S::view(&self.kernel).chunks_exact(TAPS * input.channels * PANEL);
        let panels = kernel.zip(S::view(&self.shift).chunks_exact(PANEL));
        for (panel, (kernel, shift)) in panels.enumerate() {
            for picture in 0..pictures {
                for y in 0..output.side {
                    for x in 0..output.side {
                        let first =
                            input.pixel(picture, 2 * y, 2 * x) - input.row() - input.channels;
                        let sums = window(simd, input, first, kernel);
                        let at = output.pixel(picture, y, x) + panel * PANEL * S::LANES;
                        let stored = S::view_mut(&mut output.values[at..][..PANEL * S::LANES]);
                        for vector in 0..PANEL {
                            let window = [0, 1, 2, 3].map(|row| sums[row][vector]);
                            let shift = simd.load(&shift[vector]);
                            simd.store(pool(simd, window, shift), &mut stored[vector]);
                        }
                    }
                }
            }
        }
    }
}

/// The four outputs of the window whose first input is at `first`.
#[inline(always)]
fn window<S: Simd>(
    simd: S,
    input: &Maps,
    first: usize,
    kernel: &[S::Stored],
) -> [[S::Vector; PANEL]; ROWS] {
    let depth = input.channels;
    let mut sums = [[simd.splat(0.0); PANEL]; ROWS];
    for (tap, kernel) in kernel.chunks_exact(depth * PANEL).enumerate() {
        let start = first + tap / 3 * input.row() + tap % 3 * depth;
        let (a, b) = input.values[start..][..2 * depth].split_at(depth);
        let (c, d) = input.values[start + input.row()..][..2 * depth].split_at(depth);
        let pixels = a.iter().zip(b).zip(c).zip(d);
        for ((((a, b), c), d), kernel) in pixels.zip(kernel.chunks_exact(PANEL)) {
            let weights = [simd.load(&kernel[0]), simd.load(&kernel[1])];
            let values = [*a, *b, *c, *d];
            for row in 0..ROWS {
                let value = simd.splat(values[row]);
                for vector in 0..PANEL {
                    sums[row][vector] = simd.mul_add(value, weights[vector], sums[row][vector]);
                }
            }
        }
    }
    sums
}
