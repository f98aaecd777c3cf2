//! Pictures of results, as SVG: sharp at any size, and their text can be read and searched.

mod animation;
mod confusion;
mod curves;
mod grid;
mod map;
mod raster;
mod reliability;

use std::path::Path;

use anyhow::bail;
use plotters::prelude::*;

pub use animation::animation;
pub use confusion::confusion;
pub use curves::{Course, curves};
pub use grid::{Cell, Row, data_address, escaped, grid};
pub use map::{DOMAIN_COLOURS, class_colour, hex, map};
pub use raster::png_from_svg;
pub use reliability::reliability;

/// Why a figure could not be drawn.
#[derive(Debug, thiserror::Error)]
#[error("a figure could not be drawn: {0}")]
pub struct FigureError(String);

/// Writes a figure as the file's name says: `.png` at twice the size, `.svg` as it is.
///
/// # Errors
/// Where the name ends in neither, or the file cannot be written.
pub fn write_figure(file: &Path, svg: &str) -> anyhow::Result<()> {
    let ending = file.extension().and_then(|ending| ending.to_str());
    match ending {
        Some("svg") => Ok(files::write(file, svg.as_bytes())?),
        Some("png") => Ok(files::write(file, &png_from_svg(svg, 2.0)?)?),
        _ => bail!("{}: give the name of an .svg or .png file", file.display()),
    }
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
    Ok(text)
}

/// What drawing into memory can fail with.
type Failure = DrawingAreaErrorKind<std::io::Error>;
