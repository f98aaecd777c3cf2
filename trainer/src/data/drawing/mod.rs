//! Drawings of any size, as a bitmap of Quick, Draw! that shows the same: what the page makes of strokes.

mod distance;
mod ink;
mod levels;
mod mask;
mod paper;
mod pen;

use image::GrayImage;
use shared::input::DOODLE_SIDE;

/// A drawing as the page would have drawn it.
pub(super) struct Redrawn {
    /// 28x28, light strokes on black.
    pub bitmap: GrayImage,
    /// Whether it was dark on light.
    pub inverted: bool,
    /// Whether there is anything on the sheet.
    pub is_empty: bool,
}

/// A drawing on a sheet of any size, light on dark or dark on light, as `shared::drawing::rasterise` would give it: cropped to its
/// ink, centred, and drawn with the page's pen, 28x28.
///
/// Uneven light and paper's grain are no ink. A sheet without ink gives black.
pub(super) fn redraw(sheet: &GrayImage) -> Redrawn {
    let (ink, inverted) = ink::find(sheet);
    let bitmap = ink.as_ref().map(pen::redraw);
    Redrawn {
        is_empty: bitmap.is_none(),
        bitmap: bitmap.unwrap_or_else(|| GrayImage::new(DOODLE_SIDE, DOODLE_SIDE)),
        inverted,
    }
}

#[cfg(test)]
mod tests;
