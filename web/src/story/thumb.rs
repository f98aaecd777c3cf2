//! Small pictures, pixel for pixel.

use image::{DynamicImage, GrayImage};
use leptos::html;
use leptos::prelude::*;

use crate::canvas::paint;

/// A grey picture beside its name in words.
#[component]
pub fn Thumb(
    /// The picture.
    picture: GrayImage,
) -> impl IntoView {
    let node = NodeRef::<html::Canvas>::new();
    let rgba = DynamicImage::from(picture).to_rgba8();
    Effect::new(move |_| {
        if let Some(canvas) = node.get() {
            paint(&canvas, &rgba);
        }
    });
    view! { <canvas node_ref=node class="thumb" aria-hidden="true"></canvas> }
}
