use base64::{Engine, engine::general_purpose::STANDARD};
use image::{DynamicImage, ExtendedColorType, ImageEncoder, RgbImage, codecs::png::PngEncoder};
use maud::{Markup, html};

use super::{
    FigureError, document,
    text::{shortened, width},
};

/// Space between cells, and around the figure, in pixels.
const GAP: u32 = 8;
/// Room for a line of text.
const LINE: u32 = 20;
/// The size of text.
const TEXT: f32 = 13.0;
/// A figure grows for its titles up to this width.
const TITLE: f32 = 480.0;

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

/// Pictures in labelled rows as SVG, each cell `side` pixels wide. Text that is too long for its place is shortened.
///
/// # Errors
/// Where a picture cannot be encoded.
pub fn grid(rows: &[Row], side: u32) -> Result<String, FigureError> {
    let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0) as u32;
    let titles = rows.iter().map(|row| width(&row.title, TEXT));
    let titles = titles.fold(0.0, f32::max).min(TITLE) as u32;
    let wide = (GAP + columns.max(1) * (side + GAP)).max(titles + 2 * GAP + 1);
    let mut total = GAP;
    let mut drawn = Vec::new();
    for row in rows {
        let height = height(row, side);
        drawn.push(self::row(row, (side, height), total, wide)?);
        total += height + 2 * LINE + GAP;
    }
    let size = (wide as f32, total as f32);
    Ok(document(size, html! { @for row in &drawn { (row) } }))
}

/// A row whose title is at `y`; `side` is a cell's width and height.
fn row(row: &Row, side: (u32, u32), y: u32, wide: u32) -> Result<Markup, FigureError> {
    let pictures: Vec<String> = row
        .cells
        .iter()
        .map(|cell| data_address(&cell.picture))
        .collect::<Result<_, _>>()?;
    let title = shortened(&row.title, TEXT, (wide - 2 * GAP) as f32);
    // The space between two cells is left free.
    let captions = row
        .cells
        .iter()
        .map(|cell| shortened(&cell.caption, TEXT, side.0 as f32));
    Ok(html! {
        text x=(GAP) y=(y + 14) font-weight="bold" { (title) }
        @for (number, (picture, caption)) in pictures.iter().zip(captions).enumerate() {
            @let x = GAP + number as u32 * (side.0 + GAP);
            image x=(x) y=(y + LINE) width=(side.0) height=(side.1) style="image-rendering:pixelated" href=(picture) {
                title { (row.cells[number].caption) }
            }
            text x=(x + side.0 / 2) y=(y + LINE + side.1 + 15) text-anchor="middle" { (caption) }
        }
    })
}

/// The height at which a row's tallest picture is as wide as a cell, within bounds: what is taller or flatter still is drawn smaller.
fn height(row: &Row, side: u32) -> u32 {
    let scaled = row.cells.iter().map(|cell| {
        let (width, height) = cell.picture.dimensions();
        (f64::from(side) * f64::from(height) / f64::from(width.max(1))).round() as u32
    });
    scaled.max().unwrap_or(side).clamp(side / 4, 4 * side)
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
        .map_err(FigureError::new)?;
    Ok(format!("data:image/png;base64,{}", STANDARD.encode(png)))
}

#[cfg(test)]
mod tests {
    use image::{GrayImage, Rgb};

    use super::*;
    use crate::figures::png_from_svg;

    #[test]
    fn a_strip_makes_its_row_neither_endless_nor_flat() {
        for (size, expected) in [((3, 16384), 640), ((16384, 3), 40), ((3, 4), 213)] {
            let row = Row {
                title: "strip".into(),
                cells: vec![Cell::new(GrayImage::new(size.0, size.1), "strip")],
            };
            assert_eq!(height(&row, 160), expected, "{size:?}");
        }
    }

    #[test]
    fn pictures_and_words_are_where_they_belong() {
        let red = Cell::new(RgbImage::from_pixel(2, 2, Rgb([255, 0, 0])), "a<b");
        let black = Cell::new(GrayImage::new(2, 2), "black");
        let rows = [Row {
            title: "a & b".into(),
            cells: vec![red, black],
        }];
        let figure = grid(&rows, 40).unwrap();
        assert!(figure.contains("a &amp; b") && figure.contains("a&lt;b"));
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
    fn captions_that_are_too_long_are_shortened_and_whole_in_the_tooltip() {
        let caption = "the Great Wall of China";
        let cells = vec![Cell::new(GrayImage::new(2, 2), caption)];
        let title = "a/very/long/path/of/a/picture.png".to_owned();
        let figure = grid(&[Row { title, cells }], 60).unwrap();
        assert!(figure.contains(&format!("<title>{caption}</title>")));
        assert!(
            !figure.contains(&format!("{caption}</text>")) && figure.contains("picture.png</text>")
        );
        assert!(figure.contains(">the Gr\u{2026}</text>"), "{figure}");
    }

    #[test]
    fn no_rows_are_an_empty_figure() {
        let (_, undrawn) = png_from_svg(&grid(&[], 40).unwrap(), 1.0).unwrap();
        assert_eq!(undrawn.sentence(), None);
    }
}
