//! The photo view.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::figures::Figures;
use super::input::PhotoInput;
use super::tuning::Tuning;
use crate::state::use_state;

/// The types that a file dialogue offers; with these named a phone hands over its photos as JPEG.
const TYPES: &str = "image/png,image/jpeg,image/bmp,image/gif,image/webp";

/// Choosing a photo, seeing its edges, and moving the thresholds.
#[component]
pub fn PhotoView() -> impl IntoView {
    let state = use_state();
    let (photo, thresholds) = (state.photo, state.thresholds);
    let input = PhotoInput::new(photo, state.view);
    let (hovering, reading) = (input.listen(), input.reading());
    let chosen = move |event: leptos::ev::Event| {
        let Some(chooser) = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
        else {
            return;
        };
        if let Some(file) = chooser.files().and_then(|files| files.get(0)) {
            input.open(file);
        }
        // So that choosing the same file again counts as a change.
        chooser.set_value("");
    };
    view! {
        <div class="drop" class:hovering=hovering class:filled=move || photo.read().is_some()>
            <input type="file" id="photo-file" class="unseen" accept=TYPES on:change=chosen />
            <label for="photo-file" class="button">
                {move || if reading.get() { "Reading …" } else { "Choose a photo" }}
            </label>
            <p>"or drop or paste one. It stays on this machine."</p>
        </div>
        <div class="photo" hidden=move || photo.read().is_none()>
            <Figures photo=photo thresholds=thresholds />
            <Tuning thresholds=thresholds />
        </div>
    }
}
