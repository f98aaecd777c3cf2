use leptos::html;
use leptos::prelude::*;
use protocol::photo::Rgba;
use web_sys::{HtmlCanvasElement, ImageData};

use crate::canvas::context;
use crate::language::Text;

/// A canvas of exactly the picture's size that holds exactly its pixels, straight from the worker's array.
#[component]
pub fn PaintedCanvas(
    /// The element's id.
    id: &'static str,
    /// What is to be seen, for those who can't.
    label: Text,
    /// The picture; without one the canvas stays as it is.
    picture: Signal<Option<Rgba>, LocalStorage>,
    /// Becomes the canvas.
    #[prop(optional)]
    node: NodeRef<html::Canvas>,
) -> impl IntoView {
    Effect::new(move |_| {
        if let (Some(canvas), Some(picture)) = (node.get(), &*picture.read()) {
            paint(&canvas, picture);
        }
    });
    view! { <canvas node_ref=node id=id class="picture" role="img" aria-label=label></canvas> }
}

fn paint(canvas: &HtmlCanvasElement, picture: &Rgba) {
    let (width, height) = (picture.width, picture.height);
    if (canvas.width(), canvas.height()) != (width, height) {
        canvas.set_width(width);
        canvas.set_height(height);
    }
    let data = ImageData::new_with_js_u8_clamped_array_and_sh(&picture.bytes, width, height);
    if let (Some(context), Ok(data)) = (context(canvas), data) {
        // Refused only for data of a size other than its own.
        let _ = context.put_image_data(&data, 0.0, 0.0);
    }
}
