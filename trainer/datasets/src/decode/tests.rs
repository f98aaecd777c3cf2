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
    let mut exif =
        *b"\xff\xe1\x00\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
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

/// A grey BigTIFF of 2x1 pixels, whose numbers are written by `bytes`, least significant first or last.
fn big_tiff(start: &[u8; 4], bytes: impl Fn(u64, usize) -> Vec<u8>) -> Vec<u8> {
    const SHORT: u64 = 3;
    let tags = [
        (256, 2),
        (257, 1),
        (258, 8),
        (259, 1),
        (262, 1),
        (273, 16),
        (277, 1),
        (278, 1),
        (279, 2),
    ];
    let mut file = start.to_vec();
    for (number, size) in [(8, 2), (0, 2), (24, 8)] {
        file.extend(bytes(number, size));
    }
    // The picture, and what fills up to a multiple of 8.
    file.extend([10, 200, 0, 0, 0, 0, 0, 0]);
    file.extend(bytes(tags.len() as u64, 8));
    for (tag, value) in tags {
        for (number, size) in [(tag, 2), (SHORT, 2), (1, 8), (value, 2), (0, 6)] {
            file.extend(bytes(number, size));
        }
    }
    file.extend(bytes(0, 8));
    file
}

#[test]
fn big_tiff_is_read_in_either_order_of_bytes() {
    let little = big_tiff(b"II+\0", |number, size| {
        number.to_le_bytes()[..size].to_vec()
    });
    let big = big_tiff(b"MM\0+", |number, size| {
        number.to_be_bytes()[8 - size..].to_vec()
    });
    for bytes in [little, big] {
        for name in ["a.tif", "a"] {
            let picture = decode(name, &bytes).unwrap().made;
            assert_eq!(picture.to_luma8().as_raw(), &[10, 200]);
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
fn a_picture_without_pixels_is_refused() {
    for bytes in [&b"P6 0 0 255\n"[..], b"P5 0 5 255\n", b"P4 3 0\n"] {
        let error = decode("a.ppm", bytes).err().unwrap();
        assert!(matches!(error, PictureError::NoPixels(_)), "{error}");
    }
}

#[test]
fn grey_of_many_bits_and_palettes_are_read() {
    let deep = image::ImageBuffer::<Luma<u16>, _>::from_fn(4, 4, |x, _| Luma([x as u16 * 20_000]));
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
