//! What the two planes look like on their canvases.

use laboratory::data::{DataSet, INPUT_REACH};
use protocol::laboratory::Frame;
use web_sys::HtmlCanvasElement;

use super::palette::{Palette, blend};
use super::plane::{Plane, Shown};

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
