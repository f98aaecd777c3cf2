//! How a picture is turned upright where the browser does not do so itself.

use js_sys::Uint8Array;
use web_sys::Blob;

use crate::browser;
use crate::header::Format;

/// A picture of 2 x 1 pixels that is 1 x 2 upright, as a PNG.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x01\x08\x02\0\0\0{@\xe8\xdd\0\0\0\x1aeXIfMM\0*\0\0\0\x08\0\x01\
\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0\xd6gKi\0\0\0\x0fIDATx\x9cc``````\0\0\0\x07\0\x01W!b\x19\0\0\0\0IEND\xaeB`\x82";

/// The same as a WebP.
const WEBP: &[u8] = b"RIFFN\0\0\0WEBPVP8X\n\0\0\0\x08\0\0\0\x01\0\0\0\0\0VP8L\x0e\0\0\0/\x01\0\0\0\x07\x10\x11\xfd\x0fDD\xff\x03\
EXIF\x1a\0\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";

/// Whether the browser turns pictures of this format upright as it decodes them. Every browser does so with JPEG.
pub async fn is_applied_to(format: Format) -> bool {
    let sample = match format {
        Format::Png => PNG,
        Format::WebP => WEBP,
        _ => return true,
    };
    let parts = js_sys::Array::of1(&Uint8Array::from(sample));
    let Ok(blob) = Blob::new_with_u8_array_sequence(&parts) else {
        return true;
    };
    match browser::decode(&blob).await {
        Ok(sample) => sample.height() == 2,
        Err(_) => true,
    }
}

/// The size of a picture of `width` x `height` once it is turned.
pub fn turned_size(orientation: u8, (width, height): (u32, u32)) -> (u32, u32) {
    if orientation >= 5 {
        (height, width)
    } else {
        (width, height)
    }
}

/// The canvas transform that turns a picture of `width` x `height` upright, in the order of `setTransform`.
pub fn transform(orientation: u8, (width, height): (u32, u32)) -> [f64; 6] {
    let (width, height) = (f64::from(width), f64::from(height));
    match orientation {
        2 => [-1.0, 0.0, 0.0, 1.0, width, 0.0],
        3 => [-1.0, 0.0, 0.0, -1.0, width, height],
        4 => [1.0, 0.0, 0.0, -1.0, 0.0, height],
        5 => [0.0, 1.0, 1.0, 0.0, 0.0, 0.0],
        6 => [0.0, 1.0, -1.0, 0.0, height, 0.0],
        7 => [0.0, -1.0, -1.0, 0.0, height, width],
        8 => [0.0, -1.0, 1.0, 0.0, 0.0, width],
        _ => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
    }
}
