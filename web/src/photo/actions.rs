use leptos::prelude::*;
use shared::picture::CannyThresholds;
use wasm_bindgen::JsCast;

use super::client::PhotoClient;
use super::save::save;
use super::text;
use crate::draw::tracing::Tracing;
use crate::focus::{SHEET, focus_on};
use crate::state::use_state;
use crate::views::View;

/// What can be done with the edges.
#[component]
pub fn Actions() -> impl IntoView {
    let state = use_state();
    let client = state.photo;
    let save_edges = move |_| {
        let canvas = document().get_element_by_id("photo-edges");
        let canvas = canvas.and_then(|canvas| canvas.dyn_into().ok());
        // Those of the edges that the canvas shows: others may be on their way.
        let edges = client.edges();
        let shown = edges
            .read_untracked()
            .as_ref()
            .map(|edges| edges.wanted.thresholds);
        if let Some((canvas, CannyThresholds { low, high })) = canvas.zip(shown) {
            save(&canvas, text::file_name(low as u32, high as u32));
        }
    };
    let trace = move |_| {
        if let Some(tracing) = tracing(client) {
            client.tracing.set(Some(tracing));
            state.view.set(View::Draw);
            // Down here there may be nothing of the sheet to see.
            window().scroll_to_with_x_and_y(0.0, 0.0);
            // This button is no longer in sight.
            focus_on(SHEET);
        }
    };
    view! {
        <div class="actions">
            <button type="button" id="save-edges" on:click=save_edges>{text::SAVE}</button>
            <button type="button" id="trace" on:click=trace>{text::TRACE}</button>
            <button
                type="button"
                id="reset-crop"
                class="plain"
                disabled=move || client.crop().get().is_none()
                on:click=move |_| client.crop().set(None)
            >
                {text::RESET_CROP}
            </button>
        </div>
    }
}

fn tracing(client: PhotoClient) -> Option<Tracing> {
    let (photo, edges) = (client.photo(), client.edges());
    let (photo, edges) = (photo.read_untracked(), edges.read_untracked());
    Some(Tracing::new(photo.as_ref()?, edges.as_ref()?))
}
