//! Bytes of picture files to upright pictures.

use std::io::Cursor;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use image::error::ImageError;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage};
use shared::picture::{on_white, upright};

use super::DataError;
use super::format::{Archive, Contents, Named, Other, contents, format_name, named};
use super::store::{Place, read_file};

/// The largest width and height in pixels that is read.
const MOST_SIDE: u32 = 16_384;
/// The most bytes that a file may have, or its picture when decoded: as many as the largest picture with transparency.
pub(super) const MOST_BYTES: u64 = 4 * (MOST_SIDE as u64).pow(2);
/// The same in MiB.
const MOST_MIB: u64 = MOST_BYTES >> 20;
/// A picture of more bytes is decoded while no other such is, so that many threads do not need many times as much memory.
const LARGE: u64 = 64 << 20;

/// Held while a large file is read and decoded.
static ONE_LARGE: Mutex<()> = Mutex::new(());

/// Why a file is no picture that can be used, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// No bytes.
    #[error("the file is empty: download or copy it again, or remove it")]
    Empty,
    /// Something else under a picture's name.
    #[error("{}", not_a_picture(.0))]
    NotAPicture(Other),
    /// An archive under a picture's name.
    #[error("is a {0} archive, no picture: unpack it")]
    Archive(&'static str),
    /// A format of pictures, documents or films that is not read.
    #[error("{0} is not read: convert it to PNG or JPEG")]
    Unread(&'static str),
    /// A format that is read, but not in this form.
    #[error("this kind of picture is not read ({0}): convert it to PNG or JPEG")]
    UnreadKind(ImageError),
    /// More pixels or bytes than are read.
    #[error(
        "is too large ({0}): at most {MOST_SIDE} pixels a side and {MOST_MIB} MiB are read; scale it down"
    )]
    TooLarge(String),
    /// The end is missing.
    #[error("the file is truncated: download or copy it again, or remove it")]
    Truncated,
    /// The contents contradict themselves, or the picture's format.
    #[error("cannot be decoded ({0}): the file is damaged; replace or remove it")]
    Damaged(ImageError),
    /// No known format, neither by name nor by contents.
    #[error("is no picture of a known format: replace or remove it")]
    Unknown,
}

impl PictureError {
    /// What files with such a problem are called together.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Empty => "empty files",
            Self::NotAPicture(_) | Self::Archive(_) | Self::Unknown => {
                "files that are no pictures by their contents"
            }
            Self::Unread(_) | Self::UnreadKind(_) => "pictures of formats that are not read",
            Self::TooLarge(_) => "pictures that are too large",
            Self::Truncated => "truncated pictures",
            Self::Damaged(_) => "damaged pictures",
        }
    }
}

fn not_a_picture(what: &Other) -> &'static str {
    match what {
        Other::WebPage => "is a web page (HTML), no picture: download the picture itself",
        Other::LfsPointer => {
            "is a pointer of Git LFS, no picture: fetch the picture with `git lfs pull`"
        }
        Other::Zeros => "holds only zeros: download or copy it again, or remove it",
        Other::Text => "is text, no picture: download or copy it again, or remove it",
    }
}

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

/// Does something that takes so many bytes of memory.
pub(super) fn alone_if_large<T>(bytes: u64, work: impl FnOnce() -> T) -> T {
    let _held = (bytes > LARGE).then(|| ONE_LARGE.lock().unwrap_or_else(PoisonError::into_inner));
    work()
}

/// The format of the bytes of a file.
fn format(name: &str, bytes: &[u8]) -> Result<ImageFormat, PictureError> {
    let named = named(name);
    let contents = contents(bytes);
    match (contents, named) {
        (Contents::Picture(format), _) => return Ok(format),
        (Contents::Unread(what), _) => return Err(PictureError::Unread(what)),
        (Contents::Archive(Archive::Zip), _) => return Err(PictureError::Archive("zip")),
        (Contents::Archive(Archive::Other(what)), _) => return Err(PictureError::Archive(what)),
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

/// Whether a JPEG goes on to its end-of-image marker. Decoders fill up with grey what is missing.
fn reaches_the_end(bytes: &[u8]) -> bool {
    const START: u8 = 0xd8;
    const END: u8 = 0xd9;
    let mut place = 0;
    // Between the segments are compressed bytes, where 0xff is followed by 0 or by a marker that stands alone.
    while let Some(&[mark, marker]) = bytes.get(place..place + 2) {
        place += match (mark, marker) {
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
mod tests {
    use image::{Luma, Rgb};

    use super::*;

    fn decode(name: &str, bytes: &[u8]) -> Result<Decoded<DynamicImage>, PictureError> {
        super::decode(name, bytes, |picture| picture)
    }

    fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.into().write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn photo() -> RgbImage {
        RgbImage::from_fn(60, 40, |x, y| Rgb([(x * y) as u8, y as u8 * 6, x as u8]))
    }

    /// A JPEG with an orientation, as an EXIF segment with one entry.
    fn oriented(orientation: u8) -> Vec<u8> {
        let mut bytes = encoded(RgbImage::new(8, 4), ImageFormat::Jpeg);
        let mut exif = *b"\xff\xe1\x00\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        exif[28] = orientation;
        bytes.splice(2..2, exif);
        bytes
    }

    #[test]
    fn every_format_is_read_under_its_name_and_under_another() {
        for format in ImageFormat::all().filter(ImageFormat::reading_enabled) {
            let bytes = encoded(photo(), format);
            let own = format!("a.{}", format.extensions_str()[0]);
            let decoded = decode(&own, &bytes).unwrap();
            assert_eq!(
                (decoded.made.width(), decoded.misnamed),
                (60, None),
                "{format:?}"
            );
            if format != ImageFormat::Tga {
                let other = if format == ImageFormat::Png {
                    "a.jpg"
                } else {
                    "a.png"
                };
                assert_eq!(
                    decode(other, &bytes).unwrap().misnamed,
                    Some(format_name(format))
                );
                assert_eq!(decode("a", &bytes).unwrap().misnamed, None);
            }
        }
    }

    #[test]
    fn pictures_stand_upright() {
        for (orientation, size) in [(1, (8, 4)), (3, (8, 4)), (6, (4, 8)), (8, (4, 8))] {
            let picture = decode("a.jpg", &oriented(orientation)).unwrap().made;
            assert_eq!((picture.width(), picture.height()), size);
        }
    }

    #[test]
    fn a_truncated_picture_of_any_format_is_called_so() {
        for format in ImageFormat::all().filter(ImageFormat::reading_enabled) {
            let bytes = encoded(photo(), format);
            let name = format!("a.{}", format.extensions_str()[0]);
            for left in [bytes.len() / 2, bytes.len() * 9 / 10] {
                let refused = decode(&name, &bytes[..left]).err();
                assert!(
                    matches!(refused, Some(PictureError::Truncated)),
                    "{format:?} {refused:?}"
                );
            }
        }
    }

    #[test]
    fn a_thumbnail_s_end_is_not_the_end_of_a_jpeg() {
        let mut bytes = encoded(photo(), ImageFormat::Jpeg);
        let thumbnail = encoded(RgbImage::new(2, 2), ImageFormat::Jpeg);
        let length = (thumbnail.len() as u16 + 2).to_be_bytes();
        let segment = [&[0xff, 0xe5], &length[..], &thumbnail].concat();
        bytes.splice(2..2, segment);
        assert!(decode("a.jpg", &bytes).is_ok());
        // Bytes after the end do not matter.
        assert!(decode("a.jpg", &[&bytes[..], b"more"].concat()).is_ok());
        bytes.truncate(bytes.len() - 300);
        assert!(matches!(
            decode("a.jpg", &bytes),
            Err(PictureError::Truncated)
        ));
    }

    #[test]
    fn what_is_no_picture_is_named() {
        for (name, bytes, message) in [
            ("a.png", &b""[..], "the file is empty"),
            (
                "a.jpg",
                b"<html><body>404</body></html>",
                "is a web page (HTML), no picture",
            ),
            (
                "a.jpg",
                b"version https://git-lfs.github.com/spec/v1\n",
                "git lfs pull",
            ),
            ("a.tga", b"Not found", "is text, no picture"),
            ("a.png", &[0; 99], "holds only zeros"),
            (
                "a.png",
                b"PK\x03\x04rest",
                "is a zip archive, no picture: unpack it",
            ),
            (
                "a.jpg",
                b"\0\0\0\x18ftypheic\0\0\0\0",
                "HEIC is not read: convert it to PNG or JPEG",
            ),
            ("a.heic", b"\x01\x02\x03", "HEIC is not read"),
            ("a.png", b"\x01\x02\x03", "is no picture of a known format"),
        ] {
            let error = decode(name, bytes).err().unwrap().to_string();
            assert!(error.contains(message), "{name}: {error}");
        }
        let mut damaged = encoded(photo(), ImageFormat::Png);
        let middle = damaged.len() / 2;
        damaged[middle] ^= 0x55;
        let error = decode("a.png", &damaged).err().unwrap();
        assert!(matches!(error, PictureError::Damaged(_)), "{error}");
    }

    #[test]
    fn a_picture_that_claims_to_be_too_large_is_refused_before_it_is_decoded() {
        let mut huge = encoded(RgbImage::new(1, 1), ImageFormat::Bmp);
        for (width, height) in [(20_000, 20_000), (16_385, 1)] {
            huge[18..22].copy_from_slice(&i32::to_le_bytes(width));
            huge[22..26].copy_from_slice(&i32::to_le_bytes(height));
            let error = decode("huge.bmp", &huge).err().unwrap().to_string();
            let size = format!("is too large ({width}x{height} pixels)");
            assert!(
                error.contains(&size) && error.contains("at most 16384"),
                "{error}"
            );
        }
        // 16 bits a channel are twice the bytes.
        let deep = b"P6 16384 16384 65535\n";
        let error = decode("deep.ppm", deep).err().unwrap();
        assert!(matches!(error, PictureError::TooLarge(_)), "{error}");
    }

    #[test]
    fn grey_of_many_bits_and_palettes_are_read() {
        let deep =
            image::ImageBuffer::<Luma<u16>, _>::from_fn(4, 4, |x, _| Luma([x as u16 * 20_000]));
        let decoded = decode("a.png", &encoded(deep, ImageFormat::Png)).unwrap();
        assert_eq!(decoded.made.into_luma8().get_pixel(3, 0).0, [233]);
        let gif = encoded(RgbImage::from_pixel(4, 4, Rgb([90; 3])), ImageFormat::Gif);
        assert_eq!(
            decode("a.gif", &gif)
                .unwrap()
                .made
                .into_luma8()
                .get_pixel(0, 0)
                .0,
            [90]
        );
    }
}
