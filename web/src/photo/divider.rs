use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;

use super::text;
use crate::canvas::pointed_at;
use crate::held_pointer::HeldPointer;
use crate::shortcut::is_shortcut;

/// So many percent go with an arrow key, and with a page key.
const STEP: f64 = 2.0;
const PAGE: f64 = 20.0;

/// The line between the photo on its left and the edges on its right, moved by pointer and keys.
#[component]
pub fn Divider(
    /// Where it is, in percent of the width.
    place: RwSignal<f64>,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let pressed = move |event: KeyboardEvent| {
        if is_shortcut(&event) {
            return;
        }
        let now = place.get_untracked();
        let to = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => now - STEP,
            "ArrowRight" | "ArrowUp" => now + STEP,
            "PageDown" => now - PAGE,
            "PageUp" => now + PAGE,
            "Home" => 0.0,
            "End" => 100.0,
            _ => return,
        };
        event.prevent_default();
        place.set(to.clamp(0.0, 100.0));
    };
    let held = HeldPointer::new();
    let begin = move |event: PointerEvent| {
        if let Some(node) = node.get_untracked() {
            held.take(&node, &event);
        }
    };
    let follow = move |event: PointerEvent| {
        let frame = node.get_untracked().and_then(|node| node.parent_element());
        if held.drags(&event)
            && let Some(frame) = frame
        {
            let (share, _) = pointed_at(&frame, &event);
            place.set((share * 100.0).clamp(0.0, 100.0));
        }
    };
    let whole = move || place.get().round() as u32;
    view! {
        <div
            node_ref=node
            id="divider"
            class="divider"
            role="slider"
            tabindex="0"
            aria-label=text::DIVIDER
            aria-orientation="horizontal"
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=move || whole().to_string()
            aria-valuetext=move || text::divided(whole())
            on:keydown=pressed
            on:pointerdown=begin
            on:pointermove=follow
            on:pointerup=move |event| held.release(&event)
            on:pointercancel=move |event| held.release(&event)
            on:lostpointercapture=move |event| held.lose(&event)
        >
            <span class="grip"></span>
        </div>
    }
}
