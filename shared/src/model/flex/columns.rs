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

/// The adjoint of [`columns_from_maps`]: every value goes back and is added to the pixel that it came from.
#[inline(always)]
pub fn maps_from_columns<E: Real>(maps: Maps, columns: &[E], pictures: &mut [E]) {
    let Maps {
        height,
        width,
        channels,
    } = maps;
    let row = TAPS * channels;
    for (picture, columns) in pictures
        .chunks_exact_mut(maps.values())
        .zip(columns.chunks_exact(maps.pixels() * row))
    {
        picture.fill(E::zero());
        for (pixel, columns) in columns.chunks_exact(row).enumerate() {
            let (y, x) = (pixel / width, pixel % width);
            for (line, taps) in columns.chunks_exact(3 * channels).enumerate() {
                let Some(to) = (y + line).checked_sub(1).filter(|to| *to < height) else {
                    continue;
                };
                let line = &mut picture[to * width * channels..][..width * channels];
                let (first, last) = (x.saturating_sub(1), (x + 2).min(width));
                let skipped = (first + 1 - x) * channels;
                let inside = &mut line[first * channels..last * channels];
                for (sum, value) in inside.iter_mut().zip(&taps[skipped..]) {
                    *sum = *sum + *value;
                }
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

    /// <A x, y> = <x, A' y> for every x and y.
    #[test]
    fn the_way_back_is_the_adjoint() {
        let wave =
            |count: usize, step: f64| (1..=count).map(move |index| (index as f64 * step).sin());
        let pictures: Vec<f64> = wave(2 * 12, 1.3).collect();
        let weights: Vec<f64> = wave(2 * 6 * 18, 0.7).collect();
        let mut columns = vec![0.0; weights.len()];
        columns_from_maps(MAPS, &pictures, &mut columns);
        let mut back = vec![9.0; pictures.len()];
        maps_from_columns(MAPS, &weights, &mut back);
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        assert!((dot(&columns, &weights) - dot(&pictures, &back)).abs() < 1e-12);
    }
}
