use std::fmt::Write;

use base64::{Engine, engine::general_purpose::STANDARD};
use image::{DynamicImage, ExtendedColorType, ImageEncoder, RgbImage, codecs::png::PngEncoder};

use super::{FigureError, xml_character};

/// Space between cells, and around the figure, in pixels.
const GAP: u32 = 8;
/// Room for a line of text.
const LINE: u32 = 20;

/// A picture and the word below it.
pub struct Cell {
    /// What is shown; small pictures are shown larger, pixel by pixel.
    pub picture: RgbImage,
    /// What it is.
    pub caption: String,
}

impl Cell {
    /// Any picture with a caption.
    pub fn new(picture: impl Into<DynamicImage>, caption: impl Into<String>) -> Self {
        Self {
            picture: picture.into().into_rgb8(),
            caption: caption.into(),
        }
    }
}

/// One row of a grid.
pub struct Row {
    /// Written above it.
    pub title: String,
    /// From left to right.
    pub cells: Vec<Cell>,
}

/// Pictures in labelled rows as SVG, each cell `side` pixels wide.
///
/// # Errors
/// Where a picture cannot be encoded.
pub fn grid(rows: &[Row], side: u32) -> Result<String, FigureError> {
    let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0) as u32;
    let width = GAP + columns.max(1) * (side + GAP);
    let heights: Vec<u32> = rows.iter().map(|row| height(row, side)).collect();
    let total = GAP
        + heights
            .iter()
            .map(|height| height + 2 * LINE + GAP)
            .sum::<u32>();
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{total}\" viewBox=\"0 0 {width} {total}\" \
         font-family=\"sans-serif\" font-size=\"13\" fill=\"#222831\">\n<rect width=\"{width}\" height=\"{total}\" fill=\"#fff\"/>\n"
    );
    let mut y = GAP;
    for (row, height) in rows.iter().zip(heights) {
        let title = escaped(&row.title);
        let _ = writeln!(
            text,
            "<text x=\"{GAP}\" y=\"{}\" font-weight=\"bold\">{title}</text>",
            y + 14
        );
        for (number, cell) in row.cells.iter().enumerate() {
            let x = GAP + number as u32 * (side + GAP);
            let caption = escaped(&cell.caption);
            let _ = writeln!(
                text,
                "<image x=\"{x}\" y=\"{}\" width=\"{side}\" height=\"{height}\" style=\"image-rendering:pixelated\" \
                 href=\"{}\"><title>{caption}</title></image>\n<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{caption}</text>",
                y + LINE,
                data_address(&cell.picture)?,
                x + side / 2,
                y + LINE + height + 15,
            );
        }
        y += height + 2 * LINE + GAP;
    }
    text.push_str("</svg>\n");
    Ok(text)
}

/// The height at which a row's tallest picture is as wide as a cell.
fn height(row: &Row, side: u32) -> u32 {
    let scaled = row.cells.iter().map(|cell| {
        let (width, height) = cell.picture.dimensions();
        (f64::from(side) * f64::from(height) / f64::from(width.max(1))).round() as u32
    });
    scaled.max().unwrap_or(side)
}

/// A picture as an address that holds all of it.
///
/// # Errors
/// Where it cannot be encoded.
pub fn data_address(picture: &RgbImage) -> Result<String, FigureError> {
    let mut png = Vec::new();
    PngEncoder::new(&mut png)
        .write_image(
            picture,
            picture.width(),
            picture.height(),
            ExtendedColorType::Rgb8,
        )
        .map_err(|error| FigureError(error.to_string()))?;
    Ok(format!("data:image/png;base64,{}", STANDARD.encode(png)))
}

/// Text that cannot be taken for markup.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(xml_character(other)),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use image::{GrayImage, Rgb};

    use super::*;
    use crate::figures::png_from_svg;

    #[test]
    fn pictures_and_words_are_where_they_belong() {
        let red = Cell::new(RgbImage::from_pixel(2, 2, Rgb([255, 0, 0])), "a<b");
        let black = Cell::new(GrayImage::new(2, 2), "black");
        let rows = [Row {
            title: "photos & doodles".into(),
            cells: vec![red, black],
        }];
        let figure = grid(&rows, 40).unwrap();
        assert!(figure.contains("photos &amp; doodles") && figure.contains("a&lt;b"));
        let (png, _) = png_from_svg(&figure, 1.0).unwrap();
        let picture = image::load_from_memory(&png).unwrap().into_rgb8();
        assert_eq!(picture.dimensions(), (104, 96));
        assert_eq!(picture.get_pixel(GAP + 20, GAP + LINE + 20).0, [255, 0, 0]);
        assert_eq!(
            picture.get_pixel(2 * GAP + 60, GAP + LINE + 20).0,
            [0, 0, 0]
        );
    }

    #[test]
    fn no_rows_are_an_empty_figure() {
        let (_, undrawn) = png_from_svg(&grid(&[], 40).unwrap(), 1.0).unwrap();
        assert_eq!(undrawn.sentence(), None);
    }
}
