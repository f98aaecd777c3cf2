//! A fine picture that photos are painted on.

use image::{Rgb, RgbImage};
use rand::rngs::ChaCha8Rng;

use super::cover::{Cover, FINENESS, SIDE};
use super::position::within;
use crate::PHOTO_SIDE;

/// Red, green and blue, each in [0, 1].
pub(super) type Colour = [f32; 3];

/// Colours of fine pixels, row by row.
pub(super) struct Canvas(Vec<Colour>);

impl Canvas {
    /// A canvas with the colour that `colour` gives for each x and y in fine pixels.
    pub fn new(colour: impl Fn(usize, usize) -> Colour) -> Self {
        Self(
            (0..SIDE * SIDE)
                .map(|at| colour(at % SIDE, at / SIDE))
                .collect(),
        )
    }

    /// Paints what is covered with the colour that `colour` makes of x, y and the present colour.
    pub fn paint(&mut self, cover: &Cover, colour: impl Fn(usize, usize, Colour) -> Colour) {
        for (at, (pixel, share)) in self.0.iter_mut().zip(cover.levels()).enumerate() {
            if *share > 0.0 {
                *pixel = mix(*pixel, colour(at % SIDE, at / SIDE, *pixel), *share);
            }
        }
    }

    /// The photo: the mean of the fine pixels, with a grain within `grain` of 255 levels.
    pub fn shrink(&self, grain: f32, random: &mut ChaCha8Rng) -> RgbImage {
        let count = (FINENESS * FINENESS) as f32;
        RgbImage::from_fn(PHOTO_SIDE, PHOTO_SIDE, |x, y| {
            let start = (y as usize * SIDE + x as usize) * FINENESS;
            let fine = (0..FINENESS).flat_map(|row| &self.0[start + row * SIDE..][..FINENESS]);
            let sum = fine.fold([0.0; 3], |sum, pixel| {
                [0, 1, 2].map(|channel| sum[channel] + pixel[channel])
            });
            Rgb(sum.map(|sum| {
                (sum / count * 255.0 + within(random, grain))
                    .round()
                    .clamp(0.0, 255.0) as u8
            }))
        })
    }
}

/// The colour at a share of the way from one to another.
pub(super) fn mix(from: Colour, to: Colour, share: f32) -> Colour {
    [0, 1, 2].map(|channel| from[channel] + (to[channel] - from[channel]) * share)
}

/// How light a colour looks, in [0, 1].
pub(super) fn lightness([red, green, blue]: Colour) -> f32 {
    0.299 * red + 0.587 * green + 0.114 * blue
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn paint_stays_where_it_belongs() {
        let quarter = [(48.0, 48.0), (96.0, 48.0), (96.0, 96.0), (48.0, 96.0)];
        let quarter = Cover::of(&quarter, None).unwrap();
        let mut canvas = Canvas::new(|_, _| [0.0, 0.5, 1.0]);
        canvas.paint(&quarter, |_, _, behind| {
            assert_eq!(behind, [0.0, 0.5, 1.0]);
            [1.0, 0.0, 2.0]
        });
        let photo = canvas.shrink(0.0, &mut ChaCha8Rng::seed_from_u64(1));
        assert_eq!(photo.get_pixel(15, 15).0, [0, 128, 255]);
        assert_eq!(photo.get_pixel(16, 16).0, [255, 0, 255]);
    }
}
