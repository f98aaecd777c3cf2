//! Files to pictures.

use std::io::Cursor;

use image::error::ImageError;
use image::{ImageReader, Limits, RgbImage};
use shared::picture::{on_white, upright};
use thiserror::Error;

/// A picture may take so much memory while it is decoded: about 100 megapixels.
const MOST_BYTES: u64 = 320 * 1024 * 1024;

/// Why a file shows no photo. Each is a sentence for the page.
#[derive(Debug, Error)]
pub enum DecodeError {
    /// It is something else.
    #[error("“{0}” is not a picture that can be read here: choose a PNG, JPEG, BMP, GIF or WebP.")]
    NotAPicture(String),
    /// It is too large for a page.
    #[error("“{0}” is too large to open here: choose one of less than 100 megapixels.")]
    TooLarge(String),
    /// It breaks off or contradicts itself.
    #[error("“{name}” is damaged and cannot be read: {what}. Choose another file.")]
    Damaged {
        /// The file's name.
        name: String,
        /// What is wrong with it.
        what: String,
    },
}

/// The picture in a PNG, JPEG, BMP, GIF (its first frame) or WebP, upright as its EXIF orientation says, on white where it is transparent.
///
/// # Errors
/// When the bytes are none of these, are damaged, or hold a picture too large for a page. `name` is for the sentence.
pub fn decode(name: &str, bytes: &[u8]) -> Result<RgbImage, DecodeError> {
    let explain = |error: ImageError| match error {
        ImageError::Unsupported(_) => DecodeError::NotAPicture(name.into()),
        ImageError::Limits(_) => DecodeError::TooLarge(name.into()),
        other => DecodeError::Damaged {
            name: name.into(),
            what: other.to_string(),
        },
    };
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_BYTES);
    let mut reader = ImageReader::new(Cursor::new(bytes));
    reader.limits(limits);
    // Reading from memory cannot fail.
    let reader = reader
        .with_guessed_format()
        .map_err(|error| explain(error.into()))?;
    let decoder = reader.into_decoder().map_err(explain)?;
    upright(decoder).map(on_white).map_err(explain)
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, ImageFormat, Rgb, Rgba, RgbaImage};
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.into().write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn lossless_pictures_come_back_to_the_bit() {
        let photo = RgbImage::from_fn(5, 3, |x, y| Rgb([x as u8 * 50, y as u8 * 80, 7]));
        for format in [ImageFormat::Png, ImageFormat::Bmp, ImageFormat::WebP] {
            assert_eq!(decode("a", &encoded(photo.clone(), format)).unwrap(), photo);
        }
    }

    #[test]
    fn transparency_becomes_white() {
        let glass = RgbaImage::from_pixel(2, 2, Rgba([10, 20, 30, 0]));
        let photo = decode("a", &encoded(glass, ImageFormat::Png)).unwrap();
        assert!(photo.pixels().all(|&pixel| pixel == Rgb([255; 3])));
    }

    #[test]
    fn a_jpeg_on_its_side_is_turned_upright() {
        let wide = RgbImage::new(8, 4);
        let mut bytes = encoded(wide, ImageFormat::Jpeg);
        // An EXIF segment with one entry: orientation 6, a quarter turn to the right.
        let exif = b"\xff\xe1\x00\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        bytes.splice(2..2, exif.iter().copied());
        assert_eq!(decode("a", &bytes).unwrap().dimensions(), (4, 8));
    }

    #[test]
    fn other_files_and_damaged_ones_are_told_apart() {
        let text = decode("notes.txt", b"Dear diary").unwrap_err();
        assert!(matches!(text, DecodeError::NotAPicture(_)));
        assert!(text.to_string().contains("notes.txt"));
        let mut cut = encoded(RgbImage::new(40, 40), ImageFormat::Bmp);
        cut.truncate(200);
        let damaged = decode("cut.bmp", &cut).unwrap_err();
        assert!(matches!(damaged, DecodeError::Damaged { .. }), "{damaged}");
    }

    #[test]
    fn a_picture_larger_than_memory_is_refused() {
        let mut huge = encoded(RgbImage::new(1, 1), ImageFormat::Bmp);
        huge[18..22].copy_from_slice(&30_000_i32.to_le_bytes());
        huge[22..26].copy_from_slice(&30_000_i32.to_le_bytes());
        let error = decode("huge.bmp", &huge).unwrap_err();
        assert!(matches!(error, DecodeError::TooLarge(_)), "{error}");
    }
}
