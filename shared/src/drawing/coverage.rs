//! How much of each pixel a round pen covers on its way along a stroke.

use image::GrayImage;

use crate::input::DOODLE_SIDE;

/// Samples to a pixel in each direction.
pub const SAMPLES: usize = 4;
/// Side of the picture in samples.
pub const SIDE: usize = DOODLE_SIDE as usize * SAMPLES;

/// A place on the picture in samples, x to the right and y down.
pub type Place = (f32, f32);

/// One stroke as the squared distances of the samples to it.
pub struct Coverage {
    /// Half the pen's width, in samples.
    radius: f32,
    /// By rows; infinite outside of `touched`.
    squares: Vec<f32>,
    /// The samples of each row that the pen may have reached: the first, and the one after the last.
    touched: [(usize, usize); SIDE],
}

const UNTOUCHED: (usize, usize) = (SIDE, 0);

impl Coverage {
    /// A pen of half the width `radius`, in samples, that has drawn nothing yet.
    pub fn new(radius: f32) -> Self {
        Self {
            radius,
            squares: vec![f32::INFINITY; SIDE * SIDE],
            touched: [UNTOUCHED; SIDE],
        }
    }

    /// Draws a stroke; one of a single place is a dot.
    pub fn draw(&mut self, mut places: impl Iterator<Item = Place>) {
        let Some(mut from) = places.next() else {
            return;
        };
        self.segment(from, from);
        for to in places {
            self.segment(from, to);
            from = to;
        }
    }

    /// Only the samples in reach of the segment are looked at, row by row.
    fn segment(&mut self, (x, y): Place, to: Place) {
        let (along, down) = (to.0 - x, to.1 - y);
        let length = along * along + down * down;
        let part = if length > 0.0 { 1.0 / length } else { 0.0 };
        let reach = self.radius + 0.5;
        for row in within(y.min(to.1) - reach, y.max(to.1) + reach) {
            let below = MIDDLES[row] - y;
            // The part of the segment that is near enough to this row, from 0 to 1.
            let (start, end) = if down == 0.0 {
                (0.0, 1.0)
            } else {
                let (one, other) = ((below - reach) / down, (below + reach) / down);
                (
                    one.min(other).clamp(0.0, 1.0),
                    one.max(other).clamp(0.0, 1.0),
                )
            };
            let (left, right) = (x + start * along, x + end * along);
            let columns = within(left.min(right) - reach, left.max(right) + reach);
            if columns.is_empty() {
                continue;
            }
            let touched = &mut self.touched[row];
            *touched = (touched.0.min(columns.start), touched.1.max(columns.end));
            let squares = &mut self.squares[row * SIDE..][columns.clone()];
            for (square, middle) in squares.iter_mut().zip(&MIDDLES[columns]) {
                let beside = middle - x;
                let nearest = ((beside * along + below * down) * part).clamp(0.0, 1.0);
                let (across, up) = (beside - nearest * along, below - nearest * down);
                let distance = across * across + up * up;
                *square = if distance < *square {
                    distance
                } else {
                    *square
                };
            }
        }
    }

    /// Lays the stroke over the picture in white, as thick as it covers each pixel, and forgets it. Strokes that cross add
    /// up as in cairo.
    pub fn lay_over(&mut self, picture: &mut GrayImage) {
        let lines = picture.chunks_exact_mut(DOODLE_SIDE as usize);
        let rows = self.squares.chunks_exact_mut(SIDE * SAMPLES);
        let touched = self.touched.chunks_exact_mut(SAMPLES);
        for ((levels, rows), touched) in lines.zip(rows).zip(touched) {
            let first = touched.iter().map(|columns| columns.0).min();
            let last = touched.iter().map(|columns| columns.1).max();
            let (Some(first), Some(last)) = (first, last) else {
                continue;
            };
            if first >= last {
                continue;
            }
            let pixels = first / SAMPLES..last.div_ceil(SAMPLES);
            let mut sums = [0.0_f32; DOODLE_SIDE as usize];
            for row in rows.chunks_exact_mut(SIDE) {
                let row = &mut row[pixels.start * SAMPLES..pixels.end * SAMPLES];
                for (sum, squares) in sums[pixels.clone()]
                    .iter_mut()
                    .zip(row.chunks_exact_mut(SAMPLES))
                {
                    for square in squares {
                        *sum += covered(square.sqrt(), self.radius);
                        *square = f32::INFINITY;
                    }
                }
            }
            touched.fill(UNTOUCHED);
            for (level, sum) in levels[pixels.clone()].iter_mut().zip(&sums[pixels]) {
                let uncovered = 1.0 - sum / (SAMPLES * SAMPLES) as f32;
                let left = f32::from(255 - *level) * uncovered;
                *level = 255 - (left + 0.5) as u8;
            }
        }
    }
}

/// How much of a sample at this distance lies within the pen: all of it 1, nothing 0.
fn covered(distance: f32, radius: f32) -> f32 {
    let (near, far) = (distance - 0.5, distance + 0.5);
    let inner = if near > -radius { near } else { -radius };
    let outer = if far < radius { far } else { radius };
    if outer > inner { outer - inner } else { 0.0 }
}

/// The middles of the samples of a row: a table, since it is faster than to convert each number.
const MIDDLES: [f32; SIDE] = {
    let mut middles = [0.5; SIDE];
    let mut sample = 1;
    while sample < SIDE {
        middles[sample] += sample as f32;
        sample += 1;
    }
    middles
};

/// The samples whose middles lie between two places of one direction.
fn within(from: f32, to: f32) -> std::ops::Range<usize> {
    // Conversion takes what is below 0 as 0.
    let first = (from - 0.5).ceil() as usize;
    let end = ((to + 0.5).floor() as usize).min(SIDE);
    first..end.max(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(radius: f32, places: &[Place]) -> f32 {
        let mut picture = GrayImage::new(DOODLE_SIDE, DOODLE_SIDE);
        let mut coverage = Coverage::new(radius);
        coverage.draw(places.iter().copied());
        coverage.lay_over(&mut picture);
        let sum: u32 = picture.iter().copied().map(u32::from).sum();
        sum as f32 / 255.0 * (SAMPLES * SAMPLES) as f32
    }

    #[test]
    fn areas_are_those_of_geometry() {
        use std::f32::consts::PI;
        for radius in [0.2, 1.0, 3.0, 8.0] {
            for (x, y) in [(40.0, 0.0), (0.0, 40.0), (28.0, 28.0), (13.0, -31.0)] {
                let length = f32::hypot(x, y);
                let area = sum(radius, &[(50.3, 60.1), (50.3 + x, 60.1 + y)]);
                let expected = 2.0 * radius * length + PI * radius * radius;
                assert!(
                    (area - expected).abs() < 0.02 * expected + 1.0,
                    "{radius} {x} {y}: {area}, not {expected}"
                );
            }
        }
    }

    #[test]
    fn a_stroke_is_laid_over_once_where_it_crosses_itself() {
        let there = sum(3.0, &[(20.0, 20.0), (90.0, 80.0)]);
        let there_and_back = sum(3.0, &[(20.0, 20.0), (90.0, 80.0), (20.0, 20.0)]);
        assert_eq!(there, there_and_back);
    }

    #[test]
    fn points_between_change_nothing() {
        let places: Vec<Place> = (0..=70_u8)
            .map(|step| (20.0 + f32::from(step), 31.0))
            .collect();
        assert_eq!(sum(3.0, &places), sum(3.0, &[places[0], places[70]]));
    }

    #[test]
    fn what_lies_outside_is_left_out() {
        assert_eq!(sum(3.0, &[(-50.0, -9.0), (300.0, -9.0)]), 0.0);
        assert_eq!(sum(3.0, &[(-50.0, 500.0)]), 0.0);
        assert!(sum(400.0, &[(50.0, 50.0)]) == (SIDE * SIDE) as f32);
    }

    #[test]
    fn a_stroke_leaves_nothing_to_the_next() {
        let mut picture = GrayImage::new(DOODLE_SIDE, DOODLE_SIDE);
        let mut coverage = Coverage::new(3.0);
        coverage.draw([(20.0, 20.0), (90.0, 80.0)].into_iter());
        coverage.lay_over(&mut picture);
        let before = picture.clone();
        coverage.lay_over(&mut picture);
        assert_eq!(picture, before);
    }
}
