//! What a hand that is not a machine's does to a line.

use rand::RngExt;
use rand::rngs::ChaCha8Rng;
use shared::drawing::Point;

use super::polyline::{Polyline, resample, shorten};

/// A line of a shaky hand: a point every `step` units, each up to `most` units off, across and down.
pub(super) fn shaken(line: &[Point], step: f32, most: f32, random: &mut ChaCha8Rng) -> Polyline {
    let line = resample(line, step).into_iter();
    line.map(|point| missed(point, most, random)).collect()
}

/// A line up to `most` units beside its place, across and down.
pub(super) fn beside(line: &[Point], most: f32, random: &mut ChaCha8Rng) -> Polyline {
    let offset = missed(Point { x: 0.0, y: 0.0 }, most, random);
    line.iter()
        .map(|point| Point {
            x: point.x + offset.x,
            y: point.y + offset.y,
        })
        .collect()
}

/// A line that starts `start` units late and ends `end` units early; a dot, which has no length to lose, as it is.
pub(super) fn unclosed(line: &[Point], start: f32, end: f32) -> Polyline {
    let left = shorten(line, start, end);
    if left.is_empty() { line.to_vec() } else { left }
}

/// A number up to `most` off zero.
pub(super) fn within(most: f32, random: &mut ChaCha8Rng) -> f32 {
    random.random_range(-most..=most)
}

fn missed(point: Point, most: f32, random: &mut ChaCha8Rng) -> Point {
    Point {
        x: point.x + within(most, random),
        y: point.y + within(most, random),
    }
}
