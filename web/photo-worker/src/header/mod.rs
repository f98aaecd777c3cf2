//! What a picture says of itself in its first bytes, read before anything is decoded: a small file can hold a picture that takes
//! more memory than there is.
//!
//! Sizes are read as the browsers' decoders read them, so that none of these formats can say one thing here and another there.
//! A file in any other format is no picture here, even where some browser could decode it: its size would not be known.

mod exif;
mod isobmff;
mod jpeg;
mod simple;
mod types;
mod webp;

use types::Parsed;
pub use types::{Format, Header, NO_SIZE, Problem, Words};

/// Width or height is 0.
const NO_PIXELS: Words = ["it has no pixels", "沒有任何像素"];

/// Reads the header at the beginning of a file: of all of it, or of all that will be read, where `whole`.
///
/// # Errors
/// See [`Problem`]; [`Problem::Short`] of a whole file means that it breaks off.
pub fn read(bytes: &[u8], whole: bool) -> Parsed {
    let header = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        simple::png(bytes)
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        jpeg::read(bytes)
    } else if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        simple::gif(bytes)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        webp::read(bytes, whole)
    } else if bytes.starts_with(b"BM") {
        simple::bmp(bytes)
    } else if bytes.get(4..8) == Some(b"ftyp") {
        isobmff::read(bytes)
    } else {
        Err(Problem::Unknown)
    }?;
    if header.width == 0 || header.height == 0 {
        return Err(Problem::Damaged(NO_PIXELS));
    }
    Ok(header)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
