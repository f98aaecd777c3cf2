//! Pictures of results, as SVG: sharp at any size, and their text can be read and searched.

mod animation;
mod colours;
mod confusion;
mod curves;
mod embedding;
mod error;
mod fonts;
mod grid;
mod names;
mod panels;
mod raster;
mod reliability;
mod text;

use std::path::Path;

use anyhow::bail;
use maud::{Markup, html};
use plotters::prelude::*;

pub use animation::animation;
pub use colours::{CLASS_COLOURS, CLASS_STYLE, TOKENS, hex};
pub use confusion::confusion;
pub use curves::{Chart, charts, curves};
pub use embedding::{embedded_names, embedding};
pub use error::FigureError;
pub use fonts::Undrawn;
pub use grid::{Cell, Row, data_address, grid};
pub use names::name_places;
pub use panels::{Group, LoggedRun};
pub use raster::png_from_svg;
pub use reliability::reliability;

/// Writes a figure as the file's name says: `.png` at twice the size, `.svg` as it is.
///
/// Returns the characters that the pixels lack; SVG keeps its text, and is drawn with the fonts of whoever looks at it.
///
/// # Errors
/// Where the name ends in neither, or the file cannot be written.
pub fn write_figure(file: &Path, svg: &str) -> anyhow::Result<Undrawn> {
    let ending = file.extension().unwrap_or_default().to_ascii_lowercase();
    let (bytes, undrawn) = match ending.to_str() {
        Some("svg") => (svg.as_bytes().to_vec(), Undrawn::default()),
        Some("png") => png_from_svg(svg, 2.0)?,
        _ => bail!("{}: give the name of an .svg or .png file", file.display()),
    };
    files::write(file, &bytes)?;
    Ok(undrawn)
}

/// Draws on the page's ground and returns the SVG.
fn svg(
    size: (u32, u32),
    draw: impl FnOnce(&DrawingArea<SVGBackend, plotters::coord::Shift>) -> Result<(), Failure>,
) -> Result<String, FigureError> {
    let mut text = String::new();
    let area = SVGBackend::with_string(&mut text, size).into_drawing_area();
    let drawn = area.fill(&colours::SHEET).and_then(|()| draw(&area));
    drawn
        .and_then(|()| area.present())
        .map_err(FigureError::new)?;
    drop(area);
    Ok(xml_text(&text))
}

/// A figure of a width and height in pixels as SVG, on the page's ground.
fn document((width, height): (f32, f32), body: Markup) -> String {
    let document = html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(width) height=(height) viewBox={ "0 0 " (width) " " (height) } font-family="sans-serif"
            font-size="13" fill=(hex(colours::INK)) {
            rect width=(width) height=(height) fill=(hex(colours::SHEET)) {}
            (body)
        }
    };
    xml_text(&document.into_string())
}

/// Text with spaces instead of the characters that may not stand in XML or HTML.
pub fn xml_text(text: &str) -> String {
    text.chars().map(xml_character).collect()
}

/// A character, or a space instead of one that may not stand in XML, not even as a reference.
fn xml_character(character: char) -> char {
    match character {
        '\n' | '\t' => character,
        '\u{fffe}' | '\u{ffff}' => ' ',
        control if control.is_control() => ' ',
        other => other,
    }
}

/// What drawing into memory can fail with.
type Failure = DrawingAreaErrorKind<std::io::Error>;
