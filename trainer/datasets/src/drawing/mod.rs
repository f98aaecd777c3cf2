//! Drawings of any size, as a bitmap of Quick, Draw! that shows the same: what the page makes of strokes.

mod distance;
mod ink;
mod levels;
mod mask;
mod paper;
mod pen;

use image::GrayImage;
use shared::input::{DOODLE_SIDE, INPUT_SIDE};
use shared::picture::resize_grey;

use pen::Lines;

/// A drawing as the page would have drawn it.
pub(super) struct SheetBitmap {
    /// Light strokes on black, 28x28; 32x32 if it was only resized.
    pub bitmap: GrayImage,
    /// Whether it was dark on light.
    pub inverted: bool,
    /// Whether the page would have drawn it like that, but for its size.
    pub is_as_on_the_page: bool,
    /// Whether there is nothing on the sheet.
    pub is_empty: bool,
}

/// A drawing on a sheet of any size, light on dark or dark on light, as `shared::drawing::rasterise` would give it: cropped to its
/// ink, centred, and drawn with the page's pen, 28x28.
///
/// Uneven light and paper's grain are no ink. A sheet without ink gives black. Where all of that is so already, as in a larger bitmap of
/// Quick, Draw!, it's only resized, to the network's 32x32.
pub(super) fn bitmap_from_sheet(sheet: &GrayImage) -> SheetBitmap {
    let (ink, inverted) = ink::find(sheet);
    let lines = ink.as_ref().and_then(Lines::of);
    let is_as_on_the_page = !inverted && lines.as_ref().is_some_and(Lines::are_as_on_the_page);
    let bitmap = match &lines {
        Some(_) if is_as_on_the_page => resize_grey(sheet, INPUT_SIDE, INPUT_SIDE),
        Some(lines) => lines.draw(),
        None => GrayImage::new(DOODLE_SIDE, DOODLE_SIDE),
    };
    SheetBitmap {
        bitmap,
        inverted,
        is_as_on_the_page,
        is_empty: lines.is_none(),
    }
}

#[cfg(test)]
mod tests;
