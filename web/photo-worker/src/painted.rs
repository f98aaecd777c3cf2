//! Between pictures and the pixels of a canvas.

use image::{GrayImage, RgbImage};
use js_sys::Uint8ClampedArray;
use protocol::photo::Rgba;

/// A grey picture for a canvas.
pub fn painted(grey: &GrayImage) -> Rgba {
    let mut bytes = vec![255; grey.len() * 4];
    let (pixels, _) = bytes.as_chunks_mut();
    for ([red, green, blue, _], &level) in pixels.iter_mut().zip(grey.as_raw()) {
        [*red, *green, *blue] = [level; 3];
    }
    of(grey.dimensions(), &bytes)
}

/// A picture in colour for a canvas.
pub fn coloured(picture: &RgbImage) -> Rgba {
    let mut bytes = vec![255; picture.len() / 3 * 4];
    let ((pixels, _), (colours, _)) = (bytes.as_chunks_mut(), picture.as_raw().as_chunks());
    for ([red, green, blue, _], &colour) in pixels.iter_mut().zip(colours) {
        [*red, *green, *blue] = colour;
    }
    of(picture.dimensions(), &bytes)
}

/// The picture on a canvas, by its colours alone; nothing where pixels are missing.
pub fn picture(rgba: &Rgba) -> Option<RgbImage> {
    opaque(&rgba.bytes.to_vec(), (rgba.width, rgba.height))
}

/// The colours of RGBA; nothing where pixels are missing.
pub fn opaque(rgba: &[u8], (width, height): (u32, u32)) -> Option<RgbImage> {
    let (pixels, _) = rgba.as_chunks();
    let mut colours = Vec::with_capacity(pixels.len() * 3);
    for &[red, green, blue, _] in pixels {
        colours.extend([red, green, blue]);
    }
    RgbImage::from_raw(width, height, colours)
}

fn of((width, height): (u32, u32), bytes: &[u8]) -> Rgba {
    Rgba {
        width,
        height,
        bytes: Uint8ClampedArray::from(bytes),
    }
}
