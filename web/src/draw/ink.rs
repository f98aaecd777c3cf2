//! The drawing on the screen.

use std::f64::consts::TAU;

use shared::drawing::Point;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::curve::{Piece, middle, pieces};
use super::history::History;
use super::sheet::SHEET_SIDE;
use crate::canvas::context;
use crate::palette::Tokens;

/// Width of the pen in units of the sheet.
pub const INK_WIDTH: f64 = 11.0;

/// The ink on a canvas.
#[derive(Debug, Default)]
pub struct Ink {
    /// Pixels of the screen under the canvas, across and down.
    size: (u32, u32),
    /// What is on the canvas; nothing where it has to be painted anew.
    painted: Option<Painted>,
}

/// How much of a drawing is painted.
#[derive(Debug)]
struct Painted {
    context: CanvasRenderingContext2d,
    revision: u64,
    strokes: usize,
    /// Of the last of these strokes.
    points: usize,
}

impl Ink {
    /// Takes a size in pixels of the screen.
    pub fn resize(&mut self, size: (u32, u32)) {
        // A canvas that is hidden has no size; it is painted when it is seen again.
        if size != self.size && size.0 > 0 && size.1 > 0 {
            self.size = size;
            self.painted = None;
        }
    }

    /// Has all painted anew the next time: for other colours, or since a stroke is whole. A stroke that is painted piece by piece
    /// has heavier borders where the pieces meet.
    pub fn refresh(&mut self) {
        self.painted = None;
    }

    /// Brings the canvas up to the drawing: by what is new, or all of it where it was undone, cleared or to be painted anew.
    pub fn paint(&mut self, canvas: &HtmlCanvasElement, history: &History) {
        if self.size == (0, 0) {
            return;
        }
        let strokes = history.drawing().strokes();
        let painted = self.painted.take();
        let painted = painted.filter(|painted| painted.revision == history.revision());
        let Some(mut painted) = painted.or_else(|| self.blank(canvas, history.revision())) else {
            return;
        };
        if let Some(last) = painted.strokes.checked_sub(1) {
            let points = strokes[last].points();
            if points.len() > painted.points {
                // The curve continues where it left the handle before.
                let from = painted.points.saturating_sub(2);
                line(&painted.context, &points[from..], from > 0);
            }
        }
        for stroke in &strokes[painted.strokes..] {
            line(&painted.context, stroke.points(), false);
        }
        painted.strokes = strokes.len();
        painted.points = strokes.last().map_or(0, |stroke| stroke.points().len());
        self.painted = Some(painted);
    }

    /// An empty canvas in units of the sheet, with one canvas pixel to each pixel of the screen and the canvas's text colour.
    fn blank(&self, canvas: &HtmlCanvasElement, revision: u64) -> Option<Painted> {
        let (width, height) = self.size;
        let context = context(canvas)?;
        if (canvas.width(), canvas.height()) != self.size {
            canvas.set_width(width);
            canvas.set_height(height);
        }
        let scale = |pixels: u32| f64::from(pixels) / f64::from(SHEET_SIDE);
        // Refused only where a number is missing.
        let _ = context.set_transform(scale(width), 0.0, 0.0, scale(height), 0.0, 0.0);
        let side = f64::from(SHEET_SIDE);
        context.clear_rect(0.0, 0.0, side, side);
        let colour = Tokens::of(canvas).text("color");
        context.set_stroke_style_str(&colour);
        context.set_fill_style_str(&colour);
        context.set_line_width(INK_WIDTH);
        context.set_line_cap("round");
        context.set_line_join("round");
        Some(Painted {
            context,
            revision,
            strokes: 0,
            points: 0,
        })
    }
}

/// The line through points, which begins between the first two where it `continues` another.
fn line(context: &CanvasRenderingContext2d, points: &[Point], continues: bool) {
    let place = |point: Point| (f64::from(point.x), f64::from(point.y));
    let Some(&first) = points.first() else { return };
    context.begin_path();
    let (x, y) = place(first);
    if points.len() == 1 {
        // A line without length would leave no trace. An arc is refused only for a negative radius.
        let _ = context.arc(x, y, INK_WIDTH / 2.0, 0.0, TAU);
        context.fill();
        return;
    }
    let (x, y) = match continues {
        true => place(middle(first, points[1])),
        false => (x, y),
    };
    context.move_to(x, y);
    for piece in pieces(points) {
        match piece {
            Piece::Line(to) => {
                let (x, y) = place(to);
                context.line_to(x, y);
            }
            Piece::Curve { handle, to } => {
                let ((handle_x, handle_y), (x, y)) = (place(handle), place(to));
                context.quadratic_curve_to(handle_x, handle_y, x, y);
            }
        }
    }
    context.stroke();
}
