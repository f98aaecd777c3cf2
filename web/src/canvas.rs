//! Pictures on canvases, pixel for pixel.

use image::{DynamicImage, RgbaImage};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, Element, HtmlCanvasElement, ImageData, PointerEvent};

use crate::draw::looks::{on_colours, on_size};
use crate::language::Text;

/// A canvas of exactly the picture's size that holds exactly its pixels.
#[component]
pub fn PictureCanvas(
    /// The element's id.
    id: &'static str,
    /// What is to be seen, for those who can't.
    label: Text,
    /// The picture; without one the canvas is one clear pixel.
    #[prop(into)]
    picture: Signal<Option<DynamicImage>>,
) -> impl IntoView {
    let node = NodeRef::<html::Canvas>::new();
    Effect::new(move |_| {
        let Some(canvas) = node.get() else { return };
        let rgba = picture.read().as_ref().map(DynamicImage::to_rgba8);
        paint(&canvas, &rgba.unwrap_or_else(|| RgbaImage::new(1, 1)));
    });
    view! { <canvas node_ref=node id=id class="picture" role="img" aria-label=label></canvas> }
}

/// A square canvas with one pixel for each of the screen, and what tells that it has to be painted anew.
pub fn square_canvas() -> (NodeRef<html::Canvas>, Trigger) {
    let node = NodeRef::<html::Canvas>::new();
    let looks = Trigger::new();
    Effect::new(move |_| {
        let Some(canvas) = node.get() else { return };
        let sized = canvas.clone();
        drop(on_size(&canvas, move |(width, height)| {
            let side = width.max(height);
            // A canvas that is hidden has no size.
            if side > 0 && sized.width() != side {
                sized.set_width(side);
                sized.set_height(side);
                looks.notify();
            }
        }));
        on_colours(move || looks.notify());
    });
    (node, looks)
}

/// Where a pointer is on an element, as shares of its sides from the left and from the top: 0 to 1 on it.
pub fn pointed_at(element: &Element, event: &PointerEvent) -> (f64, f64) {
    let area = element.get_bounding_client_rect();
    let share = |at: i32, from: f64, length: f64| (f64::from(at) - from) / length;
    (
        share(event.client_x(), area.left(), area.width()),
        share(event.client_y(), area.top(), area.height()),
    )
}

/// The drawing context of a canvas.
pub fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// Gives a canvas a picture's size and pixels.
pub fn paint(canvas: &HtmlCanvasElement, picture: &RgbaImage) {
    let (width, height) = picture.dimensions();
    if (canvas.width(), canvas.height()) != (width, height) {
        canvas.set_width(width);
        canvas.set_height(height);
    }
    let pixels = Clamped(picture.as_raw().as_slice());
    let data = ImageData::new_with_u8_clamped_array_and_sh(pixels, width, height);
    if let (Some(context), Ok(data)) = (context(canvas), data) {
        // Refused only for data of a size other than its own.
        let _ = context.put_image_data(&data, 0.0, 0.0);
    }
}
