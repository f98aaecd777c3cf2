//! Which strokes an eraser touches.

use shared::drawing::{Point, Stroke};

/// So near the middle of a stroke it is touched, in units of the sheet.
const REACH: f32 = 14.0;

/// Whether a stroke passes near the way of the eraser from one point to another.
pub fn touches(stroke: &Stroke, from: Point, to: Point) -> bool {
    let points = stroke.points();
    let is_near = |a: Point, b: Point| distance((a, b), (from, to)) <= REACH;
    match points {
        [only] => is_near(*only, *only),
        _ => points.windows(2).any(|pair| is_near(pair[0], pair[1])),
    }
}

/// The distance of two line segments.
fn distance(one: (Point, Point), other: (Point, Point)) -> f32 {
    if cross(one, other) {
        return 0.0;
    }
    [
        to_segment(one.0, other),
        to_segment(one.1, other),
        to_segment(other.0, one),
        to_segment(other.1, one),
    ]
    .into_iter()
    .fold(f32::INFINITY, f32::min)
}

fn to_segment(point: Point, (a, b): (Point, Point)) -> f32 {
    let (x, y) = (b.x - a.x, b.y - a.y);
    let length = x * x + y * y;
    let along = if length > 0.0 {
        (((point.x - a.x) * x + (point.y - a.y) * y) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    f32::hypot(point.x - a.x - along * x, point.y - a.y - along * y)
}

/// Whether each segment has the ends of the other on both of its sides.
fn cross(one: (Point, Point), other: (Point, Point)) -> bool {
    let side = |(a, b): (Point, Point), point: Point| {
        (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x)
    };
    side(one, other.0) * side(one, other.1) < 0.0 && side(other, one.0) * side(other, one.1) < 0.0
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_stroke_is_touched_on_it_across_it_and_near_it() {
        let stroke = Stroke::from(vec![Point::from((100.0, 100.0)), (200.0, 100.0).into()]);
        let way = |from: (f32, f32), to: (f32, f32)| touches(&stroke, from.into(), to.into());
        assert!(way((150.0, 100.0), (150.0, 100.0)));
        assert!(way((150.0, 0.0), (150.0, 400.0)));
        assert!(way((150.0, 113.0), (150.0, 113.0)));
        assert!(!way((150.0, 115.0), (150.0, 300.0)));
        assert!(!way((215.0, 100.0), (400.0, 100.0)));
        let dot = Stroke::from(vec![Point::from((50.0, 50.0))]);
        assert!(touches(&dot, (40.0, 50.0).into(), (40.0, 50.0).into()));
        assert!(!touches(&dot, (0.0, 50.0).into(), (20.0, 50.0).into()));
    }
}
