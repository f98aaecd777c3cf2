//! The photos that the edges are shown of: the page's samples, and the photo that is open.

use image::{GrayImage, RgbImage, RgbaImage};
use js_sys::Promise;
use leptos::prelude::*;
use shared::input::photo_grey;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlCanvasElement, ImageBitmap};

use crate::canvas::context;
use crate::language::Sentence;
use crate::photo::samples::{Sample, fetch};
use crate::program::in_words;

/// A sample as the 32x32 grey picture whose edges are taken.
///
/// # Errors
/// Where it does not come or the browser cannot read it, with the reason.
pub async fn grey_from_sample(sample: &Sample) -> Result<GrayImage, Sentence> {
    let file = fetch(sample).await?;
    let decoding = window().create_image_bitmap_with_blob(&file);
    let photo = async { pixels(decoding?).await }.await;
    Ok(photo_grey(&photo.map_err(in_words)?))
}

async fn pixels(decoding: Promise) -> Result<RgbImage, JsValue> {
    let bitmap: ImageBitmap = JsFuture::from(decoding).await?.dyn_into()?;
    let (width, height) = (bitmap.width(), bitmap.height());
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.dyn_into()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let nothing = || JsValue::from("a canvas without pixels");
    let context = context(&canvas).ok_or_else(nothing)?;
    context.draw_image_with_image_bitmap(&bitmap, 0.0, 0.0)?;
    bitmap.close();
    let data = context.get_image_data(0.0, 0.0, width.into(), height.into())?;
    let rgba = RgbaImage::from_raw(width, height, data.data().0).ok_or_else(nothing)?;
    Ok(RgbImage::from_fn(width, height, |x, y| {
        let [red, green, blue, _] = rgba.get_pixel(x, y).0;
        image::Rgb([red, green, blue])
    }))
}
