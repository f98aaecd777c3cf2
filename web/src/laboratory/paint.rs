//! What the two planes look like on their canvases.

use laboratory::data::{DataSet, INPUT_REACH};
use protocol::laboratory::Frame;
use web_sys::HtmlCanvasElement;

use super::palette::{BELOW_POINTS, Palette, blend};
use super::plane::{Plane, Shown};
use crate::palette::Colour;

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
    if let Some((frame, cells)) =
        frame.and_then(|frame| Some((frame, regions(frame, data, &palette, BELOW_POINTS)?)))
    {
        plane.heat(frame.side, cells);
    }
    plane.points(&palette, data, &data.source, &data.target, shown);
}

/// Paints the feature plane: D's verdict, C's boundary, all points where F puts them, and their gradients.
pub fn paint_features(canvas: &HtmlCanvasElement, data: &DataSet, frame: &Frame, shown: Shown) {
    let palette = Palette::of(canvas);
    let Ok(bounds) = <[f32; 4]>::try_from(frame.bounds.as_slice()) else {
        return;
    };
    let Some(plane) = Plane::new(canvas, bounds) else {
        return;
    };
    plane.clear(&palette);
    let cells = shown.domain.then(|| domains(frame, &palette, BELOW_POINTS));
    if let Some(cells) = cells.flatten() {
        plane.heat(frame.side, cells);
    }
    plane.lines(&palette, &frame.boundary);
    let (points, _) = frame.features.as_chunks::<2>();
    // The data may have changed since the frame was made.
    if points.len() != data.source.len() + data.target.len() {
        return;
    }
    let (source, target) = points.split_at(data.source.len());
    plane.points(&palette, data, source, target, shown);
    if shown.arrows && shown.domain {
        plane.arrows(&palette, points, &frame.arrows);
    }
}

/// The colours of the cells of C's regions, rows from the lowest y; none where the data has changed since the frame was made.
pub fn regions(
    frame: &Frame,
    data: &DataSet,
    palette: &Palette,
    tint: f32,
) -> Option<impl Iterator<Item = Colour>> {
    let cells = frame.side * frame.side;
    let is_of_data = frame.classes.len() as u32 == cells * data.classes as u32;
    let colour = move |cell: &[f32]| blend(palette.paper, tint, &palette.classes, cell);
    is_of_data.then(|| frame.classes.chunks(data.classes).map(colour))
}

/// The same of D's prediction over the feature plane.
pub fn domains(
    frame: &Frame,
    palette: &Palette,
    tint: f32,
) -> Option<impl Iterator<Item = Colour>> {
    let colours = [palette.target, palette.source];
    let colour = move |&source: &f32| blend(palette.paper, tint, &colours, &[1.0 - source, source]);
    let is_whole = frame.domains.len() as u32 == frame.side * frame.side;
    is_whole.then(|| frame.domains.iter().map(colour))
}
