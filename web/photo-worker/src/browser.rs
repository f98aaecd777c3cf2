//! What the browser does with pictures, in a worker as on a page.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, ContextAttributes2d, ImageBitmap, OffscreenCanvas, OffscreenCanvasRenderingContext2d,
};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = createImageBitmap, catch)]
    fn create_image_bitmap(blob: &Blob) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &js_sys::Function, milliseconds: i32) -> i32;
}

/// A decoded picture, whose memory is given back as soon as it is dropped.
pub struct Bitmap(ImageBitmap);

impl Bitmap {
    /// Width in pixels.
    pub fn width(&self) -> u32 {
        self.0.width()
    }

    /// Height in pixels.
    pub fn height(&self) -> u32 {
        self.0.height()
    }
}

impl From<ImageBitmap> for Bitmap {
    fn from(bitmap: ImageBitmap) -> Self {
        Self(bitmap)
    }
}

impl Drop for Bitmap {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Decodes the first frame of a picture, by the browser's defaults: upright as EXIF says (as far as the browser knows), in sRGB.
///
/// Nothing is asked for beyond the defaults, since browsers differ in which options they know.
pub async fn decode(blob: &Blob) -> Result<Bitmap, JsValue> {
    let bitmap = JsFuture::from(create_image_bitmap(blob)?).await?;
    Ok(Bitmap(bitmap.dyn_into()?))
}

/// A canvas to read pixels back from.
pub struct Canvas {
    context: OffscreenCanvasRenderingContext2d,
    width: u32,
    height: u32,
}

impl Canvas {
    /// An opaque canvas of this size, in pixels.
    pub fn new(width: u32, height: u32) -> Result<Self, JsValue> {
        let canvas = OffscreenCanvas::new(width, height)?;
        let attributes = ContextAttributes2d::new();
        attributes.set_alpha(false);
        attributes.set_will_read_frequently(true);
        let context = canvas.get_context_with_context_options("2d", &attributes)?;
        let context: OffscreenCanvasRenderingContext2d =
            context.ok_or("there is no context")?.dyn_into()?;
        context.set_image_smoothing_enabled(false);
        context.set_fill_style_str("#fff");
        Ok(Self {
            context,
            width,
            height,
        })
    }

    /// The RGBA of the picture's part from (`left`, `top`) on, on white, `height` rows of `width` pixels of the canvas.
    pub fn read(
        &self,
        bitmap: &Bitmap,
        [a, b, c, d, e, f]: [f64; 6],
        (left, top): (u32, u32),
        (width, height): (u32, u32),
    ) -> Result<Vec<u8>, JsValue> {
        let context = &self.context;
        context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0)?;
        context.fill_rect(0.0, 0.0, self.width.into(), self.height.into());
        context.set_transform(a, b, c, d, e - f64::from(left), f - f64::from(top))?;
        context.draw_image_with_image_bitmap(&bitmap.0, 0.0, 0.0)?;
        let data = context.get_image_data(0.0, 0.0, width.into(), height.into())?;
        Ok(data.data().0)
    }
}

/// Lets messages that wait be taken in.
pub async fn breathe() {
    let promise = Promise::new(&mut |resolve, _| {
        set_timeout(&resolve, 0);
    });
    // It is never refused.
    let _ = JsFuture::from(promise).await;
}
