//! Pictures laid out so that a 3x3 convolution with padding 1 is a matrix product (im2col), and back.

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
}

/// `[n, height, width, channels]` -> `[n height width, 9 channels]`: for each pixel the 3x3 pixels around it, zero outside.
pub fn columns_from_maps<E: Real>(maps: Maps, pictures: &[E], columns: &mut [E]) {
    let Maps {
        height,
        width,
        channels,
    } = maps;
    let row = TAPS * channels;
    for (picture, columns) in pictures
        .chunks_exact(maps.values())
        .zip(columns.chunks_exact_mut(maps.pixels() * row))
    {
        for (pixel, columns) in columns.chunks_exact_mut(row).enumerate() {
            let (y, x) = (pixel / width, pixel % width);
            for (line, taps) in columns.chunks_exact_mut(3 * channels).enumerate() {
                // `line` 0 is the row above.
                let Some(from) = (y + line).checked_sub(1).filter(|from| *from < height) else {
                    taps.fill(E::zero());
                    continue;
                };
                let line = &picture[from * width * channels..][..width * channels];
                let (first, last) = (x.saturating_sub(1), (x + 2).min(width));
                let skipped = (first + 1 - x) * channels;
                let inside = (last - first) * channels;
                taps[..skipped].fill(E::zero());
                taps[skipped..skipped + inside]
                    .copy_from_slice(&line[first * channels..last * channels]);
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
