//! Pictures of results, as SVG: sharp at any size, and their text can be read and searched.

mod animation;
mod confusion;
mod curves;
mod embedding;
mod error;
mod fonts;
mod grid;
mod raster;
mod reliability;

use std::path::Path;

use anyhow::bail;
use plotters::prelude::*;

pub use animation::animation;
pub use confusion::confusion;
pub use curves::{LoggedRun, curves};
pub use embedding::{DOMAIN_COLOURS, class_colour, embedding, hex};
pub use error::FigureError;
pub use fonts::Undrawn;
pub use grid::{Cell, Row, data_address, escaped, grid};
pub use raster::png_from_svg;
pub use reliability::reliability;

/// Writes a figure as the file's name says: `.png` at twice the size, `.svg` as it is.
///
/// Returns the characters that the pixels lack; SVG keeps its text, and is drawn with the fonts of whoever looks at it.
///
/// # Errors
/// Where the name ends in neither, or the file cannot be written.
pub fn write_figure(file: &Path, svg: &str) -> anyhow::Result<Undrawn> {
    let ending = file.extension().and_then(|ending| ending.to_str());
    let (bytes, undrawn) = match ending {
        Some("svg") => (svg.as_bytes().to_vec(), Undrawn::default()),
        Some("png") => png_from_svg(svg, 2.0)?,
        _ => bail!("{}: give the name of an .svg or .png file", file.display()),
    };
    files::write(file, &bytes)?;
    Ok(undrawn)
}

/// The colours of a figure, readable on a white page.
const INK: RGBColor = RGBColor(34, 40, 49);
const FAINT: RGBColor = RGBColor(218, 222, 228);
const ACCENT: RGBColor = RGBColor(31, 97, 171);

/// Draws on white and returns the SVG.
fn svg(
    size: (u32, u32),
    draw: impl FnOnce(&DrawingArea<SVGBackend, plotters::coord::Shift>) -> Result<(), Failure>,
) -> Result<String, FigureError> {
    let mut text = String::new();
    let area = SVGBackend::with_string(&mut text, size).into_drawing_area();
    let drawn = area.fill(&WHITE).and_then(|()| draw(&area));
    drawn
        .and_then(|()| area.present())
        .map_err(|failure| FigureError(failure.to_string()))?;
    drop(area);
    Ok(text.chars().map(xml_character).collect())
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
