//! The drawing view.

use image::{DynamicImage, GrayImage};
use leptos::prelude::*;
use shared::drawing::{self, Point};
use shared::input::DOODLE_SIDE;

use super::class_words::ClassWords;
use super::ghost::Ghost;
use super::keep;
use super::pad::Pad;
use super::sheet::SHEET_SIDE;
use super::text;
use super::tools::Tools;
use super::tracing::TracingLayer;
use super::why::Why;
use crate::canvas::PictureCanvas;
use crate::state::use_state;

/// The sheet with what lies on it, its tools, and the words to draw.
#[component]
pub fn DrawView(
    /// The drawing as the network sees it, 28x28.
    seen: ReadSignal<Option<GrayImage>>,
    /// Tools after its own.
    children: Children,
) -> impl IntoView {
    let state = use_state();
    let history = state.history;
    keep::keep(history);
    let is_empty = Memo::new(move |_| history.read().drawing().is_empty());
    let erases = RwSignal::new(false);
    let sees = RwSignal::new(false);
    // The first word's ghost draws itself once, until the visitor draws.
    let ghost = RwSignal::new(None);
    if is_empty.get_untracked() {
        ghost.set(state.classes.read_untracked().names().first().cloned());
    }
    let began_empty = StoredValue::new(is_empty.get_untracked());
    Effect::new(move |_| {
        if !is_empty.get() && began_empty.try_update_value(std::mem::take) == Some(true) {
            ghost.set(None);
        }
    });
    // Edges to draw over take the place of a ghost; a word that is pressed then shows its own.
    Effect::new(move |_| {
        if state.photo.tracing.read().is_some() {
            ghost.set(None);
        }
    });
    let picture = Signal::derive(move || {
        let blank = || GrayImage::new(DOODLE_SIDE, DOODLE_SIDE);
        Some(DynamicImage::from(seen.get().unwrap_or_else(blank)))
    });
    let frame = Memo::new(move |_| {
        let whole = (Point::from((0.0, 0.0)), SHEET_SIDE);
        drawing::frame(history.read().drawing()).unwrap_or(whole)
    });
    let percent = |along: f32| format!("{:.2}%", along / SHEET_SIDE * 100.0);
    view! {
        <div class="sheet">
            <Pad history=history erases=erases />
            <TracingLayer tracing=state.photo.tracing />
            <div class="prompt" hidden=move || !is_empty.get()>
                <p class="prompt-title">{text::PROMPT}</p>
            </div>
            <Ghost class=ghost />
            <div class="sees" hidden=move || !sees.get()>
                // While it is hidden nothing is computed for it at each move of the pen.
                <Show when=move || sees.get()>
                    // The network sees the drawing enlarged to the full height or width of its picture.
                    <div
                        class="sees-frame"
                        style:left=move || percent(frame.get().0.x)
                        style:top=move || percent(frame.get().0.y)
                        style:width=move || percent(frame.get().1)
                    >
                        <PictureCanvas id="sees-28" label=text::SEEN_LABEL picture=picture />
                    </div>
                </Show>
            </div>
            <Why />
        </div>
        <Tools erases=erases sees=sees>{children()}</Tools>
        <ClassWords ghost=ghost />
    }
}
