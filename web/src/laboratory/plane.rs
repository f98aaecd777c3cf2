//! A canvas that shows a part of a plane: cells, lines, points and arrows.

use std::f64::consts::TAU;

use laboratory::data::{DataSet, Point};
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use super::palette::Palette;
use crate::canvas::context;
use crate::palette::{Colour, css};

/// Radius of a point's symbol, as a share of a canvas's side.
const RADIUS: f64 = 0.011;
/// Its least radius in the screen's pixels.
const LEAST_RADIUS: f64 = 1.8;
/// Width of a line, as a share of a canvas's side.
const LINE: f64 = 0.005;
/// An arrow of the longest gradient is this share of a canvas's side.
const LONGEST_ARROW: f64 = 0.09;
/// Every so many points have an arrow, so that one can tell them apart.
const ARROW_EVERY: usize = 5;

/// What is shown beside the points themselves.
#[derive(Clone, Copy)]
pub struct Shown {
    /// Whether target points have the colours of their hidden labels.
    pub labels: bool,
    /// Whether D's prediction is the background of the feature plane: without adaptation D is never trained.
    pub domain: bool,
    /// Whether D's gradient and what F gets instead are drawn as arrows.
    pub arrows: bool,
}

/// A canvas and the part of a plane that it shows.
pub struct Plane {
    context: CanvasRenderingContext2d,
    side: f64,
    bounds: [f32; 4],
}

impl Plane {
    /// The part of a plane within `bounds`: left, bottom, right, top; none where the canvas cannot be drawn on.
    pub fn new(canvas: &HtmlCanvasElement, bounds: [f32; 4]) -> Option<Self> {
        let side = f64::from(canvas.width());
        let context = context(canvas)?;
        (side > 0.0).then_some(Self {
            context,
            side,
            bounds,
        })
    }

    /// Where a point is on the canvas, whose y points down.
    fn place(&self, [x, y]: Point) -> (f64, f64) {
        let [left, bottom, right, top] = self.bounds;
        let share = |value: f32, from: f32, to: f32| f64::from((value - from) / (to - from));
        (
            share(x, left, right) * self.side,
            (1.0 - share(y, bottom, top)) * self.side,
        )
    }

    /// Paints the background.
    pub fn clear(&self, palette: &Palette) {
        self.context.set_fill_style_str(&css(palette.paper));
        self.context.fill_rect(0.0, 0.0, self.side, self.side);
    }

    /// Fills the plane with cells, rows from the lowest y.
    pub fn heat(&self, side: u32, cells: impl Iterator<Item = Colour>) {
        let mut pixels = vec![0; (side * side * 4) as usize];
        for (index, [red, green, blue]) in cells.enumerate() {
            let (row, column) = (index as u32 / side, index as u32 % side);
            let at = (((side - 1 - row) * side + column) * 4) as usize;
            if let Some(pixel) = pixels.get_mut(at..at + 4) {
                pixel.copy_from_slice(&[red, green, blue, 255]);
            }
        }
        let Some(small) = small_canvas(side, &pixels) else {
            return;
        };
        // Refused only for a canvas without pixels.
        let _ = self
            .context
            .draw_image_with_html_canvas_element_and_dw_and_dh(
                &small, 0.0, 0.0, self.side, self.side,
            );
    }

    /// Line segments, each given by four values: the coordinates of its ends.
    pub fn lines(&self, palette: &Palette, lines: &[f32]) {
        self.context.set_stroke_style_str(&palette.ink);
        self.context.set_line_width(LINE * self.side);
        self.context.begin_path();
        for &[a, b, c, d] in lines.as_chunks::<4>().0 {
            let ((x, y), (to_x, to_y)) = (self.place([a, b]), self.place([c, d]));
            self.context.move_to(x, y);
            self.context.line_to(to_x, to_y);
        }
        self.context.stroke();
    }

    /// Source points by class, target points as rings.
    pub fn points(
        &self,
        palette: &Palette,
        data: &DataSet,
        source: &[Point],
        target: &[Point],
        shown: Shown,
    ) {
        let radius = (RADIUS * self.side).max(LEAST_RADIUS);
        self.context.set_line_width(radius * 0.4);
        for (point, &class) in source.iter().zip(&data.source_labels) {
            self.context
                .set_fill_style_str(&css(palette.class(Some(class))));
            self.context.set_stroke_style_str(&css(palette.paper));
            self.trace_symbol(*point, class, radius);
            self.context.fill();
            self.context.stroke();
        }
        for (point, class) in target.iter().zip(&data.target_labels) {
            let known = class.filter(|_| shown.labels);
            self.context
                .set_stroke_style_str(&css(palette.class(known)));
            self.trace_symbol(*point, known.unwrap_or(0), radius);
            self.context.stroke();
        }
    }

    /// The outline of a class's symbol: a circle, a square or a triangle, so that nobody depends on colours.
    fn trace_symbol(&self, point: Point, class: u8, radius: f64) {
        let (x, y) = self.place(point);
        self.context.begin_path();
        match class {
            // An arc is refused only for a negative radius.
            0 => drop(self.context.arc(x, y, radius, 0.0, TAU)),
            1 => {
                let half = radius * 0.9;
                self.context
                    .rect(x - half, y - half, 2.0 * half, 2.0 * half);
            }
            _ => {
                self.context.move_to(x, y - radius * 1.2);
                self.context.line_to(x + radius * 1.1, y + radius * 0.8);
                self.context.line_to(x - radius * 1.1, y + radius * 0.8);
                self.context.close_path();
            }
        }
    }

    /// D's gradient, thin, and what F gets instead, thick: descent moves a point against both.
    pub fn arrows(&self, palette: &Palette, points: &[Point], arrows: &[f32]) {
        let (arrows, _) = arrows.as_chunks::<4>();
        let length = |[x, y]: Point| x.hypot(y);
        let longest = arrows
            .iter()
            .flat_map(|&[a, b, c, d]| [length([a, b]), length([c, d])])
            .fold(f32::MIN_POSITIVE, f32::max);
        let scale = LONGEST_ARROW * self.side / f64::from(longest);
        self.context.set_stroke_style_str(&palette.ink);
        for (point, &[a, b, c, d]) in points.iter().zip(arrows).step_by(ARROW_EVERY) {
            self.arrow(*point, [-a, -b], scale, 1.0);
            self.arrow(*point, [-c, -d], scale, 2.5);
        }
    }

    fn arrow(&self, from: Point, way: Point, scale: f64, width: f64) {
        let (x, y) = self.place(from);
        let (dx, dy) = (f64::from(way[0]) * scale, -f64::from(way[1]) * scale);
        let length = dx.hypot(dy);
        if length < 2.0 {
            return;
        }
        let head = (length * 0.35).min(6.0);
        let (ux, uy) = (dx / length * head, dy / length * head);
        self.context.set_line_width(width);
        self.context.begin_path();
        self.context.move_to(x, y);
        self.context.line_to(x + dx, y + dy);
        self.context
            .move_to(x + dx - ux - uy * 0.6, y + dy - uy + ux * 0.6);
        self.context.line_to(x + dx, y + dy);
        self.context
            .line_to(x + dx - ux + uy * 0.6, y + dy - uy - ux * 0.6);
        self.context.stroke();
    }
}

/// A canvas outside of the page with so many pixels.
fn small_canvas(side: u32, pixels: &[u8]) -> Option<HtmlCanvasElement> {
    let canvas = leptos::prelude::document().create_element("canvas").ok()?;
    let canvas: HtmlCanvasElement = canvas.unchecked_into();
    canvas.set_width(side);
    canvas.set_height(side);
    let data = ImageData::new_with_u8_clamped_array_and_sh(Clamped(pixels), side, side).ok()?;
    context(&canvas)?.put_image_data(&data, 0.0, 0.0).ok()?;
    Some(canvas)
}
