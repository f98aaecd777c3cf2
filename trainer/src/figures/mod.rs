//! Pictures of results, as SVG: sharp at any size, and their text can be read and searched.

mod confusion;
mod curves;
mod reliability;

use plotters::prelude::*;

pub use confusion::confusion;
pub use curves::curves;
pub use reliability::reliability;

/// Why a figure could not be drawn.
#[derive(Debug, thiserror::Error)]
#[error("a figure could not be drawn: {0}")]
pub struct FigureError(String);

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
