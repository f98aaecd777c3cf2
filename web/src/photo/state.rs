//! What the page keeps of a photo.

use image::GrayImage;
use protocol::photo::{Edges, Photo};
use shared::input::INPUT_SIDE;

/// The sizes in words: "512 × 384 pixels, shrunk from 4032 × 3024".
pub fn caption(photo: &Photo) -> String {
    let size = |(width, height): (u32, u32)| format!("{width}\u{a0}×\u{a0}{height}");
    let shown = (photo.shown.width, photo.shown.height);
    let original = (photo.width, photo.height);
    if shown == original {
        format!("{} pixels", size(shown))
    } else {
        format!("{} pixels, shrunk from {}", size(shown), size(original))
    }
}

/// The grey of a photo at 32x32.
pub fn grey_32(photo: &Photo) -> Option<GrayImage> {
    GrayImage::from_raw(INPUT_SIDE, INPUT_SIDE, photo.grey_32.clone())
}

/// The edges of a photo at 32x32: what the model gets.
pub fn edges_32(edges: &Edges) -> Option<GrayImage> {
    GrayImage::from_raw(INPUT_SIDE, INPUT_SIDE, edges.edges_32.clone())
}
