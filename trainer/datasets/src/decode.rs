//! Bytes of picture files to upright pictures.

mod error;
mod limits;

use std::io::Cursor;
use std::path::Path;

use image::error::ImageError;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage};
use shared::picture::{on_white, upright};

use super::DataError;
use super::format::{Contents, Named, contents, format_name, named};
use super::store::{Place, read_file};
pub use error::PictureError;
use limits::MOST_SIDE;
pub(super) use limits::{MOST_BYTES, alone_if_large};

/// What was made of a picture, and what is odd about its file.
#[derive(Debug)]
pub(super) struct Decoded<T> {
    pub made: T,
    /// The picture's format, where its name says another.
    pub misnamed: Option<&'static str>,
}

/// Decodes the first picture of a file, upright as its EXIF orientation says, and makes something of it. Its format is that of its
/// contents, whatever its name says.
pub(super) fn decode<T>(
    name: &str,
    bytes: &[u8],
    make: impl FnOnce(DynamicImage) -> T,
) -> Result<Decoded<T>, PictureError> {
    if bytes.is_empty() {
        return Err(PictureError::Empty);
    }
    let format = format(name, bytes)?;
    if is_cut_off(format, bytes) {
        return Err(PictureError::Truncated);
    }
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    // The decoder of PNG wants them before it reads a header.
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().map_err(explain)?;
    let size = decoder.total_bytes();
    let (width, height) = decoder.dimensions();
    let too_large = || PictureError::TooLarge(format!("{width}x{height} pixels"));
    if width.min(height) == 0 {
        return Err(PictureError::NoPixels(format!("{width}x{height} pixels")));
    }
    // The other decoders do not count the picture itself.
    if width.max(height) > MOST_SIDE || limits.reserve(size).is_err() {
        return Err(too_large());
    }
    decoder.set_limits(limits).map_err(explain)?;
    let make = || match upright(decoder) {
        Err(ImageError::Limits(_)) => Err(too_large()),
        decoded => decoded.map(make).map_err(explain),
    };
    let named = match named(name) {
        Named::Picture(format) => Some(format),
        Named::Unread(_) | Named::Other => None,
    };
    Ok(Decoded {
        made: alone_if_large(size, make)?,
        misnamed: named
            .filter(|named| *named != format)
            .map(|_| format_name(format)),
    })
}

/// The format of the bytes of a file.
fn format(name: &str, bytes: &[u8]) -> Result<ImageFormat, PictureError> {
    let named = named(name);
    let contents = contents(bytes);
    match (contents, named) {
        (Contents::Picture(format), _) => return Ok(format),
        (Contents::Unread(what), _) => return Err(PictureError::Unread(what)),
        (Contents::Archive(archive), _) => return Err(PictureError::Archive(archive.name())),
        // It has no first bytes of its own.
        (Contents::Unknown, Named::Picture(ImageFormat::Tga)) => return Ok(ImageFormat::Tga),
        (Contents::Other(_) | Contents::Unknown, _) => {}
    }
    // Two letters are enough where the name says the same.
    let guessed = image::guess_format(bytes).ok();
    match (guessed, named, contents) {
        (Some(guessed), Named::Picture(named), _) if guessed == named => Ok(guessed),
        (_, _, Contents::Other(other)) => Err(PictureError::NotAPicture(other)),
        (_, Named::Unread(what), _) => Err(PictureError::Unread(what)),
        _ => Err(PictureError::Unknown),
    }
}

/// Whether the end of a file is missing, where its decoder would not notice.
fn is_cut_off(format: ImageFormat, bytes: &[u8]) -> bool {
    match format {
        ImageFormat::Jpeg => !reaches_the_end(bytes),
        // The second word is how many bytes follow it.
        ImageFormat::WebP => bytes.get(4..8).is_none_or(|length| {
            let length = length
                .iter()
                .rev()
                .fold(0, |sum, byte| sum << 8 | usize::from(*byte));
            bytes.len() < length + 8
        }),
        _ => false,
    }
}

/// Whether a JPEG extends to its end-of-image marker. Decoders fill up with grey what is missing.
fn reaches_the_end(bytes: &[u8]) -> bool {
    const START: u8 = 0xd8;
    const END: u8 = 0xd9;
    let mut place = 0;
    // Between the segments are compressed bytes, where 0xff is followed by 0 or by a marker that stands alone.
    while let Some(&[first, marker]) = bytes.get(place..place + 2) {
        place += match (first, marker) {
            (0xff, END) => return true,
            (0xff, 0 | 1 | 0xd0..=START) => 2,
            (0xff, 0xff) => 1,
            (0xff, _) => {
                let Some(&[high, low]) = bytes.get(place + 2..place + 4) else {
                    return false;
                };
                2 + usize::from(u16::from_be_bytes([high, low]))
            }
            _ => 1,
        };
    }
    false
}

fn explain(error: ImageError) -> PictureError {
    // Every decoder has a type of its own for this, and calls it so.
    let words = format!("{error:?}");
    if ["UnexpectedEof", "Not enough bytes"]
        .iter()
        .any(|end| words.contains(end))
    {
        return PictureError::Truncated;
    }
    match error {
        ImageError::Limits(limit) => PictureError::TooLarge(limit.to_string()),
        unread @ ImageError::Unsupported(_) => PictureError::UnreadKind(unread),
        other => PictureError::Damaged(other),
    }
}

/// The picture of a file as the page sees it: upright, and on white where it is transparent.
///
/// # Errors
/// Where the file cannot be read, or is no picture that can be used.
pub fn picture_file(file: &Path) -> Result<RgbImage, DataError> {
    let bytes = read_file(file)?;
    let name = file.to_string_lossy();
    let decoded = decode(&name, &bytes, on_white);
    decoded
        .map(|decoded| decoded.made)
        .map_err(|cause| DataError::Picture {
            place: Place::of(file),
            cause,
        })
}

#[cfg(test)]
mod tests;
