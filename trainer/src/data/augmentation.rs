//! Augmentation: random changes of a 32x32 picture that keep its class.

use std::array;
use std::sync::LazyLock;

use clap::ValueEnum;
use image::GrayImage;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use serde::{Deserialize, Serialize};
use shared::input::INPUT_SIDE;
use shared::picture::{flip_horizontal, rotate};

/// Width and height of the network's input in pixels.
const SIDE: usize = INPUT_SIDE as usize;
/// Pixels of the network's input.
pub(super) const PIXELS: usize = SIDE * SIDE;

/// A 32x32 picture, row by row, each pixel in [0, 1].
type Plane = [f32; PIXELS];

/// How strongly a picture is changed at each draw.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Augmentation {
    /// As in the course: flipped one time in two, then rotated by at most 15 degrees, nearest pixel.
    #[default]
    Course,
    /// Flipped one time in two; rotated by at most 15 degrees, slightly scaled, sheared and shifted, bilinear.
    Weak,
    /// One time in two only flipped, so that its pixels are not resampled, else as weak: a network that was trained on resampled
    /// pictures alone is less accurate on others.
    Mild,
    /// Much more of the same as weak, then bent like rubber, and one time in two with a black square.
    Strong,
}

impl Augmentation {
    /// A numbered TTA copy of a 32x32 picture: the same change for every picture; row by row in `[0, 1]`.
    pub fn tta_copy(self, picture: &GrayImage, number: u32) -> Vec<f32> {
        let mut random = ChaCha8Rng::seed_from_u64(number.into());
        let mut out = [0.0; PIXELS];
        self.apply(picture, &mut random, &mut out);
        out.to_vec()
    }

    /// Draws one change and writes the changed picture to `out`.
    pub(super) fn apply(self, picture: &GrayImage, random: &mut ChaCha8Rng, out: &mut Plane) {
        match self {
            Self::Course => {
                let flipped = random.random_bool(0.5).then(|| flip_horizontal(picture));
                let changed = rotate(
                    flipped.as_ref().unwrap_or(picture),
                    random.random_range(-15.0..=15.0),
                );
                out.copy_from_slice(&plane(&changed));
            }
            Self::Mild if random.random_bool(0.5) => {
                let flipped = random.random_bool(0.5).then(|| flip_horizontal(picture));
                out.copy_from_slice(&plane(flipped.as_ref().unwrap_or(picture)));
            }
            Self::Weak | Self::Mild => {
                Affine::draw(15.0, 0.1, 0.05, 0.06, random).apply(&plane(picture), out)
            }
            Self::Strong => {
                let mut turned = [0.0; PIXELS];
                Affine::draw(25.0, 0.25, 0.25, 0.12, random).apply(&plane(picture), &mut turned);
                warp(&turned, 0.12, random, out);
                cut(5, random, out);
            }
        }
    }
}

/// What is changed of a picture whose strokes were changed already: as in [`Augmentation::Mild`], and one time in two a black square.
pub(super) fn apply_after_strokes(picture: &GrayImage, random: &mut ChaCha8Rng, out: &mut Plane) {
    Augmentation::Mild.apply(picture, random, out);
    cut(5, random, out);
}

fn plane(picture: &GrayImage) -> Plane {
    let bytes = picture.as_raw();
    array::from_fn(|pixel| f32::from(bytes[pixel]) / 255.0)
}

/// Where each pixel comes from: `[x, y] = matrix * [x', y', 1]`, with the picture spanning -1 to 1.
struct Affine([[f32; 3]; 2]);

impl Affine {
    /// A flip one time in two, a turn within `degrees`, a scale within 1 +- `scale` (and half of that in the aspect),
    /// a shear within `shear` and a shift within `shift` half widths.
    fn draw(degrees: f32, scale: f32, shear: f32, shift: f32, random: &mut ChaCha8Rng) -> Self {
        let mut within = |most: f32| random.random_range(-most..=most);
        let (sin, cos) = within(degrees).to_radians().sin_cos();
        let wide = 1.0 + within(scale);
        let high = wide * (1.0 + within(scale / 2.0));
        let (shear, x, y) = (within(shear), within(shift), within(shift));
        let flip = if random.random_bool(0.5) { -1.0 } else { 1.0 };
        Self([
            [flip * cos / wide, (shear - sin) / wide, x],
            [flip * sin / high, cos / high, y],
        ])
    }

    fn apply(&self, picture: &Plane, out: &mut Plane) {
        let padded = Padded::from(picture);
        let half = SIDE as f32 / 2.0;
        let middle = half - 0.5;
        let [row_x, row_y] = self.0;
        for (y, row) in out.chunks_exact_mut(SIDE).enumerate() {
            let y = y as f32 - middle;
            let (from_x, from_y) = (
                row_x[1] * y + row_x[2] * half + middle,
                row_y[1] * y + row_y[2] * half + middle,
            );
            for (x, pixel) in row.iter_mut().enumerate() {
                let x = x as f32 - middle;
                *pixel = padded.sample(row_x[0] * x + from_x, row_y[0] * x + from_y);
            }
        }
    }
}

/// Elastic distortion: 4x4 random moves within `size` half widths, bicubic between them.
///
/// Simard, Steinkraus, Platt 2003, with the smooth field drawn coarsely instead of blurred.
fn warp(picture: &Plane, size: f32, random: &mut ChaCha8Rng, out: &mut Plane) {
    let padded = Padded::from(picture);
    let most = size * SIDE as f32 / 2.0;
    let mut moves: [[[f32; 4]; 4]; 2] = [[[0.0; 4]; 4]; 2];
    moves
        .as_flattened_mut()
        .as_flattened_mut()
        .fill_with(|| random.random_range(-most..=most));
    for (y, row) in out.chunks_exact_mut(SIDE).enumerate() {
        let across = moves.map(|field| -> [f32; 4] {
            array::from_fn(|column| {
                (0..4)
                    .map(|line| BICUBIC[y][line] * field[line][column])
                    .sum()
            })
        });
        for (x, pixel) in row.iter_mut().enumerate() {
            let [dx, dy] = across.map(|knots| {
                knots
                    .iter()
                    .zip(&BICUBIC[x])
                    .map(|(knot, weight)| knot * weight)
                    .sum::<f32>()
            });
            *pixel = padded.sample(x as f32 + dx, y as f32 + dy);
        }
    }
}

/// The share of each of four knots, the outer ones at the picture's outermost pixels and repeated beyond, in each of 32 pixels
/// (Keys 1981, a = -0.75, as PyTorch's bicubic with aligned corners).
static BICUBIC: LazyLock<[[f32; 4]; SIDE]> = LazyLock::new(|| {
    let kernel = |distance: f32| {
        let (a, d) = (-0.75, distance.abs());
        match d {
            ..=1.0 => ((a + 2.0) * d - (a + 3.0)) * d * d + 1.0,
            1.0..2.0 => ((d - 5.0) * d + 8.0) * d * a - 4.0 * a,
            _ => 0.0,
        }
    };
    array::from_fn(|pixel| {
        let at = pixel as f32 * 3.0 / (SIDE - 1) as f32;
        let mut weights = [0.0; 4];
        for knot in -1..=5_i32 {
            weights[knot.clamp(0, 3) as usize] += kernel(at - knot as f32);
        }
        weights
    })
});

/// Cut-out (DeVries, Taylor 2017): one time in two a black square around a random pixel, reaching less than `half` pixels each way.
fn cut(half: usize, random: &mut ChaCha8Rng, out: &mut Plane) {
    if random.random_bool(0.5) {
        let (x, y) = (random.random_range(0..SIDE), random.random_range(0..SIDE));
        let span = |at: usize| (at + 1).saturating_sub(half)..(at + half).min(SIDE);
        for row in span(y) {
            out[row * SIDE..][span(x)].fill(0.0);
        }
    }
}

/// A picture with black around it, so that sampling needs no test for its border.
struct Padded([f32; Self::STRIDE * (SIDE + 3)]);

impl Padded {
    /// One black pixel before each row and two after it.
    const STRIDE: usize = SIDE + 3;

    fn from(picture: &Plane) -> Self {
        let mut padded = [0.0; Self::STRIDE * (SIDE + 3)];
        for (row, values) in picture.chunks_exact(SIDE).enumerate() {
            padded[(row + 1) * Self::STRIDE + 1..][..SIDE].copy_from_slice(values);
        }
        Self(padded)
    }

    /// Bilinear between pixel centres at whole numbers; black outside.
    #[inline]
    fn sample(&self, x: f32, y: f32) -> f32 {
        let most = (SIDE + 1) as f32;
        let (x, y) = ((x + 1.0).clamp(0.0, most), (y + 1.0).clamp(0.0, most));
        let (left, top) = (x as usize, y as usize);
        let (right_share, bottom_share) = (x - left as f32, y - top as f32);
        let corner = top * Self::STRIDE + left;
        let mix = |at: usize| self.0[at] + (self.0[at + 1] - self.0[at]) * right_share;
        let (above, below) = (mix(corner), mix(corner + Self::STRIDE));
        above + (below - above) * bottom_share
    }
}

#[cfg(test)]
mod tests {
    use image::Luma;

    use super::*;

    fn random(seed: u64) -> ChaCha8Rng {
        ChaCha8Rng::seed_from_u64(seed)
    }

    /// Unlike itself under every flip and turn.
    fn picture() -> GrayImage {
        GrayImage::from_fn(32, 32, |x, y| Luma([(5 * x + 3 * y) as u8]))
    }

    #[test]
    fn standing_still_changes_nothing() {
        let still = Affine([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]);
        let mut out = [0.5; PIXELS];
        still.apply(&plane(&picture()), &mut out);
        assert!(
            out.iter()
                .zip(plane(&picture()))
                .all(|(a, b)| (a - b).abs() < 1e-6)
        );
        warp(&plane(&picture()), 0.0, &mut random(1), &mut out);
        assert!(
            out.iter()
                .zip(plane(&picture()))
                .all(|(a, b)| (a - b).abs() < 1e-6)
        );
    }

    #[test]
    fn affine_moves_and_turns_where_it_should() {
        let mut out = [0.5; PIXELS];
        // A shift of one pixel is a sixteenth of the half width; what comes from outside is black.
        Affine([[1.0, 0.0, 1.0 / 16.0], [0.0, 1.0, 0.0]]).apply(&plane(&picture()), &mut out);
        assert!((out[5 * SIDE + 7] - plane(&picture())[5 * SIDE + 8]).abs() < 1e-6);
        assert_eq!(out[5 * SIDE + 31], 0.0);
        // A half turn.
        Affine([[-1.0, 0.0, 0.0], [0.0, -1.0, 0.0]]).apply(&plane(&picture()), &mut out);
        assert!((out[0] - plane(&picture())[PIXELS - 1]).abs() < 1e-6);
    }

    #[test]
    fn bicubic_weights_sum_to_one_and_hit_the_knots() {
        for weights in BICUBIC.iter() {
            assert!(
                (weights.iter().sum::<f32>() - 1.0).abs() < 1e-5,
                "{weights:?}"
            );
        }
        assert!((BICUBIC[0][0] - 1.0).abs() < 1e-6);
        assert!((BICUBIC[31][3] - 1.0).abs() < 1e-6);
    }

    #[test]
    fn the_hole_is_a_square_of_nine_or_cut_by_the_border() {
        let mut sizes = std::collections::BTreeSet::new();
        for seed in 0..200 {
            let mut out = [1.0; PIXELS];
            cut(5, &mut random(seed), &mut out);
            sizes.insert(out.iter().filter(|pixel| **pixel == 0.0).count());
        }
        assert_eq!((sizes.first(), sizes.last()), (Some(&0), Some(&81)));
        assert!(sizes.contains(&25) || sizes.contains(&45));
    }

    #[test]
    fn every_augmentation_is_repeatable_varied_and_stays_in_range() {
        for augmentation in [
            Augmentation::Course,
            Augmentation::Weak,
            Augmentation::Mild,
            Augmentation::Strong,
        ] {
            let draw = |seed| {
                let mut out = [0.5; PIXELS];
                augmentation.apply(&picture(), &mut random(seed), &mut out);
                out
            };
            assert_eq!(draw(3), draw(3));
            assert_ne!(draw(3), draw(4));
            assert!(
                (0..50)
                    .flat_map(draw)
                    .all(|pixel| (0.0..=1.0).contains(&pixel))
            );
        }
    }

    #[test]
    fn mild_leaves_half_of_the_pictures_as_they_are_or_mirrored() {
        let same = [plane(&picture()), plane(&flip_horizontal(&picture()))];
        let counts = same.map(|same| {
            let draws = (0..1000).filter(|seed| {
                let mut out = [0.5; PIXELS];
                Augmentation::Mild.apply(&picture(), &mut random(*seed), &mut out);
                out == same
            });
            draws.count()
        });
        assert!(
            counts.iter().all(|count| (200..300).contains(count)),
            "{counts:?}"
        );
    }

    #[test]
    fn the_course_flips_one_time_in_two() {
        let left = GrayImage::from_fn(32, 32, |x, y| {
            Luma([if x < 10 && (10..22).contains(&y) {
                255
            } else {
                0
            }])
        });
        let flips = (0..1000).filter(|seed| {
            let mut out = [0.0; PIXELS];
            Augmentation::Course.apply(&left, &mut random(*seed), &mut out);
            out[16 * SIDE + 28] > 0.0
        });
        let flips = flips.count();
        assert!((430..570).contains(&flips), "{flips}");
    }
}
