use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use super::camera::{Camera, Stage};
use super::client::PhotoClient;
use super::input::PhotoInput;
use super::samples::Samples;
use super::text;

/// Where a photo may come from: four cards as long as none is open, then one row.
#[component]
pub fn Sources(
    /// The photo.
    client: PhotoClient,
    /// What opens files.
    input: PhotoInput,
    /// The camera.
    camera: Camera,
) -> impl IntoView {
    let (photo, opening) = (client.photo(), client.is_opening());
    let hovering = input.hovering();
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
    let choose = move || {
        if opening.get() {
            text::OPENING()
        } else {
            text::CHOOSE()
        }
    };
    view! {
        <div
            class="drop"
            class:hovering=hovering
            class:opening=opening
            class:filled=move || photo.read().is_some()
            aria-busy=move || opening.get().to_string()
        >
            <div class="card card-samples">
                <p class="card-name">{text::SAMPLES}</p>
                <Samples input=input />
            </div>
            <CameraCard camera=camera />
            <div class="card card-choose">
                <input type="file" id="photo-file" class="unseen" accept="image/*" on:change=chosen />
                <label for="photo-file" class="button card-button">
                    <Icon path="M4 20h16a1 1 0 0 0 1-1V6a1 1 0 0 0-1-1H4a1 1 0 0 0-1 1v13a1 1 0 0 0 1 1ZM3 16l5-5 4 4 3-3 6 6M15.5 9h.01" />
                    <strong>{choose}</strong>
                    <span class="card-hint">{text::CHOOSE_HINT}</span>
                </label>
            </div>
            <div class="card card-drop">
                <Icon path="M12 3v11M7.5 10 12 14.5 16.5 10M4 16v3a1.5 1.5 0 0 0 1.5 1.5h13A1.5 1.5 0 0 0 20 19v-3" />
                <p class="card-name">{text::DROP}</p>
                <p class="card-hint">{text::DROP_HINT}</p>
            </div>
        </div>
    }
}

/// Starts the camera, and ends it.
#[component]
fn CameraCard(
    /// The camera.
    camera: Camera,
) -> impl IntoView {
    let stage = camera.stage();
    let words = move || match stage.get() {
        Stage::Asked => text::CAMERA_ASKED(),
        Stage::Off | Stage::Live => text::CAMERA(),
    };
    let is_live = move || stage.get() == Stage::Live;
    let (start, take) = (NodeRef::<html::Button>::new(), NodeRef::new());
    // The focus does not get lost with the button that goes away.
    Effect::new(move |before: Option<Stage>| {
        let now = stage.get();
        let next = match (before, now) {
            (Some(Stage::Asked), Stage::Live) => take.get_untracked(),
            // While the browser asks, the button cannot be pressed, and loses the focus too.
            (Some(Stage::Asked | Stage::Live), Stage::Off) => start.get_untracked(),
            _ => None,
        };
        if let Some(next) = next.filter(|next| loses_focus(next)) {
            // A button of this page takes the focus.
            request_animation_frame(move || drop(next.focus()));
        }
        now
    });
    view! {
        <div class="card card-camera">
            <button
                type="button"
                node_ref=start
                id="camera"
                class="card-button"
                hidden=is_live
                disabled=move || stage.get() == Stage::Asked
                on:click=move |_| camera.start()
            >
                <Icon path="M4 7h3.5L9 4.5h6L16.5 7H20a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1ZM15.5 13a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0Z" />
                <strong>{words}</strong>
                <span class="card-hint">{text::CAMERA_HINT}</span>
            </button>
            <div class="live" hidden=move || !is_live()>
                <button node_ref=take type="button" id="camera-take" class="main" on:click=move |_| camera.keep()>{text::TAKE}</button>
                <button type="button" id="camera-stop" on:click=move |_| camera.stop()>{text::STOP}</button>
            </div>
        </div>
    }
}

/// Whether the focus is in the card of a button, or already lost.
fn loses_focus(button: &Element) -> bool {
    let card = button.closest(".card").ok().flatten();
    match document().active_element() {
        Some(active) if active.tag_name() != "BODY" => {
            card.is_some_and(|card| card.contains(Some(&active)))
        }
        _ => true,
    }
}

/// A symbol of lines, 24 by 24.
#[component]
fn Icon(
    /// Its lines.
    path: &'static str,
) -> impl IntoView {
    view! {
        <svg class="card-icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=path />
        </svg>
    }
}
