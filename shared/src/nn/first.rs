//! The first block: one channel comes in.

use super::{
    PANEL, ROWS, SIDE,
    fold::{Folded, Lanes, TAPS},
    map::Maps,
    pool::pool,
    simd::Simd,
};

/// Values of a row of the picture with its border.
pub const ROW: usize = SIDE + 2;

/// The block, packed.
pub struct First {
    /// `[panel, tap, channel in the panel]`
    kernel: Vec<f32>,
    shift: Vec<f32>,
}

impl First {
    /// Packs it.
    pub fn new(folded: Folded<'_>, lanes: Lanes) -> Self {
        Self {
            kernel: folded.pack(lanes, true, |taps| taps),
            shift: folded.shift,
        }
    }

    /// `pictures`: `[n, 34, 34]` with their borders.
    #[inline(always)]
    pub fn run<S: Simd>(&self, simd: S, pictures: &[f32], output: &mut Maps) {
        let kernel = S::view(&self.kernel).chunks_exact(TAPS * PANEL);
        let panels = kernel.zip(S::view(&self.shift).chunks_exact(PANEL));
        for (panel, (kernel, shift)) in panels.enumerate() {
            for (index, picture) in pictures.chunks_exact(ROW * ROW).enumerate() {
                for y in 0..SIDE / 2 {
                    let rows = &picture[2 * y * ROW..][..4 * ROW];
                    for x in 0..SIDE / 2 {
                        let sums = window(simd, rows, 2 * x, kernel);
                        let at = output.pixel(index, y, x) + panel * PANEL * S::LANES;
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

/// The four outputs of the window at `x`.
#[inline(always)]
fn window<S: Simd>(
    simd: S,
    rows: &[f32],
    x: usize,
    kernel: &[S::Stored],
) -> [[S::Vector; PANEL]; ROWS] {
    let mut sums = [[simd.splat(0.0); PANEL]; ROWS];
    for tap in 0..TAPS {
        for (row, sums) in sums.iter_mut().enumerate() {
            let place = (row / 2 + tap / 3) * ROW + x + row % 2 + tap % 3;
            let value = simd.splat(rows[place]);
            for (vector, sum) in sums.iter_mut().enumerate() {
                let weight = simd.load(&kernel[tap * PANEL + vector]);
                *sum = simd.mul_add(value, weight, *sum);
            }
        }
    }
    sums
}
