//! Strokes of a pen, and the bitmap that Quick, Draw! would make of them.

mod coverage;
mod raster;

use serde::{Deserialize, Serialize};

pub use raster::{PEN, frame, rasterise, rasterise_with};

/// A place on the canvas in pixels, x to the right and y down. As JSON: `[x, y]`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "(f32, f32)", into = "(f32, f32)")]
pub struct Point {
    /// Distance from the left.
    pub x: f32,
    /// Distance from the top.
    pub y: f32,
}

impl From<(f32, f32)> for Point {
    fn from((x, y): (f32, f32)) -> Self {
        Self { x, y }
    }
}

impl From<Point> for (f32, f32) {
    fn from(point: Point) -> Self {
        (point.x, point.y)
    }
}

/// The way of the pen from down to up. As JSON: a list of points.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Stroke {
    points: Vec<Point>,
}

impl Stroke {
    /// Lengthens the stroke to `point`.
    pub fn push(&mut self, point: Point) {
        self.points.push(point);
    }

    /// The points in the order of drawing.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// Whether there is no point yet.
    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }
}

impl From<Vec<Point>> for Stroke {
    fn from(points: Vec<Point>) -> Self {
        Self { points }
    }
}

/// Strokes in the order of drawing. As JSON: a list of strokes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Drawing {
    strokes: Vec<Stroke>,
}

impl Drawing {
    /// Puts the pen down: starts a stroke.
    pub fn begin(&mut self, point: Point) {
        self.strokes.push(Stroke::from(vec![point]));
    }

    /// Moves the pen: lengthens the last stroke, or starts the first.
    pub fn extend(&mut self, point: Point) {
        match self.strokes.last_mut() {
            Some(stroke) => stroke.push(point),
            None => self.begin(point),
        }
    }

    /// Whether nothing is drawn.
    pub fn is_empty(&self) -> bool {
        self.strokes.iter().all(Stroke::is_empty)
    }

    /// The strokes in the order of drawing, taken out.
    pub fn into_strokes(self) -> Vec<Stroke> {
        self.strokes
    }

    /// The strokes in the order of drawing.
    pub fn strokes(&self) -> &[Stroke] {
        &self.strokes
    }
}

impl FromIterator<Stroke> for Drawing {
    fn from_iter<T: IntoIterator<Item = Stroke>>(strokes: T) -> Self {
        Self {
            strokes: strokes.into_iter().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(x: f32, y: f32) -> Point {
        Point { x, y }
    }

    #[test]
    fn strokes_are_begun_and_lengthened() {
        let mut drawing = Drawing::default();
        assert!(drawing.is_empty());
        drawing.extend(point(1.0, 2.0));
        drawing.extend(point(3.0, 4.0));
        drawing.begin(point(5.0, 6.0));
        let lengths: Vec<usize> = drawing.strokes().iter().map(|s| s.points().len()).collect();
        assert_eq!(lengths, [2, 1]);
        assert!(!drawing.is_empty());
    }

    #[test]
    fn json_is_lists_of_pairs() {
        let mut drawing = Drawing::default();
        drawing.begin(point(1.0, 2.5));
        drawing.extend(point(3.0, 4.0));
        let json = serde_json::to_string(&drawing).unwrap();
        assert_eq!(json, "[[[1.0,2.5],[3.0,4.0]]]");
        assert_eq!(serde_json::from_str::<Drawing>(&json).unwrap(), drawing);
    }

    #[test]
    fn a_drawing_of_empty_strokes_is_empty() {
        assert!(Drawing::from_iter([Stroke::default()]).is_empty());
    }
}
