//! Strokes as they are shown: smooth where the hand went round, sharp where it turned.

use std::fmt::Write;

use shared::drawing::{Point, Stroke};

/// A turn by more than this is a corner: the cosine of 55 degrees.
const CORNER: f32 = 0.574;

/// A piece of a curve, from where the one before ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Piece {
    /// Straight to a point.
    Line(Point),
    /// A quadratic Bézier curve.
    Curve {
        /// The point that it bends towards.
        handle: Point,
        /// Its end.
        to: Point,
    },
}

/// The pieces of a line through points, from the first one on: each point on the way is the handle of a curve from the middle before
/// it to the middle after it, unless it is a corner.
pub fn pieces(points: &[Point]) -> impl Iterator<Item = Piece> {
    let on_the_way = points.windows(3).map(|three| {
        let [before, point, after] = [three[0], three[1], three[2]];
        if is_corner(before, point, after) {
            Piece::Line(point)
        } else {
            Piece::Curve {
                handle: point,
                to: middle(point, after),
            }
        }
    });
    let last = points.get(1..).and_then(<[Point]>::last);
    on_the_way.chain(last.map(|&last| Piece::Line(last)))
}

/// Half-way between two points.
pub fn middle(one: Point, other: Point) -> Point {
    Point {
        x: (one.x + other.x) / 2.0,
        y: (one.y + other.y) / 2.0,
    }
}

fn is_corner(before: Point, point: Point, after: Point) -> bool {
    let come = (point.x - before.x, point.y - before.y);
    let go = (after.x - point.x, after.y - point.y);
    let lengths = f32::hypot(come.0, come.1) * f32::hypot(go.0, go.1);
    come.0 * go.0 + come.1 * go.1 < CORNER * lengths
}

/// A stroke as a path of SVG.
pub fn path(stroke: &Stroke) -> String {
    let points = stroke.points();
    let Some(first) = points.first() else {
        return String::new();
    };
    let mut path = format!("M{:.1} {:.1}", first.x, first.y);
    if points.len() == 1 {
        // With round ends that is a dot.
        path.push_str("h0");
    }
    for piece in pieces(points) {
        // A string takes everything.
        let _ = match piece {
            Piece::Line(to) => write!(path, "L{:.1} {:.1}", to.x, to.y),
            Piece::Curve { handle, to } => {
                write!(
                    path,
                    "Q{:.1} {:.1} {:.1} {:.1}",
                    handle.x, handle.y, to.x, to.y
                )
            }
        };
    }
    path
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn stroke(points: &[(f32, f32)]) -> String {
        let points: Vec<Point> = points.iter().map(|&point| point.into()).collect();
        path(&Stroke::from(points))
    }

    #[test]
    fn a_stroke_begins_and_ends_where_it_was_drawn() {
        assert_eq!(stroke(&[]), "");
        assert_eq!(stroke(&[(1.0, 2.0)]), "M1.0 2.0h0");
        assert_eq!(stroke(&[(1.0, 2.0), (3.0, 4.0)]), "M1.0 2.0L3.0 4.0");
    }

    #[test]
    fn a_bend_is_smooth_and_a_corner_is_sharp() {
        assert_eq!(
            stroke(&[(0.0, 0.0), (10.0, 0.0), (20.0, 10.0)]),
            "M0.0 0.0Q10.0 0.0 15.0 5.0L20.0 10.0"
        );
        assert_eq!(
            stroke(&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)]),
            "M0.0 0.0L10.0 0.0L10.0 10.0"
        );
    }
}
