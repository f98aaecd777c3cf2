//! A drawing as the path of an SVG, which a canvas takes too.

use std::fmt::Write;

use leptos::prelude::*;
use shared::drawing::{Drawing, Point, Stroke};

use crate::draw::history::SHEET_SIDE;

/// The width of the pen in a small picture, in units of the sheet: between the pen on the sheet and the network's.
pub const PEN: f64 = 15.0;

/// The strokes as path data in units of the sheet; a curve goes through the middles between neighbouring points.
pub fn path(drawing: &Drawing) -> String {
    let mut path = String::new();
    for stroke in drawing.strokes() {
        push(&mut path, stroke);
    }
    path
}

fn push(path: &mut String, stroke: &Stroke) {
    // Writing to a string never fails.
    let points = stroke.points();
    match points {
        [] => {}
        // With round ends a line of almost no length is a dot.
        [dot] => {
            let _ = write!(path, "M{:.1} {:.1}h.01", dot.x, dot.y);
        }
        [first, .., last] => {
            let _ = write!(path, "M{:.1} {:.1}", first.x, first.y);
            for pair in points[1..].windows(2) {
                let (at, to) = (pair[0], middle(pair[0], pair[1]));
                let _ = write!(path, "Q{:.1} {:.1} {:.1} {:.1}", at.x, at.y, to.x, to.y);
            }
            let _ = write!(path, "L{:.1} {:.1}", last.x, last.y);
        }
    }
}

fn middle(one: Point, other: Point) -> Point {
    Point {
        x: (one.x + other.x) / 2.0,
        y: (one.y + other.y) / 2.0,
    }
}

/// A small picture of a drawing, in the text's colour.
#[component]
pub fn Doodle(
    /// The drawing.
    #[prop(into)]
    drawing: Signal<Drawing>,
    /// What it is, for those who can't see it; without it the picture is hidden from them.
    #[prop(optional, into)]
    label: String,
) -> impl IntoView {
    let is_named = !label.is_empty();
    let data = Memo::new(move |_| path(&drawing.read()));
    view! {
        <svg
            class="doodle"
            viewBox=format!("0 0 {SHEET_SIDE} {SHEET_SIDE}")
            role=is_named.then_some("img")
            aria-label=is_named.then_some(label)
            aria-hidden=(!is_named).then_some("true")
        >
            <path d=data fill="none" stroke="currentColor" stroke-width=PEN stroke-linecap="round" stroke-linejoin="round" />
        </svg>
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn drawn(strokes: &[&[(f32, f32)]]) -> String {
        let strokes = strokes.iter().map(|stroke| {
            let points: Vec<Point> = stroke.iter().copied().map(Point::from).collect();
            Stroke::from(points)
        });
        path(&strokes.collect())
    }

    #[test]
    fn strokes_dots_and_lines_begin_and_end_where_they_were_drawn() {
        assert_eq!(drawn(&[&[(1.0, 2.0)]]), "M1.0 2.0h.01");
        assert_eq!(drawn(&[&[(1.0, 2.0), (3.0, 4.0)]]), "M1.0 2.0L3.0 4.0");
        assert_eq!(
            drawn(&[&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)], &[]]),
            "M0.0 0.0Q10.0 0.0 10.0 5.0L10.0 10.0"
        );
    }
}
