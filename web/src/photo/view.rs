//! The photo view.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::figures::Figures;
use super::source::Source;
use super::state::Photo;
use super::thresholds::Thresholds;
use super::tuning::Tuning;
use crate::tabs::Tab;

/// The types that a file dialogue offers; with these named a phone hands over its photos as JPEG.
const TYPES: &str = "image/png,image/jpeg,image/bmp,image/gif,image/webp";

/// Choosing a photo, seeing its edges, and moving the thresholds.
#[component]
pub fn PhotoView(
    /// The photo, if one is open.
    photo: RwSignal<Option<Photo>>,
    /// The thresholds of its edges.
    thresholds: RwSignal<Thresholds>,
    /// The view in front: an opened photo brings this one there.
    tab: RwSignal<Tab>,
) -> impl IntoView {
    let source = Source::new(photo, tab);
    let (hovering, reading) = (source.listen(), source.reading());
    let chosen = move |event: leptos::ev::Event| {
        let Some(input) = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
        else {
            return;
        };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            source.open(file);
        }
        // So that choosing the same file again counts as a change.
        input.set_value("");
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
