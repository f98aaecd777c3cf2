//! The orientation that a camera writes into a file.

use super::*;

/// An EXIF block with nothing but an orientation.
fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0?\0\0\0\0\0\0\0".to_vec();
    exif[18] = orientation;
    exif
}

fn upright(picture: &RgbImage, orientation: u8) -> RgbImage {
    let mut picture = DynamicImage::from(picture.clone());
    let orientation = image::metadata::Orientation::from_exif(orientation).unwrap();
    picture.apply_orientation(orientation);
    picture.into_rgb8()
}

#[wasm_bindgen_test]
async fn photos_stand_upright_however_they_are_stored() {
    let stored = photo(40, 24);
    for orientation in 1..=8 {
        let expected = upright(&stored, orientation);

        let mut jpeg = encoded(stored.clone(), ImageFormat::Jpeg);
        let segment = [b"\xff\xe1\0\x22Exif\0\0", exif(orientation).as_slice()].concat();
        jpeg.splice(2..2, segment);
        let (photo, _) = opened(&jpeg).await;
        assert_eq!((photo.width, photo.height), expected.dimensions());
        // The corner of another colour lies where it should.
        let bytes = photo.shown.bytes.to_vec();
        let far = bytes
            .chunks_exact(4)
            .zip(expected.pixels())
            .filter(|(found, pixel)| {
                found
                    .iter()
                    .zip(pixel.0)
                    .any(|(found, level)| found.abs_diff(level) > 90)
            });
        assert!(far.count() < 100, "JPEG {orientation}");

        let webp = with_exif_in_webp(
            &encoded(stored.clone(), ImageFormat::WebP),
            &exif(orientation),
            &stored,
        );
        let (photo, _) = opened(&webp).await;
        requires(&photo.shown, expected.clone());

        let png = with_exif_in_png(
            &encoded(stored.clone(), ImageFormat::Png),
            &exif(orientation),
        );
        let (photo, _) = opened(&png).await;
        requires(&photo.shown, expected);
    }
}

fn with_exif_in_png(png: &[u8], exif: &[u8]) -> Vec<u8> {
    let content = [b"eXIf", exif].concat();
    let chunk = [
        &(exif.len() as u32).to_be_bytes(),
        content.as_slice(),
        &crc(&content).to_be_bytes(),
    ]
    .concat();
    // Behind the signature and the header.
    [&png[..33], &chunk, &png[33..]].concat()
}

/// A PNG's checksum.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

fn with_exif_in_webp(webp: &[u8], exif: &[u8], picture: &RgbImage) -> Vec<u8> {
    let (width, height) = picture.dimensions();
    let mut body = b"WEBPVP8X\x0a\0\0\0\x08\0\0\0".to_vec();
    body.extend(&(width - 1).to_le_bytes()[..3]);
    body.extend(&(height - 1).to_le_bytes()[..3]);
    body.extend(&webp[12..]);
    body.extend(b"EXIF");
    body.extend((exif.len() as u32).to_le_bytes());
    body.extend(exif);
    [&b"RIFF"[..], &(body.len() as u32).to_le_bytes(), &body].concat()
}
