//! The sheet: a canvas for mouse, finger and pen.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlCanvasElement, PointerEvent, ResizeObserver};

use super::history::History;
use super::{ink, pointer};

/// The canvas to draw on.
#[component]
pub fn Pad(
    /// The drawing and its past.
    history: RwSignal<History>,
) -> impl IntoView {
    let node = NodeRef::<html::Canvas>::new();
    let pen = RwSignal::new(None::<i32>);
    let looks = looks(node);
    Effect::new(move |_| {
        looks.track();
        if let Some(canvas) = node.get() {
            ink::paint(&canvas, history.read().drawing());
        }
    });

    let down = move |event: PointerEvent| {
        let (Some(canvas), None, 0) = (node.get(), pen.get_untracked(), event.button()) else {
            return;
        };
        event.prevent_default();
        // Refused only when the pointer is gone again, and then there is nothing to follow.
        let _ = canvas.set_pointer_capture(event.pointer_id());
        pen.set(Some(event.pointer_id()));
        history.update(|history| history.begin(pointer::point(&canvas, &event)));
    };
    let moved = move |event: PointerEvent| {
        if let Some(canvas) = node.get()
            && pen.get_untracked() == Some(event.pointer_id())
        {
            let points = pointer::points(&canvas, &event);
            history.update(|history| points.into_iter().for_each(|point| history.extend(point)));
        }
    };
    let up = move |event: PointerEvent| {
        if pen.get_untracked() == Some(event.pointer_id()) {
            pen.set(None);
        }
    };
    view! {
        <canvas
            node_ref=node
            id="draw-canvas"
            role="img"
            aria-label="The sheet to draw on, with a mouse, a finger or a pen"
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=up
            on:pointercancel=up
        ></canvas>
    }
}

/// Changes whenever the canvas has to be drawn anew for its size or its colours.
fn looks(node: NodeRef<html::Canvas>) -> Trigger {
    let looks = Trigger::new();
    Effect::new(move |_| {
        if let Some(canvas) = node.get() {
            observe_size(&canvas, looks);
        }
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| looks.notify());
    on_cleanup(move || resized.remove());
    if let Ok(Some(dark)) = window().match_media("(prefers-color-scheme: dark)") {
        let listener = Closure::<dyn FnMut()>::new(move || looks.notify()).into_js_value();
        dark.set_onchange(Some(listener.unchecked_ref()));
        // The browser tells only those that something still holds.
        StoredValue::new_local(dark);
    }
    looks
}

fn observe_size(canvas: &HtmlCanvasElement, looks: Trigger) {
    let resized = Closure::<dyn FnMut()>::new(move || looks.notify()).into_js_value();
    if let Ok(observer) = ResizeObserver::new(resized.unchecked_ref()) {
        observer.observe(canvas);
    }
}
