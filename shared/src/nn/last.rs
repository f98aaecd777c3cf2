//! The last block: maps of 2x2, which it pools into one value a channel.

use super::{
    PANEL, ROWS,
    fold::{Folded, Lanes, TAPS},
    map::Maps,
    pool::pool,
    simd::Simd,
};

/// The block, packed.
pub struct Last {
    /// `[panel, input channel, tap, channel in the panel]`
    kernel: Vec<f32>,
    shift: Vec<f32>,
}

impl Last {
    /// Packs it.
    pub fn new(folded: Folded<'_>, lanes: Lanes) -> Self {
        Self {
            kernel: folded.pack(lanes, false, |taps| taps),
            shift: folded.shift,
        }
    }

    /// `input` has no border: taps beyond the edge, 20 of 36, are left out.
    #[inline(always)]
    pub fn run<S: Simd>(&self, simd: S, pictures: usize, input: &Maps, output: &mut Maps) {
        let depth = input.channels;
        let kernel = S::view(&self.kernel).chunks_exact(TAPS * depth * PANEL);
        let panels = kernel.zip(S::view(&self.shift).chunks_exact(PANEL));
        for (panel, (kernel, shift)) in panels.enumerate() {
            for (picture, pixels) in input
                .values
                .chunks_exact(ROWS * depth)
                .take(pictures)
                .enumerate()
            {
                let sums = window(simd, pixels, kernel);
                let at = output.pixel(picture, 0, 0) + panel * PANEL * S::LANES;
                let stored = S::view_mut(&mut output.values[at..][..PANEL * S::LANES]);
                for vector in 0..PANEL {
                    let window = [0, 1, 2, 3].map(|pixel| sums[pixel][vector]);
                    let shift = simd.load(&shift[vector]);
                    simd.store(pool(simd, window, shift), &mut stored[vector]);
                }
            }
        }
    }
}

/// The four outputs, from four pixels of all channels.
#[inline(always)]
fn window<S: Simd>(simd: S, pixels: &[f32], kernel: &[S::Stored]) -> [[S::Vector; PANEL]; ROWS] {
    let mut sums = [[simd.splat(0.0); PANEL]; ROWS];
    let (upper, lower) = pixels.split_at(pixels.len() / 2);
    let (a, b) = upper.split_at(upper.len() / 2);
    let (c, d) = lower.split_at(lower.len() / 2);
    let channels = a.iter().zip(b).zip(c).zip(d);
    for ((((a, b), c), d), kernel) in channels.zip(kernel.chunks_exact(TAPS * PANEL)) {
        let values = [
            simd.splat(*a),
            simd.splat(*b),
            simd.splat(*c),
            simd.splat(*d),
        ];
        for tap in 0..TAPS {
            let weights = [
                simd.load(&kernel[tap * PANEL]),
                simd.load(&kernel[tap * PANEL + 1]),
            ];
            for (pixel, sums) in sums.iter_mut().enumerate() {
                // Where the tap lies, counted from one pixel beyond the edge.
                let (y, x) = (pixel / 2 + tap / 3, pixel % 2 + tap % 3);
                if (1..=2).contains(&y) && (1..=2).contains(&x) {
                    let value = values[2 * (y - 1) + x - 1];
                    for (sum, weight) in sums.iter_mut().zip(weights) {
                        *sum = simd.mul_add(value, weight, *sum);
                    }
                }
            }
        }
    }
    sums
}
