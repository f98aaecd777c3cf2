use std::ops::RangeInclusive;

use image::{GrayImage, Luma, imageops};
use shared::drawing::PEN;
use shared::input::DOODLE_SIDE;

use super::distance::squared_distances;
use super::ink::Ink;
use super::mask::{Bounds, bounds, line_width};
use super::paper::Region;
use crate::skeleton::Skeleton;

/// The larger side of the middles of a drawing's lines, in units of the box in which Quick, Draw! draws, and the page.
const DRAWN: f64 = 255.0;
/// Units of the whole picture: the box of 256, a margin, and half a line all round.
const PICTURE: f64 = 288.0 + PEN;
/// A drawing smaller than this share of its sheet is scaled as if it were so large, so that a dot stays a dot.
const LEAST: f64 = 1.0 / 16.0;
/// What is wider than this share of the drawing is a filled shape, no line.
const FILLED: f64 = 0.4;
/// Each pixel is drawn as this many rows and columns and averaged.
const FINENESS: u32 = 8;

/// How far a drawing's place and size may be from the page's, as shares of the sheet, if it's to count as drawn by it; and its lines'
/// width as a share of the pen's, where blurred ones are wider.
const PLACE_OFF: f64 = 0.03;
const SIZE_OFF: f64 = 0.06;
const PENS: RangeInclusive<f64> = 0.65..=1.6;

/// Lines as wide as the page's pen, however thin or thick they were. Areas stay filled.
pub(super) struct Lines {
    width: usize,
    /// How far each pixel's middle is inside of a line, in pixels; negative outside.
    depths: Vec<f32>,
    /// The middle of the drawing, in pixels.
    middle: (f64, f64),
    /// Units to a pixel.
    scale: f64,
    /// Whether the sheet looks as the page would have drawn it.
    as_on_the_page: bool,
}

impl Lines {
    /// None where there is no ink.
    pub fn of(ink: &Ink) -> Option<Self> {
        let bounds = bounds(&ink.mask)?;
        let size = f64::from(bounds.larger());
        let least = ink.sheet * LEAST;
        // As far as the pen reaches.
        let room = (size.max(least) * PEN / DRAWN).ceil() as u32 + 2;
        let (width, height) = ink.mask.dimensions();
        let mut mask = GrayImage::new(width + 2 * room, height + 2 * room);
        imageops::replace(&mut mask, &ink.mask, room.into(), room.into());

        let skeleton = Skeleton::of(&mask, 1);
        let width = mask.width() as usize;
        let to_edge = squared_distances(width, mask.iter().map(|ink| *ink == 0));
        let to_ink = squared_distances(width, mask.iter().map(|ink| *ink > 0));
        // The edge is between the pixels.
        let edges = to_edge.iter().zip(to_ink);
        let mut depths: Vec<f32> = edges
            .map(|(to_edge, to_ink)| to_edge.sqrt() - to_ink.sqrt())
            .map(|depth| depth - 0.5 * depth.signum())
            .collect();
        let line = f64::from(line_width(&skeleton, width, &to_edge));
        let is_filled = line > FILLED * size && size > least;
        let scale = if is_filled {
            (DRAWN + PEN) / size
        } else {
            let scale = DRAWN / (size - line).max(least);
            let pen = (PEN / scale) as f32;
            let mut middles = vec![false; depths.len()];
            for (x, y) in skeleton.pixels().map(|pixel| skeleton.place(pixel)) {
                middles[y as usize * width + x as usize] = true;
            }
            let to_middle = squared_distances(width, middles.into_iter());
            // Parts of a line that are thinner than the rest get the whole pen as well.
            for (depth, to_middle) in depths.iter_mut().zip(to_middle) {
                *depth = (*depth + (pen - line as f32) / 2.0).max(pen / 2.0 - to_middle.sqrt());
            }
            scale
        };
        let is_line = depths.iter().enumerate().filter(|(_, depth)| **depth > 0.0);
        let drawn =
            Bounds::of(is_line.map(|(place, _)| ((place % width) as u32, (place / width) as u32)))?;
        Some(Self {
            width,
            depths,
            middle: (
                f64::from(drawn.left + drawn.right) / 2.0,
                f64::from(drawn.top + drawn.bottom) / 2.0,
            ),
            // Where thin parts reach farthest, they have grown most.
            scale: scale.min((DRAWN + PEN) / f64::from(drawn.larger())),
            as_on_the_page: are_as_on_the_page(ink, bounds, line),
        })
    }

    /// Whether the sheet looks as the page would have drawn it, but for its size and its colours.
    pub fn are_as_on_the_page(&self) -> bool {
        self.as_on_the_page
    }

    /// Draws them as the page would, 28x28.
    pub fn draw(&self) -> GrayImage {
        let unit = PICTURE / f64::from(DOODLE_SIDE * FINENESS);
        let centres = |pixel: u32| {
            let parts = pixel * FINENESS..(pixel + 1) * FINENESS;
            parts.map(|part| (f64::from(part) + 0.5) * unit)
        };
        GrayImage::from_fn(DOODLE_SIDE, DOODLE_SIDE, |x, y| {
            let places = centres(y).flat_map(|y| centres(x).map(move |x| (x, y)));
            let covered = places.map(|place| (self.depth(place) / unit + 0.5).clamp(0.0, 1.0));
            let share = covered.sum::<f64>() / f64::from(FINENESS * FINENESS);
            Luma([(255.0 * share).round() as u8])
        })
    }

    /// How far a place of the picture is inside of a line; places and depths are in units.
    fn depth(&self, (x, y): (f64, f64)) -> f64 {
        let pixel = |unit: f64, middle: f64| (unit - PICTURE / 2.0) / self.scale + middle - 0.5;
        let (x, y) = (pixel(x, self.middle.0), pixel(y, self.middle.1));
        let height = self.depths.len() / self.width;
        if x < 0.0 || y < 0.0 || x >= (self.width - 1) as f64 || y >= (height - 1) as f64 {
            return f64::NEG_INFINITY;
        }
        let upper_left = y as usize * self.width + x as usize;
        let at = |place: usize| f64::from(self.depths[place]);
        let mix = |one: f64, other: f64, share: f64| one + (other - one) * share;
        let row = |left: usize| mix(at(left), at(left + 1), x.fract());
        mix(row(upper_left), row(upper_left + self.width), y.fract()) * self.scale
    }
}

/// Whether ink within such bounds, with lines of such a width in pixels, has the size, the place and the pen that the page gives it.
fn are_as_on_the_page(ink: &Ink, bounds: Bounds, line: f64) -> bool {
    let near = |found: f64, wanted: f64, off: f64| (found - wanted).abs() <= off;
    let middle = |start: f64, length: f64, (from, to): (u32, u32), pixels: u32| {
        start + length * f64::from(from + to) / 2.0 / f64::from(pixels)
    };
    let Region {
        left,
        top,
        width,
        height,
    } = ink.region;
    let across = middle(left, width, (bounds.left, bounds.right), ink.mask.width());
    let down = middle(top, height, (bounds.top, bounds.bottom), ink.mask.height());
    ink.is_square
        && near(across, 0.5, PLACE_OFF)
        && near(down, 0.5, PLACE_OFF)
        && near(
            f64::from(bounds.larger()) / ink.sheet,
            (DRAWN + PEN) / PICTURE,
            SIZE_OFF,
        )
        && PENS.contains(&(line / ink.sheet * PICTURE / PEN))
}
