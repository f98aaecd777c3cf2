use image::GrayImage;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use serde::Serialize;
use shared::drawing::{Drawing, PEN, Point, Stroke, rasterise, rasterise_with};

use super::trace;
use super::way::{Way, length, resample, shorten};

/// Sine and cosine of 15 degrees.
const TILT: (f32, f32) = (0.258_819_04, 0.965_925_8);
/// How much longer one side becomes.
const STRETCH: f32 = 1.3;
/// Furthest that a shaky hand misses a point, across and down, in units of the box of 256, and how often it does, in units.
const SHAKE: (f32, f32) = (6.0, 16.0);
/// Units from point to point of a fast stroke.
const FAST: f32 = 40.0;
/// Most units that an end of a stroke misses, and most of the stroke's length.
const GAP: (f32, f32) = (30.0, 0.2);
/// Most units that a second line lies beside the first.
const BESIDE: f32 = 10.0;
/// Pens of other programs, in units.
const OTHER_PENS: (f64, f64) = (28.0, 8.0);
/// Pixels of the page's sheet on a wide screen, and of a tenth of it.
const SHEET: (f32, f32) = (512.0, 51.0);

/// A way in which people's drawings differ from a data set's. All but [`Thick`](Self::Thick) and [`Thin`](Self::Thin) are
/// drawings on the page, which has one pen; these two are what bitmaps of another program with another pen would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Distortion {
    /// As traced.
    None,
    /// The bitmap of that traced and drawn once more: what it loses against [`None`](Self::None) is what tracing alone costs.
    Again,
    /// A tenth of the sheet wide, each point on a whole pixel, as a mouse gives it.
    Small,
    /// In a corner of the sheet, at half its width, each point on a whole pixel.
    OffCentre,
    /// Turned by 15 degrees, either way.
    Tilted,
    /// One side, either, 1.3 times as long.
    Stretched,
    /// Left and right exchanged.
    Mirrored,
    /// Every 16 units of the box of 256 (a pen's width), a point up to 6 units off.
    Shaky,
    /// Points 40 units apart: corners cut and curves angular, as when the pointer is faster than its events.
    Fast,
    /// Each stroke up to 30 units short at either end, at most a fifth of its length: no corner meets and no round closes.
    Unclosed,
    /// Each stroke drawn a second time, up to 10 units beside the first: a sketcher's, and as thick as the page's pen can be made.
    Twice,
    /// Tilted, stretched, shaky and unclosed at once.
    Careless,
    /// A pen 28 units wide instead of 16.
    Thick,
    /// A pen 8 units wide.
    Thin,
}

impl Distortion {
    /// All, from none on.
    pub const ALL: [Self; 14] = [
        Self::None,
        Self::Again,
        Self::Small,
        Self::OffCentre,
        Self::Tilted,
        Self::Stretched,
        Self::Mirrored,
        Self::Shaky,
        Self::Fast,
        Self::Unclosed,
        Self::Twice,
        Self::Careless,
        Self::Thick,
        Self::Thin,
    ];

    /// What it is, in a few words.
    pub fn words(self) -> &'static str {
        match self {
            Self::None => "redrawn as it is",
            Self::Again => "that traced and redrawn again",
            Self::Small => "small: a tenth of the sheet",
            Self::OffCentre => "in a corner, half the size",
            Self::Tilted => "tilted by 15 degrees",
            Self::Stretched => "stretched 1.3 to 1",
            Self::Mirrored => "mirrored",
            Self::Shaky => "shaky",
            Self::Fast => "fast: few points",
            Self::Unclosed => "unclosed",
            Self::Twice => "every line twice",
            Self::Careless => "tilted, stretched, shaky, unclosed",
            Self::Thick => "bitmap of a thick pen",
            Self::Thin => "bitmap of a thin pen",
        }
    }

    /// A drawing (in units of the box of 256, as [`trace`](super::trace) gives it) as it looks with this distortion, 28x28. What is
    /// random grows from `seed` alone, the number of the picture for example.
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

    /// The strokes with this distortion.
    pub fn drawing(self, drawing: &Drawing, seed: u64) -> Drawing {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(self as u64);
        self.distort(drawing, &mut random)
    }

    fn distort(self, drawing: &Drawing, random: &mut ChaCha8Rng) -> Drawing {
        match self {
            Self::None | Self::Thick | Self::Thin => drawing.clone(),
            Self::Again => trace(&rasterise(drawing)),
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
            Self::Shaky => redrawn(drawing, |way| {
                let way = resample(way, SHAKE.1);
                way.into_iter()
                    .map(|point| missed(point, SHAKE.0, random))
                    .collect()
            }),
            Self::Fast => redrawn(drawing, |way| resample(way, FAST)),
            Self::Unclosed => redrawn(drawing, |way| {
                let most = GAP.0.min(length(way) * GAP.1);
                let left = shorten(
                    way,
                    random.random_range(0.0..=most),
                    random.random_range(0.0..=most),
                );
                // A dot has no length to lose.
                if left.is_empty() { way.to_vec() } else { left }
            }),
            Self::Twice => {
                let again = redrawn(drawing, |way| {
                    let beside = missed(Point { x: 0.0, y: 0.0 }, BESIDE, random);
                    way.iter()
                        .map(|point| Point {
                            x: point.x + beside.x,
                            y: point.y + beside.y,
                        })
                        .collect()
                });
                let strokes = drawing.strokes().iter().chain(again.strokes());
                strokes.cloned().collect()
            }
            Self::Careless => [Self::Unclosed, Self::Shaky, Self::Stretched, Self::Tilted]
                .into_iter()
                .fold(drawing.clone(), |drawing, part| {
                    part.distort(&drawing, random)
                }),
        }
    }
}

fn sign(random: &mut ChaCha8Rng) -> f32 {
    if random.random() { 1.0 } else { -1.0 }
}

fn missed(point: Point, most: f32, random: &mut ChaCha8Rng) -> Point {
    Point {
        x: point.x + random.random_range(-most..=most),
        y: point.y + random.random_range(-most..=most),
    }
}

fn redrawn(drawing: &Drawing, mut change: impl FnMut(&[Point]) -> Way) -> Drawing {
    let strokes = drawing.strokes().iter();
    strokes
        .map(|stroke| Stroke::from(change(stroke.points())))
        .collect()
}

fn moved(drawing: &Drawing, place: impl Fn(f32, f32) -> (f32, f32)) -> Drawing {
    redrawn(drawing, |way| {
        let points = way.iter();
        points
            .map(|point| Point::from(place(point.x, point.y)))
            .collect()
    })
}

#[cfg(test)]
mod tests;
