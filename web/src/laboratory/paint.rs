//! What the two planes look like on their canvases.

use std::f64::consts::TAU;

use laboratory::data::{DataSet, INPUT_REACH, Point};
use protocol::laboratory::Frame;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use crate::canvas::context;
use crate::palette::{Colour, Tokens, css};

/// Radius of a point's mark, as a share of a canvas's side.
const RADIUS: f64 = 0.011;
/// An arrow of the longest gradient is this share of a canvas's side.
const LONGEST_ARROW: f64 = 0.09;
/// Every so many points have an arrow, so that one can tell them apart.
const ARROW_EVERY: usize = 5;

/// The colours of a plane, from the page's style.
pub struct Palette {
    paper: Colour,
    ink: String,
    quiet: String,
    classes: [Colour; 3],
    source: Colour,
    target: Colour,
}

impl Palette {
    /// Those that hold for an element now.
    pub fn of(element: &HtmlCanvasElement) -> Self {
        let tokens = Tokens::of(element);
        let colour = |name| tokens.colour(name);
        Self {
            paper: colour("--sheet"),
            ink: tokens.text("--ink"),
            quiet: tokens.text("--quiet"),
            classes: ["--class-1", "--class-2", "--class-3"].map(colour),
            source: colour("--source"),
            target: colour("--target"),
        }
    }

    fn class(&self, class: Option<u8>) -> String {
        match class {
            Some(class) => css(self.classes[usize::from(class) % self.classes.len()]),
            None => self.quiet.clone(),
        }
    }
}

/// What is shown beside the points themselves.
#[derive(Clone, Copy)]
pub struct Shown {
    /// Whether target points have the colours of their hidden labels.
    pub labels: bool,
    /// Whether D's gradient and what F gets instead are drawn as arrows.
    pub arrows: bool,
}

/// Paints the input plane: C's regions, source points by class, target points as rings.
pub fn paint_input(
    canvas: &HtmlCanvasElement,
    data: &DataSet,
    frame: Option<&Frame>,
    shown: Shown,
) {
    let palette = Palette::of(canvas);
    let Some(plane) = Plane::new(
        canvas,
        [-INPUT_REACH, -INPUT_REACH, INPUT_REACH, INPUT_REACH],
    ) else {
        return;
    };
    plane.clear(&palette);
    if let Some(frame) = frame
        .filter(|frame| frame.classes.len() as u32 == frame.side * frame.side * data.classes as u32)
    {
        let cells = frame.classes.chunks(data.classes);
        plane.heat(
            frame.side,
            cells.map(|cell| blend(palette.paper, &palette.classes, cell)),
        );
    }
    plane.points(&palette, data, &data.source, &data.target, shown);
}

/// Paints the feature plane: D's verdict, all points where F puts them, and their gradients.
pub fn paint_features(canvas: &HtmlCanvasElement, data: &DataSet, frame: &Frame, shown: Shown) {
    let palette = Palette::of(canvas);
    let Ok(bounds) = <[f32; 4]>::try_from(frame.bounds.as_slice()) else {
        return;
    };
    let Some(plane) = Plane::new(canvas, bounds) else {
        return;
    };
    plane.clear(&palette);
    let domains = frame.domains.iter().map(|&source| {
        blend(
            palette.paper,
            &[palette.target, palette.source],
            &[1.0 - source, source],
        )
    });
    if frame.domains.len() as u32 == frame.side * frame.side {
        plane.heat(frame.side, domains);
    }
    let (points, _) = frame.features.as_chunks::<2>();
    // The data may have changed since the frame was made.
    if points.len() != data.source.len() + data.target.len() {
        return;
    }
    let (source, target) = points.split_at(data.source.len());
    plane.points(&palette, data, source, target, shown);
    if shown.arrows {
        plane.arrows(&palette, points, &frame.arrows);
    }
}

/// A canvas and the part of a plane that it shows.
struct Plane {
    context: CanvasRenderingContext2d,
    side: f64,
    bounds: [f32; 4],
}

impl Plane {
    fn new(canvas: &HtmlCanvasElement, bounds: [f32; 4]) -> Option<Self> {
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

    fn clear(&self, palette: &Palette) {
        self.context.set_fill_style_str(&css(palette.paper));
        self.context.fill_rect(0.0, 0.0, self.side, self.side);
    }

    /// Fills the plane with cells, rows from the lowest y.
    fn heat(&self, side: u32, cells: impl Iterator<Item = Colour>) {
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

    fn points(
        &self,
        palette: &Palette,
        data: &DataSet,
        source: &[Point],
        target: &[Point],
        shown: Shown,
    ) {
        let radius = RADIUS * self.side;
        self.context.set_line_width(radius * 0.4);
        for (point, &class) in source.iter().zip(&data.source_labels) {
            self.context.set_fill_style_str(&palette.class(Some(class)));
            self.context.set_stroke_style_str(&css(palette.paper));
            self.mark(*point, class, radius);
            self.context.fill();
            self.context.stroke();
        }
        for (point, class) in target.iter().zip(&data.target_labels) {
            let known = class.filter(|_| shown.labels);
            self.context.set_stroke_style_str(&palette.class(known));
            self.mark(*point, known.unwrap_or(0), radius);
            self.context.stroke();
        }
    }

    /// The outline of a class's mark: a circle, a square or a triangle, so that nobody depends on colours.
    fn mark(&self, point: Point, class: u8, radius: f64) {
        let (x, y) = self.place(point);
        self.context.begin_path();
        match class % 3 {
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
    fn arrows(&self, palette: &Palette, points: &[Point], arrows: &[f32]) {
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

/// The paper, tinted by colours as much as each one's weight says, 0 to 1.
fn blend(paper: Colour, colours: &[Colour], weights: &[f32]) -> Colour {
    const TINT: f32 = 0.45;
    [0, 1, 2].map(|channel| {
        let mixed: f32 = colours
            .iter()
            .zip(weights)
            .map(|(colour, weight)| f32::from(colour[channel]) * weight)
            .sum();
        (f32::from(paper[channel]) * (1.0 - TINT) + mixed * TINT).round() as u8
    })
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_certain_cell_has_its_class_s_tint_and_an_undecided_one_lies_between() {
        let (paper, classes) = ([255; 3], [[255, 0, 0], [0, 0, 255]]);
        let first = blend(paper, &classes, &[1.0, 0.0]);
        let between = blend(paper, &classes, &[0.5, 0.5]);
        assert_eq!(first, [255, 140, 140]);
        assert!(between[0] < first[0] && between[2] > first[2]);
    }
}
