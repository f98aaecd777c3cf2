//! From a decoded picture to what the page shows and the model gets, a band of rows at a time: whatever the size, no more than a
//! band of it is held beside the browser's own copy.

use image::{GrayImage, RgbImage};
use js_sys::Date;
use shared::input::INPUT_SIDE;
use shared::picture::{RowResizer, Square, luma};
use wasm_bindgen::JsValue;

use crate::browser::{Bitmap, Canvas, breathe};
use crate::orientation::{transform, turned_size};
use crate::painted::opaque;

/// The larger side of what is shown, in pixels: as many as a large picture has on the screen of most visitors.
pub const MOST_SHOWN: u32 = 1600;

/// A band has about so many pixels, and so many rows at most.
const BAND: u32 = 1 << 20;
const MOST_ROWS: u32 = 1024;

/// Wider pictures are read in several pieces side by side: a canvas has its limits.
const MOST_COLUMNS: u32 = 4096;

/// Milliseconds after which messages are let in.
const PATIENCE: f64 = 50.0;

/// What is left of a picture.
#[derive(Debug)]
pub struct Reading {
    /// The size of the picture, upright.
    pub size: (u32, u32),
    /// The picture, shrunk to [`MOST_SHOWN`] where it is larger.
    pub shown: RgbImage,
    /// The grey of the whole picture's centred square at 32x32.
    pub centred_32: GrayImage,
}

/// Reads a picture, turned by `orientation` (1 where it is upright already).
pub async fn read(bitmap: &Bitmap, orientation: u8) -> Result<Reading, JsValue> {
    let stored = (bitmap.width(), bitmap.height());
    let (width, height) = turned_size(orientation, stored);
    let transform = transform(orientation, stored);
    let Square { left, top, side } = Square::centred_in((width, height));
    let (shown_width, shown_height) = shown_size((width, height));

    let is_shrunk = (shown_width, shown_height) != (width, height);
    let mut shrunk =
        is_shrunk.then(|| RowResizer::<4>::new((width, height), (shown_width, shown_height)));
    let mut whole = Vec::new();
    let mut small = RowResizer::<4>::new((side, side), (INPUT_SIDE, INPUT_SIDE));
    let band = (BAND / width).clamp(1, MOST_ROWS).min(height);
    let canvas = Canvas::new(width.min(MOST_COLUMNS), band)?;
    let stride = width as usize * 4;
    let mut rows = vec![0; stride * band as usize];
    let mut rested = Date::now();
    for y in (0..height).step_by(band as usize) {
        let band = band.min(height - y);
        for x in (0..width).step_by(MOST_COLUMNS as usize) {
            let piece = (MOST_COLUMNS.min(width - x), band);
            let pixels = canvas.read(bitmap, transform, (x, y), piece)?;
            let columns = x as usize * 4..(x + piece.0) as usize * 4;
            let pieces = pixels.chunks_exact(columns.len());
            for (row, piece) in rows.chunks_exact_mut(stride).zip(pieces) {
                row[columns.clone()].copy_from_slice(piece);
            }
        }
        for (y, row) in (y..y + band).zip(rows.chunks_exact(stride)) {
            match &mut shrunk {
                Some(shrunk) => shrunk.push(row),
                None => whole.extend_from_slice(row),
            }
            if (top..top + side).contains(&y) {
                small.push(&row[left as usize * 4..]);
            }
        }
        if Date::now() > rested + PATIENCE {
            breathe().await;
            rested = Date::now();
        }
    }
    let shown = shrunk.map_or(whole, RowResizer::finish);
    let picture = |rgba: &[u8], size| opaque(rgba, size).ok_or("rows are missing");
    Ok(Reading {
        size: (width, height),
        shown: picture(&shown, (shown_width, shown_height))?,
        centred_32: luma(&picture(&small.finish(), (INPUT_SIDE, INPUT_SIDE))?),
    })
}

fn shown_size((width, height): (u32, u32)) -> (u32, u32) {
    let larger = width.max(height);
    if larger <= MOST_SHOWN {
        return (width, height);
    }
    let shrunk = |side: u32| {
        let side = f64::from(side) * f64::from(MOST_SHOWN) / f64::from(larger);
        (side.round() as u32).max(1)
    };
    (shrunk(width), shrunk(height))
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_thread_of_a_photo_keeps_a_pixel() {
        assert_eq!(shown_size((20_000, 3)), (1600, 1));
        assert_eq!(shown_size((1600, 40)), (1600, 40));
        assert_eq!(shown_size((4000, 1000)), (1600, 400));
    }
}
