use image::GrayImage;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use serde::Serialize;
use shared::drawing::{Drawing, PEN, Point, Stroke, rasterise, rasterise_with};

use super::hand::{beside, shaken, unclosed};
use super::polyline::{Polyline, length, resample};
use super::trace;

/// Sine and cosine of 15 degrees.
const TILT: (f32, f32) = (0.258_819_04, 0.965_925_8);
/// How much longer one side becomes.
const STRETCH: f32 = 1.3;
/// The largest error of a shaky hand, across and down, and the distance between such errors, in units of the box of 256.
const SHAKE: (f32, f32) = (6.0, 16.0);
/// Units from point to point of a fast stroke.
const FAST: f32 = 40.0;
/// The largest part that is missing at an end of a stroke, in units and as a share of the stroke's length.
const GAP: (f32, f32) = (30.0, 0.2);
/// The largest distance of a second line from the first, in units.
const BESIDE: f32 = 10.0;
/// Pens of other programs, in units.
const OTHER_PENS: (f64, f64) = (28.0, 8.0);
/// Pixels of the page's sheet on a wide screen, and of a tenth of it.
const SHEET: (f32, f32) = (512.0, 51.0);

/// A change by which people's drawings differ from a data set's. All but [`Thick`](Self::Thick) and [`Thin`](Self::Thin) are
/// drawings on the page, which has one pen; these two are what bitmaps of another program with another pen would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Perturbation {
    /// As traced.
    None,
    /// Traced and drawn twice: the loss against [`None`](Self::None) is what tracing alone costs.
    Retraced,
    /// A tenth of the sheet wide, each point on a whole pixel, as a mouse gives it.
    Small,
    /// In a corner of the sheet, at half its width, each point on a whole pixel.
    OffCentre,
    /// Turned by 15 degrees, either line.
    Tilted,
    /// Width or height times 1.3.
    Stretched,
    /// Left and right exchanged.
    Mirrored,
    /// Every 16 units of the box of 256 (a pen's width), a point up to 6 units off.
    Shaky,
    /// Points 40 units apart: corners cut and curves angular, as when the pointer is faster than its events.
    Fast,
    /// Each stroke up to 30 units short at either end, at most a fifth of its length: no corner meets and no line is closed.
    Unclosed,
    /// Each stroke drawn a second time, up to 10 units from the first, as in a sketch, and as thick as the page's pen can be made.
    Twice,
    /// Tilted, stretched, shaky and unclosed at once.
    Combined,
    /// A pen 28 units wide instead of 16.
    Thick,
    /// A pen 8 units wide.
    Thin,
}

impl Perturbation {
    /// All, starting with none.
    pub const ALL: [Self; 14] = [
        Self::None,
        Self::Retraced,
        Self::Small,
        Self::OffCentre,
        Self::Tilted,
        Self::Stretched,
        Self::Mirrored,
        Self::Shaky,
        Self::Fast,
        Self::Unclosed,
        Self::Twice,
        Self::Combined,
        Self::Thick,
        Self::Thin,
    ];

    /// A description in a few words.
    pub fn words(self) -> &'static str {
        match self {
            Self::None => "traced and drawn",
            Self::Retraced => "traced and drawn twice",
            Self::Small => "small: a tenth of the sheet",
            Self::OffCentre => "in a corner, half the size",
            Self::Tilted => "tilted by 15 degrees",
            Self::Stretched => "stretched 1.3 to 1",
            Self::Mirrored => "mirrored",
            Self::Shaky => "shaky",
            Self::Fast => "fast: few points",
            Self::Unclosed => "unclosed",
            Self::Twice => "every line twice",
            Self::Combined => "tilted, stretched, shaky, unclosed",
            Self::Thick => "bitmap of a thick pen",
            Self::Thin => "bitmap of a thin pen",
        }
    }

    /// A drawing (in units of the box of 256, as [`trace`](super::trace) gives it) with this perturbation, 28x28. `seed`,
    /// such as the number of the picture, decides what is random.
    pub fn bitmap(self, drawing: &Drawing, seed: u64) -> GrayImage {
        rasterise_with(&self.drawing(drawing, seed), self.pen())
    }

    /// Width of the pen in units of the box.
    fn pen(self) -> f64 {
        match self {
            Self::Thick => OTHER_PENS.0,
            Self::Thin => OTHER_PENS.1,
            _ => PEN,
        }
    }

    /// The strokes with this perturbation.
    pub fn drawing(self, drawing: &Drawing, seed: u64) -> Drawing {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(self as u64);
        self.perturb(drawing, &mut random)
    }

    fn perturb(self, drawing: &Drawing, random: &mut ChaCha8Rng) -> Drawing {
        match self {
            Self::None | Self::Thick | Self::Thin => drawing.clone(),
            Self::Retraced => trace(&rasterise(drawing)),
            Self::Small => moved(drawing, |x, y| {
                let place = |at: f32| (at * SHEET.1 / 256.0 + (SHEET.0 - SHEET.1) / 2.0).round();
                (place(x), place(y))
            }),
            Self::OffCentre => moved(drawing, |x, y| {
                let place = |at: f32| (at * SHEET.0 / 512.0 + SHEET.0 / 2.0).round();
                (place(x), place(y))
            }),
            Self::Tilted => {
                let (sine, cosine) = (TILT.0 * sign(random), TILT.1);
                moved(drawing, |x, y| {
                    (cosine * x - sine * y, sine * x + cosine * y)
                })
            }
            Self::Stretched => {
                let (wide, high) = if random.random() {
                    (STRETCH, 1.0)
                } else {
                    (1.0, STRETCH)
                };
                moved(drawing, |x, y| (x * wide, y * high))
            }
            Self::Mirrored => moved(drawing, |x, y| (-x, y)),
            Self::Shaky => with_strokes(drawing, |line| shaken(line, SHAKE.1, SHAKE.0, random)),
            Self::Fast => with_strokes(drawing, |line| resample(line, FAST)),
            Self::Unclosed => with_strokes(drawing, |line| {
                let most = GAP.0.min(length(line) * GAP.1);
                unclosed(
                    line,
                    random.random_range(0.0..=most),
                    random.random_range(0.0..=most),
                )
            }),
            Self::Twice => {
                let second = with_strokes(drawing, |line| beside(line, BESIDE, random));
                let strokes = drawing.strokes().iter().chain(second.strokes());
                strokes.cloned().collect()
            }
            Self::Combined => [Self::Unclosed, Self::Shaky, Self::Stretched, Self::Tilted]
                .into_iter()
                .fold(drawing.clone(), |drawing, part| {
                    part.perturb(&drawing, random)
                }),
        }
    }
}

fn sign(random: &mut ChaCha8Rng) -> f32 {
    if random.random() { 1.0 } else { -1.0 }
}

fn with_strokes(drawing: &Drawing, mut change: impl FnMut(&[Point]) -> Polyline) -> Drawing {
    let strokes = drawing.strokes().iter();
    strokes
        .map(|stroke| Stroke::from(change(stroke.points())))
        .collect()
}

fn moved(drawing: &Drawing, place: impl Fn(f32, f32) -> (f32, f32)) -> Drawing {
    with_strokes(drawing, |line| {
        let points = line.iter();
        points
            .map(|point| Point::from(place(point.x, point.y)))
            .collect()
    })
}

#[cfg(test)]
mod tests;
