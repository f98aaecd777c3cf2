//! The drawing on the screen.

use std::f64::consts::TAU;

use leptos::prelude::window;
use shared::drawing::{Drawing, Stroke};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::history::SHEET_SIDE;
use crate::canvas::context;

/// Width of the pen in units of the sheet.
const INK_WIDTH: f64 = 11.0;

/// Draws everything anew in the canvas's text colour, with one canvas pixel to each pixel of the screen.
pub fn paint(canvas: &HtmlCanvasElement, drawing: &Drawing) {
    let side = f64::from(canvas.client_width()) * window().device_pixel_ratio();
    let pixels = side.round() as u32;
    if (canvas.width(), canvas.height()) != (pixels, pixels) {
        canvas.set_width(pixels);
        canvas.set_height(pixels);
    }
    let Some(context) = context(canvas) else {
        return;
    };
    context.clear_rect(0.0, 0.0, f64::from(pixels), f64::from(pixels));
    let scale = side / f64::from(SHEET_SIDE);
    let colour = colour(canvas);
    context.set_stroke_style_str(&colour);
    context.set_fill_style_str(&colour);
    context.set_line_width(INK_WIDTH * scale);
    context.set_line_cap("round");
    context.set_line_join("round");
    for stroke in drawing.strokes() {
        draw(&context, stroke, scale);
    }
}

fn draw(context: &CanvasRenderingContext2d, stroke: &Stroke, scale: f64) {
    let mut places = stroke
        .points()
        .iter()
        .map(|point| (f64::from(point.x) * scale, f64::from(point.y) * scale));
    let Some((x, y)) = places.next() else { return };
    context.begin_path();
    if places.len() == 0 {
        // A line without length would leave no trace. An arc is refused only for a negative radius.
        let _ = context.arc(x, y, INK_WIDTH * scale / 2.0, 0.0, TAU);
        context.fill();
        return;
    }
    context.move_to(x, y);
    places.for_each(|(x, y)| context.line_to(x, y));
    context.stroke();
}

fn colour(canvas: &HtmlCanvasElement) -> String {
    let style = window().get_computed_style(canvas).ok().flatten();
    style
        .and_then(|style| style.get_property_value("color").ok())
        .unwrap_or_else(|| "black".into())
}
