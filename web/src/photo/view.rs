//! The photo view.

use leptos::prelude::*;

use super::actions::Actions;
use super::camera::Camera;
use super::compare::Compare;
use super::panels::Panels;
use super::sources::Sources;
use super::strip::Strip;
use super::text;
use super::tuning::Tuning;
use crate::language::said;
use crate::state::use_state;
use crate::views::View;

/// Choosing a photo, seeing its edges, and moving the thresholds.
#[component]
pub fn PhotoView() -> impl IntoView {
    let state = use_state();
    let (view, client) = (state.view, state.photo);
    let photo = client.photo();
    let input = state.photo_input;
    let camera = Camera::new(client, view);
    let note = input.note();
    Effect::new(move |_| {
        if view.get() == View::Photo {
            client.start();
        }
    });
    let is_empty = move || photo.read().is_none();
    let caption = move || {
        let photo = photo.read();
        let photo = photo.as_ref()?;
        let shown = (photo.shown.width, photo.shown.height);
        Some(text::sizes(shown, (photo.width, photo.height)))
    };
    view! {
        <Sources client=client input=input camera=camera />
        <p class="note" hidden=move || !is_empty()>{text::PRIVATE}</p>
        <p class="note" role="status">
            {move || note.read().as_ref().map(|note| said(note).to_string())}
        </p>
        <div class="photo" hidden=is_empty>
            <Compare client=client />
            <p class="caption">{caption}</p>
            <Strip client=client />
            <Tuning thresholds=client.thresholds() />
            <Actions />
            <Panels client=client />
        </div>
    }
}
