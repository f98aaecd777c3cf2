//! What a file is, by its name and by its contents.

use std::path::Path;

use image::ImageFormat;

/// What the ending of a file's name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// A picture that can be read.
    Picture(ImageFormat),
    /// A picture, a document or a film of a format that is not read.
    Unread(&'static str),
    /// No picture, or no ending that says so.
    Other,
}

/// What the first bytes of a file say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Contents {
    /// A picture that can be read.
    Picture(ImageFormat),
    /// A picture, a document or a film of a format that is not read.
    Unread(&'static str),
    /// An archive.
    Archive(Archive),
    /// Something else that is known.
    Other(Other),
    /// Nothing that is known; TGA has no first bytes of its own.
    Unknown,
}

/// A kind of archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Archive {
    /// The only one that is read.
    Zip,
    /// Any other, by its name.
    Other(&'static str),
}

impl Archive {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Zip => "zip",
            Self::Other(name) => name,
        }
    }
}

/// What is not a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Other {
    /// What servers send instead of a file that isn't there, or wants a password.
    WebPage,
    /// What Git keeps in place of a large file.
    LfsPointer,
    /// Zeros, as a download or a copy leaves that was broken off.
    Zeros,
    /// Any other text.
    Text,
}

/// How many of a file's first bytes [`contents`] looks at.
pub(super) const HEAD: usize = 512;

/// Endings of formats that are read, besides those that the decoders know.
const MORE_ENDINGS: [(&str, ImageFormat); 6] = [
    ("dib", ImageFormat::Bmp),
    ("icb", ImageFormat::Tga),
    ("jif", ImageFormat::Jpeg),
    ("jpe", ImageFormat::Jpeg),
    ("pjpeg", ImageFormat::Jpeg),
    ("vda", ImageFormat::Tga),
];

/// Endings of formats that are not read.
const UNREAD_ENDINGS: [(&str, &[&str]); 21] = [
    ("HEIC", &["heic", "heics", "heif", "heifs", "hif"]),
    ("AVIF", &["avif", "avifs"]),
    ("SVG", &["svg", "svgz"]),
    ("Photoshop", &["psb", "psd"]),
    ("JPEG XL", &["jxl"]),
    ("JPEG 2000", &["j2c", "j2k", "jp2", "jpf", "jpx"]),
    ("JPEG XR", &["hdp", "jxr", "wdp"]),
    ("DDS", &["dds"]),
    ("ICO", &["cur", "ico"]),
    ("OpenEXR", &["exr"]),
    ("Radiance HDR", &["hdr"]),
    ("farbfeld", &["ff"]),
    ("PCX", &["pcx"]),
    ("WMF or EMF", &["emf", "wmf"]),
    ("EPS or Illustrator", &["ai", "eps", "ps"]),
    ("PDF", &["pdf"]),
    ("GIMP", &["xcf"]),
    ("Krita", &["kra"]),
    ("Procreate", &["procreate"]),
    (
        "a camera's raw format",
        &[
            "3fr", "arw", "cr2", "cr3", "crw", "dcr", "dng", "erf", "kdc", "mrw", "nef", "nrw",
            "orf", "pef", "raf", "raw", "rw2", "rwl", "sr2", "srf", "srw", "x3f",
        ],
    ),
    (
        "a film's format",
        &[
            "3gp", "avi", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "webm", "wmv",
        ],
    ),
];

/// What a file is by the ending of its name, whose case does not matter.
pub(super) fn named(name: &str) -> Named {
    let Some((_, ending)) = name.rsplit_once('.') else {
        return Named::Other;
    };
    let ending = ending.to_ascii_lowercase();
    let more = MORE_ENDINGS.iter().find(|(more, _)| *more == ending);
    let format = more.map(|(_, format)| *format);
    match format.or_else(|| ImageFormat::from_extension(&ending)) {
        Some(format) if format.reading_enabled() => return Named::Picture(format),
        _ => {}
    }
    let unread = UNREAD_ENDINGS
        .iter()
        .find(|(_, endings)| endings.contains(&&*ending));
    unread.map_or(Named::Other, |(name, _)| Named::Unread(name))
}

/// Whether a file is read as a picture where it is in a folder of pictures, by the ending of its name.
pub fn is_named_as_picture(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    matches!(named(&name), Named::Picture(_))
}

/// First bytes of files that are not read as pictures, and of those that are though [`image::guess_format`] does not know them: where
/// they are, what they are, and whose.
const MAGIC: [(usize, &[u8], Contents); 30] = [
    (0, b"8BPS", Contents::Unread("Photoshop")),
    (0, b"\xff\x0a", Contents::Unread("JPEG XL")),
    (0, b"\0\0\0\x0cJXL ", Contents::Unread("JPEG XL")),
    (0, b"\0\0\0\x0cjP  ", Contents::Unread("JPEG 2000")),
    (0, b"\xff\x4f\xff\x51", Contents::Unread("JPEG 2000")),
    (0, b"II\xbc\x01", Contents::Unread("JPEG XR")),
    (0, b"%PDF", Contents::Unread("PDF")),
    (0, b"%!PS", Contents::Unread("EPS or Illustrator")),
    (
        0,
        b"\xc5\xd0\xd3\xc6",
        Contents::Unread("EPS or Illustrator"),
    ),
    (0, b"gimp xcf", Contents::Unread("GIMP")),
    (0, b"\xd7\xcd\xc6\x9a", Contents::Unread("WMF or EMF")),
    (
        0,
        b"FUJIFILMCCD-RAW",
        Contents::Unread("a camera's raw format"),
    ),
    (0, b"IIRO", Contents::Unread("a camera's raw format")),
    (0, b"IIU\0", Contents::Unread("a camera's raw format")),
    (8, b"CR\x02", Contents::Unread("a camera's raw format")),
    (8, b"AVI ", Contents::Unread("a film's format")),
    (0, b"\x1a\x45\xdf\xa3", Contents::Unread("a film's format")),
    // BigTIFF.
    (0, b"II+\0", Contents::Picture(ImageFormat::Tiff)),
    (0, b"MM\0+", Contents::Picture(ImageFormat::Tiff)),
    (0, b"PK\x03\x04", Contents::Archive(Archive::Zip)),
    (0, b"PK\x05\x06", Contents::Archive(Archive::Zip)),
    (0, b"PK\x07\x08", Contents::Archive(Archive::Zip)),
    (0, b"Rar!\x1a\x07", Contents::Archive(Archive::Other("RAR"))),
    (
        0,
        b"7z\xbc\xaf\x27\x1c",
        Contents::Archive(Archive::Other("7z")),
    ),
    (
        0,
        b"\x1f\x8b",
        Contents::Archive(Archive::Other("gzip or tar.gz")),
    ),
    (0, b"BZh", Contents::Archive(Archive::Other("bzip2"))),
    (0, b"\xfd7zXZ\0", Contents::Archive(Archive::Other("xz"))),
    (
        0,
        b"\x28\xb5\x2f\xfd",
        Contents::Archive(Archive::Other("Zstandard")),
    ),
    (257, b"ustar", Contents::Archive(Archive::Other("tar"))),
    (
        0,
        b"version https://git-lfs",
        Contents::Other(Other::LfsPointer),
    ),
];

/// What a file is by its first [`HEAD`] bytes; fewer are enough if the file has no more.
pub(super) fn contents(head: &[u8]) -> Contents {
    let head = &head[..head.len().min(HEAD)];
    let has = |at: usize, magic: &[u8]| head.get(at..).is_some_and(|rest| rest.starts_with(magic));
    if has(4, b"ftyp") {
        return Contents::Unread(brand(head));
    }
    if let Some((.., contents)) = MAGIC.iter().find(|(at, magic, _)| has(*at, magic)) {
        return *contents;
    }
    match image::guess_format(head) {
        Ok(format) if !format.reading_enabled() => return Contents::Unread(unread(format)),
        Ok(format) if is_sure(format, head) => return Contents::Picture(format),
        _ => {}
    }
    if head.len() >= 16 && head.iter().all(|byte| *byte == 0) {
        return Contents::Other(Other::Zeros);
    }
    text(head)
}

/// Two letters may begin any text.
fn is_sure(format: ImageFormat, head: &[u8]) -> bool {
    match format {
        // The reserved bytes, and the length of the header that follows.
        ImageFormat::Bmp => {
            head.get(6..10) == Some(&[0; 4])
                && matches!(head.get(14..18), Some([12..=124, 0, 0, 0]))
        }
        ImageFormat::Pnm => head.get(2).is_some_and(u8::is_ascii_whitespace),
        _ => true,
    }
}

/// Whose a file of the family of MP4 is, to which HEIC and AVIF belong.
fn brand(head: &[u8]) -> &'static str {
    let brands = || head[8..].chunks(4);
    let first = head.get(8..12).unwrap_or_default();
    if brands().take(16).any(|brand| brand.starts_with(b"avi")) {
        "AVIF"
    } else if first == b"crx " {
        "a camera's raw format"
    } else if first.starts_with(b"he") || first.starts_with(b"mi") || first.starts_with(b"msf") {
        "HEIC"
    } else {
        "a film's format"
    }
}

fn unread(format: ImageFormat) -> &'static str {
    let endings = format.extensions_str();
    let named = endings.iter().map(|ending| named(&format!(".{ending}")));
    let mut names = named.filter_map(|named| match named {
        Named::Unread(name) => Some(name),
        _ => None,
    });
    names.next().unwrap_or("a format that is not known here")
}

/// What a format that is read is called.
pub(super) fn format_name(format: ImageFormat) -> &'static str {
    match format {
        ImageFormat::Png => "PNG",
        ImageFormat::Jpeg => "JPEG",
        ImageFormat::Gif => "GIF",
        ImageFormat::WebP => "WebP",
        ImageFormat::Pnm => "PNM",
        ImageFormat::Tiff => "TIFF",
        ImageFormat::Tga => "TGA",
        ImageFormat::Bmp => "BMP",
        ImageFormat::Qoi => "QOI",
        other => other
            .extensions_str()
            .first()
            .copied()
            .unwrap_or("another format"),
    }
}

fn text(head: &[u8]) -> Contents {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    // The last character may be cut off.
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return Contents::Unknown,
    };
    let is_control = |character: char| character.is_control() && !character.is_whitespace();
    if text.is_empty() || text.contains(is_control) {
        return Contents::Unknown;
    }
    let start = text.trim_start().to_ascii_lowercase();
    if start.contains("<svg") {
        return Contents::Unread("SVG");
    }
    let is_page = ["<!doctype html", "<html", "<head", "<body"];
    Contents::Other(if is_page.iter().any(|tag| start.contains(tag)) {
        Other::WebPage
    } else {
        Other::Text
    })
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::RgbImage;

    use super::*;

    #[test]
    fn names_tell_what_is_read_what_is_not_and_what_is_no_picture() {
        for (name, format) in [
            ("a.png", ImageFormat::Png),
            ("a.b.JPEG", ImageFormat::Jpeg),
            ("x.jfif", ImageFormat::Jpeg),
            ("x.JPE", ImageFormat::Jpeg),
            ("7.tga", ImageFormat::Tga),
            ("7.pgm", ImageFormat::Pnm),
        ] {
            assert_eq!(named(name), Named::Picture(format), "{name}");
        }
        for (name, format) in [
            ("IMG_1.HEIC", "HEIC"),
            ("a.avif", "AVIF"),
            ("a.ico", "ICO"),
            ("a.NEF", "a camera's raw format"),
            ("a.mov", "a film's format"),
        ] {
            assert_eq!(named(name), Named::Unread(format), "{name}");
        }
        for name in ["labels.csv", "png", "a.", "", "notes.txt"] {
            assert_eq!(named(name), Named::Other, "{name}");
        }
    }

    #[test]
    fn every_format_that_is_read_is_known_by_its_contents_but_tga() {
        for format in ImageFormat::all().filter(ImageFormat::reading_enabled) {
            let mut bytes = Cursor::new(Vec::new());
            RgbImage::new(5, 4).write_to(&mut bytes, format).unwrap();
            let expected = match format {
                ImageFormat::Tga => Contents::Unknown,
                format => Contents::Picture(format),
            };
            assert_eq!(contents(bytes.get_ref()), expected);
        }
    }

    #[test]
    fn what_is_not_read_is_known_by_its_contents() {
        for (bytes, expected) in [
            (
                &b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"[..],
                Contents::Unread("HEIC"),
            ),
            (
                b"\0\0\0\x1cftypmif1\0\0\0\0avifmif1",
                Contents::Unread("AVIF"),
            ),
            (
                b"\0\0\0\x18ftypcrx \0\0\0\x01",
                Contents::Unread("a camera's raw format"),
            ),
            (
                b"\0\0\0\x20ftypisom\0\0\x02\0isom",
                Contents::Unread("a film's format"),
            ),
            (b"\0\0\x01\0\x01\0\x20\x20", Contents::Unread("ICO")),
            (b"%PDF-1.7", Contents::Unread("PDF")),
            (
                b"\xef\xbb\xbf<?xml version='1.0'?>\n<svg xmlns='x'>",
                Contents::Unread("SVG"),
            ),
            (
                b"\r\n<!DOCTYPE html><html>",
                Contents::Other(Other::WebPage),
            ),
            (
                b"version https://git-lfs.github.com/spec/v1\noid sha256:00",
                Contents::Other(Other::LfsPointer),
            ),
            (&[0; 600], Contents::Other(Other::Zeros)),
            (b"BMW is a car", Contents::Other(Other::Text)),
            (b"P1000 is a phone", Contents::Other(Other::Text)),
            ("Schöne Grüße".as_bytes(), Contents::Other(Other::Text)),
            (b"PK\x03\x04...", Contents::Archive(Archive::Zip)),
            (
                b"Rar!\x1a\x07\x01\0",
                Contents::Archive(Archive::Other("RAR")),
            ),
            (b"\x01\x02\x03", Contents::Unknown),
            (b"", Contents::Unknown),
        ] {
            assert_eq!(contents(bytes), expected, "{bytes:?}");
        }
    }
}
