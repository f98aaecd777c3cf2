//! Pictures laid out so that a 3x3 convolution with padding 1 is a matrix product (im2col).

use std::ops::Range;

use super::real::Real;

/// The taps of a 3x3 kernel.
pub const TAPS: usize = 9;

/// Height, width and channels of the maps of one picture: `[height, width, channels]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Maps {
    /// In pixels.
    pub height: usize,
    /// In pixels.
    pub width: usize,
    /// Values of a pixel.
    pub channels: usize,
}

impl Maps {
    /// Pixels of a picture.
    pub fn pixels(self) -> usize {
        self.height * self.width
    }

    /// Values of a picture.
    pub fn values(self) -> usize {
        self.pixels() * self.channels
    }

    /// Where the three taps of a kernel's line (0 to 2, from above) around a pixel lie: the values of the picture that
    /// they cover, and how many values of theirs come before, outside of it. None where all of them lie outside.
    #[inline(always)]
    pub fn taps(self, pixel: usize, line: usize) -> Option<(Range<usize>, usize)> {
        let (y, x) = (pixel / self.width, pixel % self.width);
        let y = (y + line).checked_sub(1).filter(|y| *y < self.height)?;
        let (first, last) = (x.saturating_sub(1), (x + 2).min(self.width));
        let start = y * self.width;
        let covered = (start + first) * self.channels..(start + last) * self.channels;
        Some((covered, (first + 1 - x) * self.channels))
    }
}

/// `[n, height, width, channels]` -> `[n height width, 9 channels]`: for each pixel the 3x3 pixels around it, zero outside.
pub fn columns_from_maps<E: Real>(maps: Maps, pictures: &[E], columns: &mut [E]) {
    let row = TAPS * maps.channels;
    for (picture, columns) in pictures
        .chunks_exact(maps.values())
        .zip(columns.chunks_exact_mut(maps.pixels() * row))
    {
        for (pixel, columns) in columns.chunks_exact_mut(row).enumerate() {
            for (line, taps) in columns.chunks_exact_mut(row / 3).enumerate() {
                let Some((covered, skipped)) = maps.taps(pixel, line) else {
                    taps.fill(E::zero());
                    continue;
                };
                let inside = covered.len();
                taps[..skipped].fill(E::zero());
                taps[skipped..skipped + inside].copy_from_slice(&picture[covered]);
                taps[skipped + inside..].fill(E::zero());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAPS: Maps = Maps {
        height: 2,
        width: 3,
        channels: 2,
    };

    #[test]
    fn a_pixel_s_row_holds_its_neighbours() {
        let picture: Vec<f32> = (1..=12).map(|value| value as f32).collect();
        let mut columns = vec![-1.0; 6 * 18];
        columns_from_maps(MAPS, &picture, &mut columns);
        // The upper left pixel: nothing above and to the left.
        let expected = [
            0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 3.0, 4.0, 0.0, 0.0, 7.0, 8.0, 9.0,
            10.0,
        ];
        assert_eq!(columns[..18], expected);
        // The lower right one: nothing below and to the right.
        let expected = [
            3.0, 4.0, 5.0, 6.0, 0.0, 0.0, 9.0, 10.0, 11.0, 12.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
            0.0,
        ];
        assert_eq!(columns[5 * 18..], expected);
    }
}
