//! Files through the browser's decoders, as the worker does it.

mod edges;
mod orientation;
mod refusals;

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

async fn found(wanted: Wanted) -> Edges {
    match answer(Request::FindEdges { id: 8, wanted }).await {
        Some(Reply::Found { id: 8, edges }) => {
            assert_eq!(edges.wanted, wanted);
            edges
        }
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
