use image::{DynamicImage, GrayImage};
use leptos::html;
use leptos::prelude::*;
use protocol::photo::{Crop, Photo};
use shared::input::INPUT_SIDE;
use web_sys::{HtmlCanvasElement, ImageData};

use super::client::PhotoClient;
use super::text;
use crate::canvas::{PictureCanvas, context};
use crate::language::class_name;
use crate::numbers::percent;
use crate::state::use_state;

/// The steps from the photo to the answer, each a tile.
#[component]
pub fn Strip(
    /// The photo and its edges.
    client: PhotoClient,
) -> impl IntoView {
    let edges = client.edges();
    let grey_32 = Signal::derive(move || {
        let grey = edges.read().as_ref()?.grey_32.clone();
        GrayImage::from_raw(INPUT_SIDE, INPUT_SIDE, grey).map(DynamicImage::from)
    });
    let edges_32 = Signal::derive(move || client.edges_32().map(DynamicImage::from));
    view! {
        <ol class="strip" aria-label=text::STEPS>
            <li class="tile">
                <CropCanvas client=client />
                <p class="tile-name">{text::STEP_CROP}</p>
            </li>
            <li class="tile">
                <PictureCanvas id="photo-grey-32" label=text::GREY_LABEL picture=grey_32 />
                <p class="tile-name">{text::STEP_GREY}</p>
            </li>
            <li class="tile seen-tile">
                <PictureCanvas id="photo-edges-32" label=text::EDGES_32_LABEL picture=edges_32 />
                <p class="tile-name">{text::STEP_EDGES}</p>
                <p class="tile-hint">{text::STEP_EDGES_HINT}</p>
            </li>
            <li class="tile">
                <AnswerTile />
                <p class="tile-name">{text::STEP_ANSWER}</p>
            </li>
        </ol>
    }
}

/// The leading class of the newest answer.
#[component]
fn AnswerTile() -> impl IntoView {
    let scores = use_state().scores;
    let name = move || {
        let scores = scores.read();
        let best = scores.first().map(|best| class_name(&best.name));
        best.unwrap_or(text::NOTHING).to_string()
    };
    let confidence = move || {
        let scores = scores.read();
        let best = scores.first();
        best.map(|best| percent(best.probability))
    };
    view! {
        <p class="tile-answer" id="photo-answer">
            <strong>{name}</strong>
            <span class="number">{confidence}</span>
        </p>
    }
}

/// The crop, pixel for pixel.
#[component]
fn CropCanvas(
    /// The photo and its crop.
    client: PhotoClient,
) -> impl IntoView {
    let node = NodeRef::<html::Canvas>::new();
    let photo = client.photo();
    Effect::new(move |_| {
        if let (Some(canvas), Some(photo)) = (node.get(), &*photo.read()) {
            let size = (photo.shown.width, photo.shown.height);
            let crop = client.crop().get().map(|crop| crop.within(size));
            paint(
                &canvas,
                photo,
                crop.unwrap_or_else(|| Crop::centred_in(size)),
            );
        }
    });
    view! { <canvas node_ref=node id="photo-crop" class="picture" role="img" aria-label=text::CROP_LABEL></canvas> }
}

fn paint(canvas: &HtmlCanvasElement, photo: &Photo, crop: Crop) {
    let shown = &photo.shown;
    canvas.set_width(crop.side);
    canvas.set_height(crop.side);
    let data =
        ImageData::new_with_js_u8_clamped_array_and_sh(&shown.bytes, shown.width, shown.height);
    if let (Some(context), Ok(data)) = (context(canvas), data) {
        let [left, top, side] = [crop.left, crop.top, crop.side].map(f64::from);
        // Refused only for data of a size other than its own.
        let _ = context.put_image_data_with_dirty_x_and_dirty_y_and_dirty_width_and_dirty_height(
            &data, -left, -top, left, top, side, side,
        );
    }
}
