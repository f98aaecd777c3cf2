//! The photo view.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::figures::Figures;
use super::input::PhotoInput;
use super::tuning::Tuning;
use super::words;
use crate::state::use_state;
use crate::views::View;

/// Choosing a photo, seeing its edges, and moving the thresholds.
#[component]
pub fn PhotoView() -> impl IntoView {
    let state = use_state();
    let (view, client) = (state.view, state.photo);
    let (photo, opening) = (client.photo(), client.is_opening());
    let input = PhotoInput::new(client);
    let (hovering, note) = (input.listen(), input.note());
    Effect::new(move |_| {
        if view.get() == View::Photo {
            client.start();
        }
    });
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
        <div
            class="drop"
            class:hovering=hovering
            class:opening=opening
            class:filled=move || photo.read().is_some()
            aria-busy=move || opening.get().to_string()
        >
            <input type="file" id="photo-file" class="unseen" accept="image/*" on:change=chosen />
            <label for="photo-file" class="button">
                {move || if opening.get() { words::OPENING } else { words::CHOOSE }}
            </label>
            <p>{words::DROP}</p>
        </div>
        <p class="note" role="status">{note}</p>
        <div class="photo" hidden=move || photo.read().is_none()>
            <Figures client=client />
            <Tuning thresholds=client.thresholds() />
        </div>
    }
}
