//! Files through the browser's decoders, as the worker does it.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba as RgbaPixel, RgbaImage};
use js_sys::{Array, Promise, Uint8Array};
use protocol::photo::{Crop, Edges, Rgba};
use shared::input::{edges_from_photo, photo_grey};
use shared::picture::{CannyThresholds, canny, luma, on_white, resize_rgb};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{File, ImageBitmap};

use super::*;

fn file(name: &str, bytes: &[u8]) -> File {
    let parts = Array::of1(&Uint8Array::from(bytes));
    File::new_with_buffer_source_sequence(&parts, name).unwrap()
}

fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn photo(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb([
            (x * 3) as u8,
            if x > y { 200 } else { 20 },
            (x * y / 7) as u8,
        ])
    })
}

async fn opened(bytes: &[u8]) -> (Photo, Edges) {
    let request = Request::Open {
        id: 3,
        file: file("a", bytes),
        wanted: Wanted::default(),
    };
    match answer(request).await {
        Some(Reply::Opened { photo, edges, .. }) => (photo, edges),
        other => panic!("{other:?}"),
    }
}

async fn refused(name: &str, bytes: &[u8]) -> String {
    let request = Request::Open {
        id: 3,
        file: file(name, bytes),
        wanted: Wanted::default(),
    };
    match answer(request).await {
        Some(Reply::Refused { id: 3, reason }) => reason.english,
        other => panic!("{other:?}"),
    }
}

fn requires(found: &Rgba, picture: impl Into<DynamicImage>) {
    let picture = picture.into().into_rgba8();
    assert_eq!((found.width, found.height), picture.dimensions());
    assert!(found.bytes.to_vec() == picture.into_raw(), "other pixels");
}

#[wasm_bindgen_test]
async fn lossless_photos_come_back_to_the_bit() {
    let original = photo(60, 41);
    for format in [ImageFormat::Png, ImageFormat::Bmp, ImageFormat::WebP] {
        let (photo, edges) = opened(&encoded(original.clone(), format)).await;
        assert_eq!((photo.width, photo.height), (60, 41));
        requires(&photo.shown, original.clone());
        assert_eq!(photo.centred_32, photo_grey(&original).into_raw());
        assert_eq!(edges.grey_32, photo.centred_32);
        let thresholds = CannyThresholds::default();
        requires(&edges.shown, canny(&luma(&original), thresholds));
        let edges_32 = edges_from_photo(&original, thresholds);
        assert_eq!(edges.edges_32, edges_32.into_raw());
    }
}

#[wasm_bindgen_test]
async fn a_photo_of_many_bands_and_pieces_is_shrunk_as_in_one() {
    for (width, height) in [(5000, 700), (300, 5000)] {
        let original = photo(width, height);
        let (photo, _) = opened(&encoded(original.clone(), ImageFormat::Png)).await;
        let (shown_width, shown_height) = (photo.shown.width, photo.shown.height);
        assert_eq!(shown_width.max(shown_height), 1600);
        requires(
            &photo.shown,
            resize_rgb(&original, shown_width, shown_height),
        );
        assert_eq!(photo.centred_32, photo_grey(&original).into_raw());
    }
}

#[wasm_bindgen_test]
async fn transparent_photos_are_laid_on_white_as_in_training() {
    // Every level with every opacity.
    let glass = RgbaImage::from_fn(256, 256, |x, y| {
        RgbaPixel([x as u8, 255 - x as u8, (x * 7) as u8, y as u8])
    });
    let (photo, _) = opened(&encoded(glass.clone(), ImageFormat::Png)).await;
    requires(&photo.shown, on_white(glass.into()));
}

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

#[wasm_bindgen_test]
async fn animated_pictures_show_their_first_frame() {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
    for level in [250, 10] {
        let frame = RgbaImage::from_pixel(9, 7, RgbaPixel([level, level, level, 255]));
        encoder.encode_frame(image::Frame::new(frame)).unwrap();
    }
    drop(encoder);
    let (photo, _) = opened(&bytes).await;
    requires(&photo.shown, RgbImage::from_pixel(9, 7, Rgb([250; 3])));
}

#[wasm_bindgen_test]
async fn pictures_of_more_than_100_megapixels_are_refused_unread() {
    let small = RgbImage::new(3, 3);
    let mut png = encoded(small.clone(), ImageFormat::Png);
    png[16..24].copy_from_slice(&[0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20]);
    assert_eq!(
        refused("bomb.png", &png).await,
        "“bomb.png” is too large to open here: it has 400 megapixels, and 100 are the most."
    );
    let mut jpeg = encoded(small.clone(), ImageFormat::Jpeg);
    let frame = jpeg
        .windows(2)
        .position(|pair| pair == [0xff, 0xc0])
        .unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0x2f, 0xd0, 0x3f, 0xc0]);
    assert!(
        refused("200mp.jpg", &jpeg)
            .await
            .contains("it has 200 megapixels")
    );
    let mut bmp = encoded(small, ImageFormat::Bmp);
    bmp[18..22].copy_from_slice(&12_000_i32.to_le_bytes());
    bmp[22..26].copy_from_slice(&(-9_000_i32).to_le_bytes());
    assert!(
        refused("a.bmp", &bmp)
            .await
            .contains("it has 108 megapixels")
    );
}

#[wasm_bindgen_test]
async fn other_files_damaged_and_empty_ones_are_told_apart() {
    let sentence = refused("notes.txt", b"Dear diary").await;
    assert!(
        sentence.starts_with("“notes.txt” is not a picture"),
        "{sentence}"
    );
    let sentence = refused("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>").await;
    assert!(
        sentence.starts_with("“a.svg” is not a picture"),
        "{sentence}"
    );
    let sentence = refused("nothing.png", b"").await;
    assert!(
        sentence.starts_with("“nothing.png” is an empty file"),
        "{sentence}"
    );
    for format in [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::WebP,
        ImageFormat::Bmp,
    ] {
        let mut cut = encoded(photo(90, 60), format);
        cut.truncate(cut.len() / 2);
        let sentence = refused("cut", &cut).await;
        assert!(sentence.starts_with("“cut” is damaged"), "{sentence}");
    }
    let sentence = refused("cut.png", b"\x89PNG\r\n\x1a\n\0\0").await;
    assert!(sentence.starts_with("“cut.png” is damaged"), "{sentence}");
}

#[wasm_bindgen_test]
async fn a_heic_that_the_browser_does_not_know_is_named_as_one() {
    let mut heic = b"\0\0\0\x14ftypheic\0\0\0\0mif1".to_vec();
    heic.extend(b"\0\0\0\x30meta\0\0\0\0\0\0\0\x24iprp\0\0\0\x1cipco\0\0\0\x14ispe\0\0\0\0");
    heic.extend([0, 0, 0, 40, 0, 0, 0, 30]);
    let sentence = refused("IMG_1.HEIC", &heic).await;
    assert!(
        sentence.starts_with("“IMG_1.HEIC” is a HEIC picture"),
        "{sentence}"
    );
}

async fn found(wanted: Wanted) -> Edges {
    match answer(Request::FindEdges { id: 8, wanted }).await {
        Some(Reply::Found { id: 8, edges }) => {
            assert_eq!(edges.wanted, wanted);
            edges
        }
        other => panic!("{other:?}"),
    }
}

#[wasm_bindgen_test]
async fn other_thresholds_find_other_edges() {
    let original = photo(80, 64);
    opened(&encoded(original.clone(), ImageFormat::Png)).await;
    let thresholds = CannyThresholds::new(50.0, 100.0);
    let edges = found(Wanted {
        thresholds,
        ..Wanted::default()
    })
    .await;
    requires(&edges.shown, canny(&luma(&original), thresholds));
    let edges_32 = edges_from_photo(&original, thresholds);
    assert_eq!(edges.edges_32, edges_32.into_raw());
}

#[wasm_bindgen_test]
async fn a_crop_is_what_training_makes_of_such_a_photo() {
    let original = photo(120, 90);
    let (photo, _) = opened(&encoded(original.clone(), ImageFormat::Png)).await;
    let crop = Crop {
        left: 31,
        top: 7,
        side: 50,
    };
    let edges = found(Wanted {
        crop: Some(crop),
        ..Wanted::default()
    })
    .await;
    let part = image::imageops::crop_imm(&original, 31, 7, 50, 50).to_image();
    assert_eq!(edges.grey_32, photo_grey(&part).into_raw());
    let thresholds = CannyThresholds::default();
    let expected = edges_from_photo(&part, thresholds);
    assert_eq!(edges.edges_32, expected.into_raw());
    requires(&edges.shown, canny(&luma(&original), thresholds));
    // The square that training takes, by name and by its numbers.
    let centred = Some(Crop::centred_in((120, 90)));
    for crop in [None, centred] {
        let edges = found(Wanted {
            crop,
            ..Wanted::default()
        })
        .await;
        assert_eq!(edges.grey_32, photo.centred_32);
    }
}

#[wasm_bindgen_test]
async fn edges_are_found_at_the_size_at_which_they_are_shown() {
    let original = photo(120, 90);
    opened(&encoded(original.clone(), ImageFormat::Png)).await;
    let thresholds = CannyThresholds::new(50.0, 100.0);
    for (room, size) in [((60, 999), (60, 45)), ((999, 999), (120, 90))] {
        let edges = found(Wanted {
            thresholds,
            room,
            ..Wanted::default()
        })
        .await;
        let shrunk = resize_rgb(&original, size.0, size.1);
        requires(&edges.shown, canny(&luma(&shrunk), thresholds));
        assert!(edges.panels.is_empty());
    }
    let edges = found(Wanted {
        panel: 40,
        ..Wanted::default()
    })
    .await;
    let shrunk = luma(&resize_rgb(&original, 40, 30));
    assert_eq!(edges.panels.len(), CannyThresholds::PRESETS.len());
    for (panel, thresholds) in edges.panels.iter().zip(CannyThresholds::PRESETS) {
        requires(panel, canny(&shrunk, thresholds));
    }
}

#[wasm_bindgen_test]
async fn a_photo_that_comes_back_is_kept_as_it_was() {
    let original = photo(70, 50);
    let (photo, edges) = opened(&encoded(original, ImageFormat::Png)).await;
    opened(&encoded(self::photo(9, 9), ImageFormat::Png)).await;
    let keep = |shown, centred_32| answer(Request::Keep { shown, centred_32 });
    assert!(
        keep(photo.shown.clone(), photo.centred_32.clone())
            .await
            .is_none()
    );
    let again = found(Wanted::default()).await;
    assert_eq!(again.edges_32, edges.edges_32);
    assert_eq!(again.shown.bytes.to_vec(), edges.shown.bytes.to_vec());
    let cut = Rgba {
        height: photo.shown.height + 1,
        ..photo.shown
    };
    let reply = keep(cut, photo.centred_32).await;
    assert!(matches!(reply, Some(Reply::Failed { .. })), "{reply:?}");
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = createImageBitmap)]
    fn create_image_bitmap(file: &File) -> Promise;
}

#[wasm_bindgen_test]
async fn a_frame_of_the_camera_is_a_photo() {
    let original = photo(64, 48);
    let png = file("a", &encoded(original.clone(), ImageFormat::Png));
    let bitmap = JsFuture::from(create_image_bitmap(&png)).await.unwrap();
    let bitmap: ImageBitmap = bitmap.dyn_into().unwrap();
    let wanted = Wanted {
        crop: Some(Crop {
            left: 0,
            top: 0,
            side: 48,
        }),
        ..Wanted::default()
    };
    let request = Request::Frame {
        id: 4,
        bitmap,
        wanted,
    };
    assert_eq!(request.handed_over().length(), 1);
    let Some(Reply::Opened {
        id: 4,
        photo,
        edges,
    }) = answer(request).await
    else {
        panic!("no photo");
    };
    requires(&photo.shown, original.clone());
    let part = image::imageops::crop_imm(&original, 0, 0, 48, 48).to_image();
    assert_eq!(edges.grey_32, photo_grey(&part).into_raw());
}
