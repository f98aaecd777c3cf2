//! Lines and drawings for tests.

use shared::drawing::{Drawing, Point, Stroke};

use super::polyline::Polyline;

pub(super) fn polyline(points: &[(f32, f32)]) -> Polyline {
    points.iter().copied().map(Point::from).collect()
}

pub(super) fn drawing(strokes: &[&[(f32, f32)]]) -> Drawing {
    let strokes = strokes.iter();
    strokes
        .map(|points| Stroke::from(polyline(points)))
        .collect()
}
