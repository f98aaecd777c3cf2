//! The sheet: a canvas for mouse, finger and stylus.

use leptos::html;
use leptos::prelude::*;
use web_sys::{MouseEvent, PointerEvent};

use super::history::History;
use super::ink::Ink;
use super::looks;
use super::pointer::{Area, pointer};

/// The canvas to draw on.
#[component]
pub fn Pad(
    /// The drawing and its past.
    history: RwSignal<History>,
) -> impl IntoView {
    let node = NodeRef::<html::Canvas>::new();
    let ink = StoredValue::new_local(Ink::default());
    // Kept, since to ask for it at each move would make the browser lay out the page each time.
    let area = StoredValue::new(None::<Area>);
    let fit = StoredValue::new_local(None::<Box<dyn Fn()>>);

    let paint = move || {
        if let Some(canvas) = node.get_untracked() {
            history.with_untracked(|history| {
                ink.update_value(|ink| ink.paint(&canvas, history));
            });
        }
    };
    let repaint = move || {
        ink.update_value(Ink::refresh);
        paint();
    };
    Effect::new(move |_| {
        history.track();
        paint();
    });
    Effect::new(move |_| {
        let Some(canvas) = node.get() else { return };
        let measure = looks::on_size(&canvas, move |size| {
            ink.update_value(|ink| ink.resize(size));
            paint();
        });
        fit.set_value(Some(measure));
        looks::on_place(&canvas, move || area.set_value(None));
        looks::on_colours(repaint);
    });

    let is_drawing = move || history.with_untracked(History::is_drawing);
    let change = move |change: &mut dyn FnMut(&mut History) -> bool| {
        let was_drawing = is_drawing();
        history.maybe_update(change);
        if was_drawing && !is_drawing() {
            repaint();
        }
    };
    let down = move |event: PointerEvent| {
        // Not the right button, nor a stylus's side button or eraser.
        let (Some(canvas), 0) = (node.get_untracked(), event.button()) else {
            return;
        };
        let here = Area::of(&canvas);
        area.set_value(Some(here));
        fit.with_value(|fit| {
            if let Some(fit) = fit {
                fit();
            }
        });
        change(&mut |history| {
            let draws = history.press(pointer(&event), here.point(&event));
            if draws {
                event.prevent_default();
                // Refused only when the pointer is gone again, and then there is nothing to follow.
                let _ = canvas.set_pointer_capture(event.pointer_id());
            }
            draws
        });
    };
    let moved = move |event: PointerEvent| {
        let Some(canvas) = node.get_untracked() else {
            return;
        };
        change(&mut |history| {
            history.follow(pointer(&event), || {
                let here = area.get_value().unwrap_or_else(|| Area::of(&canvas));
                area.set_value(Some(here));
                here.points(&event)
            })
        });
    };
    let lift = move |event: PointerEvent| {
        change(&mut |history| {
            history.lift(event.pointer_id());
            false
        });
    };
    let cancel = move |event: PointerEvent| {
        change(&mut |history| history.cancel(event.pointer_id()));
    };
    // A menu would keep the pen's going up from the page.
    let menu = move |event: MouseEvent| {
        if is_drawing() {
            event.prevent_default();
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
            on:pointerup=lift
            on:pointercancel=cancel
            on:lostpointercapture=lift
            on:contextmenu=menu
        ></canvas>
    }
}
