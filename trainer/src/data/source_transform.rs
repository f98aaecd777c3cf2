//! Source transforms: grey photos brought nearer to drawings, which reduces the shift between the domains.
//!
//! Blurring and gradients follow OpenCV's `GaussianBlur` (3x3) and `Sobel` with their default, mirrored border.

use clap::ValueEnum;
use image::{GrayImage, Luma, RgbImage};
use rand::RngExt;
use rand::rngs::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use shared::input::{edges_from_photo, photo_grey};
use shared::picture::{CannyThresholds, canny};

/// How a photo is transformed for the network.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum SourceTransform {
    /// Its Canny edges, as in the course.
    #[default]
    Canny,
    /// The grey photo itself; or line art, light on dark.
    Grey,
    /// The grey photo's negative; or line art, dark on light.
    Negative,
    /// One of two at each draw: grey, or the gradient's magnitude, thickened or softened at random, as a pen draws.
    Soft,
    /// One of five at each draw: grey, three kinds of Canny edges, or the gradient's magnitude; edges thickened or softened at random, as a pen draws.
    Mixed,
}

impl SourceTransform {
    /// All pictures of a photo that may be drawn, computed once. The first of several is grey.
    pub(super) fn pictures(self, grey: &GrayImage) -> Vec<GrayImage> {
        match self {
            Self::Canny => vec![canny(grey, CannyThresholds::default())],
            Self::Grey => vec![grey.clone()],
            Self::Negative => vec![negative(grey)],
            Self::Soft => vec![grey.clone(), gradient(&blur(grey))],
            Self::Mixed => {
                let blurred = blur(grey);
                vec![
                    grey.clone(),
                    canny(grey, CannyThresholds::new(170.0, 300.0)),
                    canny(grey, CannyThresholds::new(50.0, 100.0)),
                    canny(&blurred, CannyThresholds::new(100.0, 200.0)),
                    gradient(&blurred),
                ]
            }
        }
    }

    /// A photo of any size, transformed for inference, 32x32: its Canny edges (170, 300), or grey, or its negative,
    /// where the network was trained on those alone.
    pub fn for_inference(self, photo: &RgbImage) -> GrayImage {
        match self {
            Self::Grey => photo_grey(photo),
            Self::Negative => negative(&photo_grey(photo)),
            Self::Canny | Self::Soft | Self::Mixed => {
                edges_from_photo(photo, CannyThresholds::default())
            }
        }
    }

    /// One of those [`pictures`](Self::pictures).
    pub(super) fn draw(self, pictures: &[GrayImage], random: &mut ChaCha8Rng) -> GrayImage {
        match self {
            Self::Canny | Self::Grey | Self::Negative => pictures[0].clone(),
            Self::Soft | Self::Mixed => match random.random_range(0..pictures.len()) {
                0 => pictures[0].clone(),
                edges => pen(&pictures[edges], random),
            },
        }
    }
}

/// Edges one pixel wide become thick (one in five) or soft strokes (one in four).
fn pen(edges: &GrayImage, random: &mut ChaCha8Rng) -> GrayImage {
    match random.random_range(0..20) {
        0..4 => picture(
            edges,
            windows(edges, Border::Black).map(|window| greatest(window) as u8),
        ),
        4..9 => picture(edges, windows(edges, Border::Black).map(softened)),
        _ => edges.clone(),
    }
}

fn greatest(window: Window) -> i32 {
    window.into_iter().flatten().fold(0, i32::max)
}

/// 1.6 times the mean of nine, rounded.
fn softened(window: Window) -> u8 {
    let sum: i32 = window.into_iter().flatten().sum();
    ((sum * 16 + 45) / 90).min(255) as u8
}

/// What is light becomes dark, and what is dark light.
fn negative(grey: &GrayImage) -> GrayImage {
    picture(grey, grey.iter().map(|level| 255 - level))
}

/// The 3x3 binomial filter, rounded.
fn blur(grey: &GrayImage) -> GrayImage {
    let row = |[left, middle, right]: [i32; 3]| left + 2 * middle + right;
    let binomial =
        |[above, here, below]: Window| ((row(above) + 2 * row(here) + row(below) + 8) >> 4) as u8;
    picture(grey, windows(grey, Border::Mirrored).map(binomial))
}

/// The length of the Sobel gradient, scaled so that its 97th percentile (interpolated, as NumPy's) is white.
fn gradient(blurred: &GrayImage) -> GrayImage {
    let lengths: Vec<f32> = windows(blurred, Border::Mirrored)
        .map(|[above, here, below]| {
            let dx = above[2] - above[0] + 2 * (here[2] - here[0]) + below[2] - below[0];
            let dy = below[0] - above[0] + 2 * (below[1] - above[1]) + below[2] - above[2];
            (dx as f32).hypot(dy as f32)
        })
        .collect();
    let mut sorted = lengths.clone();
    sorted.sort_by(f32::total_cmp);
    let rank = 0.97 * (sorted.len() - 1) as f32;
    let (below, above) = (sorted[rank.floor() as usize], sorted[rank.ceil() as usize]);
    let white = (below + (above - below) * rank.fract()).max(1.0);
    picture(
        blurred,
        lengths
            .into_iter()
            .map(|length| (length / white * 255.0).min(255.0) as u8),
    )
}

/// A pixel with its eight neighbours, row by row.
type Window = [[i32; 3]; 3];

/// What lies outside a picture.
#[derive(Clone, Copy)]
enum Border {
    Black,
    /// The picture again, mirrored about its outermost pixels.
    Mirrored,
}

/// The window around each pixel, row by row. Sides are at least 2 pixels.
fn windows(grey: &GrayImage, border: Border) -> impl Iterator<Item = Window> {
    let (width, height) = (grey.width() as i32, grey.height() as i32);
    let mirrored = |at: i32, side: i32| {
        if at < 0 {
            -at
        } else {
            at.min(2 * (side - 1) - at)
        }
    };
    let value = move |x: i32, y: i32| {
        let (inside_x, inside_y) = (mirrored(x, width), mirrored(y, height));
        match border {
            Border::Black if (inside_x, inside_y) != (x, y) => 0,
            _ => i32::from(grey.get_pixel(inside_x as u32, inside_y as u32).0[0]),
        }
    };
    let row = move |x: i32, y: i32| [value(x - 1, y), value(x, y), value(x + 1, y)];
    (0..height)
        .flat_map(move |y| (0..width).map(move |x| [row(x, y - 1), row(x, y), row(x, y + 1)]))
}

/// Values, row by row, as a picture of the same size as another.
fn picture(like: &GrayImage, values: impl Iterator<Item = u8>) -> GrayImage {
    let mut picture = GrayImage::new(like.width(), like.height());
    for (pixel, value) in picture.pixels_mut().zip(values) {
        *pixel = Luma([value]);
    }
    picture
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    /// A white square on black.
    fn square() -> GrayImage {
        GrayImage::from_fn(32, 32, |x, y| {
            Luma([if (8..24).contains(&x) && (8..24).contains(&y) {
                255
            } else {
                0
            }])
        })
    }

    #[test]
    fn blur_is_binomial_and_mirrors_the_border() {
        let mut dot = GrayImage::new(4, 4);
        dot.put_pixel(0, 0, Luma([160]));
        let blurred = blur(&dot);
        assert_eq!(blurred.get_pixel(0, 0).0, [40]);
        assert_eq!(blurred.get_pixel(1, 0).0, [20]);
        assert_eq!(blurred.get_pixel(1, 1).0, [10]);
        assert_eq!(blurred.get_pixel(2, 2).0, [0]);
        assert_eq!(
            blur(&GrayImage::from_pixel(5, 5, Luma([77]))),
            GrayImage::from_pixel(5, 5, Luma([77]))
        );
    }

    #[test]
    fn the_gradient_lights_the_outline() {
        let outline = gradient(&square());
        assert_eq!(outline.get_pixel(16, 16).0, [0]);
        assert_eq!(outline.get_pixel(2, 2).0, [0]);
        assert_eq!(outline.get_pixel(8, 16).0, [255]);
        assert_eq!(gradient(&GrayImage::new(32, 32)), GrayImage::new(32, 32));
    }

    #[test]
    fn the_pen_keeps_edges_and_never_dims_to_nothing() {
        let edges = canny(&square(), CannyThresholds::default());
        let mut random = ChaCha8Rng::seed_from_u64(1);
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..60 {
            let drawn = pen(&edges, &mut random);
            assert!(
                edges
                    .iter()
                    .zip(drawn.iter())
                    .all(|(edge, ink)| *edge == 0 || *ink > 0)
            );
            seen.insert(drawn.iter().map(|ink| u32::from(*ink)).sum::<u32>());
        }
        assert_eq!(seen.len(), 3);
    }

    #[test]
    fn transforms_are_as_documented() {
        let grey = square();
        assert_eq!(
            SourceTransform::Canny.pictures(&grey),
            [canny(&grey, CannyThresholds::default())]
        );
        assert_eq!(
            SourceTransform::Grey.pictures(&grey),
            std::slice::from_ref(&grey)
        );
        let negative = SourceTransform::Negative.pictures(&grey);
        assert_eq!(negative[0].get_pixel(0, 0).0, [255]);
        assert_eq!(negative[0].get_pixel(16, 16).0, [0]);
        let soft = SourceTransform::Soft.pictures(&grey);
        assert_eq!(soft, [grey.clone(), gradient(&blur(&grey))]);
        let mixed = SourceTransform::Mixed.pictures(&grey);
        assert_eq!(mixed.len(), 5);
        assert_eq!(mixed[0], grey);
    }
}
