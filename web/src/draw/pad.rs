//! The sheet: a canvas for mouse, finger and stylus, and for an eraser.

use leptos::html;
use leptos::prelude::*;
use web_sys::{MouseEvent, PointerEvent};

use super::curve::path;
use super::history::History;
use super::ink::{INK_WIDTH, Ink};
use super::looks;
use super::pen::Device;
use super::pointer::{Area, is_eraser, place, pointer};
use super::sheet::SHEET_SIDE;
use super::taps::{Tap, Taps};
use super::text;

/// The canvas to draw on.
#[component]
pub fn Pad(
    /// The drawing and its past.
    history: RwSignal<History>,
    /// Whether the pointer erases instead of drawing. A stylus's eraser does so anyway.
    #[prop(optional, into)]
    erases: Signal<bool>,
    /// The id of the canvas.
    #[prop(default = "draw-canvas")]
    id: &'static str,
) -> impl IntoView {
    let node = NodeRef::<html::Canvas>::new();
    let ink = StoredValue::new_local(Ink::default());
    // Kept, since to ask for it at each move would make the browser lay out the page each time.
    let area = StoredValue::new(None::<Area>);
    let fit = StoredValue::new_local(None::<Box<dyn Fn()>>);
    let taps = StoredValue::new(Taps::default());

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
    // The line to where the browser expects the pointer: it is drawn ahead of the ink, and never part of the drawing.
    let ahead = RwSignal::new(String::new());
    let change = move |change: &mut dyn FnMut(&mut History) -> bool| {
        let was_drawing = is_drawing();
        history.maybe_update(change);
        if !is_drawing() {
            ahead.maybe_update(|ahead| {
                let was_there = !ahead.is_empty();
                ahead.clear();
                was_there
            });
        }
        if was_drawing && !is_drawing() {
            repaint();
            // Whoever waits for the pen to go up hears of it.
            history.update(|_| {});
        }
    };
    let down = move |event: PointerEvent| {
        let Some(canvas) = node.get_untracked() else {
            return;
        };
        let here = Area::of(&canvas);
        area.set_value(Some(here));
        let now = pointer(&event);
        if now.device == Device::Stylus {
            // The fingers that rest already are the hand that holds it.
            taps.update_value(|taps| taps.cancel(now.id));
        }
        if now.device == Device::Finger
            && !history.with_untracked(History::is_stylus_down)
            && taps.try_update_value(|taps| taps.press(now.id, place(&event), now.time))
                == Some(true)
        {
            // What the first finger of a tap has drawn was not meant.
            return change(&mut |history| history.give_up());
        }
        let is_main = event.button() == 0;
        let erases = is_eraser(&event) || (erases.get_untracked() && is_main);
        // Not the right button, nor a stylus's side button.
        if !is_main && !erases {
            return;
        }
        fit.with_value(|fit| {
            if let Some(fit) = fit {
                fit();
            }
        });
        change(&mut |history| {
            let at = here.point(&event);
            let is_taken = match erases {
                true => history.press_eraser(now, at),
                false => history.press(now, at),
            };
            if is_taken {
                event.prevent_default();
                // Refused only when the pointer is gone again, and then there is nothing to follow.
                let _ = canvas.set_pointer_capture(event.pointer_id());
            }
            is_taken
        });
    };
    let moved = move |event: PointerEvent| {
        let Some(canvas) = node.get_untracked() else {
            return;
        };
        taps.update_value(|taps| taps.follow(event.pointer_id(), place(&event)));
        change(&mut |history| {
            history.follow(pointer(&event), || {
                let here = area.get_value().unwrap_or_else(|| Area::of(&canvas));
                area.set_value(Some(here));
                here.points(&event)
            })
        });
        if let Some(here) = area.get_value()
            && history.with_untracked(|history| history.is_drawing() && !history.is_erasing())
        {
            let last = history.with_untracked(History::last_point);
            let points = last
                .into_iter()
                .chain(here.predicted(&event))
                .collect::<Vec<_>>();
            ahead.set(if points.len() > 1 {
                path(&points.into())
            } else {
                String::new()
            });
        }
    };
    let lift = move |event: PointerEvent| {
        let tap = taps.try_update_value(|taps| taps.lift(event.pointer_id(), event.time_stamp()));
        change(&mut |history| {
            history.lift(event.pointer_id());
            match tap.flatten() {
                Some(Tap::Undo) => history.undo(),
                Some(Tap::Redo) => history.redo(),
                None => return false,
            }
            true
        });
    };
    let cancel = move |event: PointerEvent| {
        taps.update_value(|taps| taps.cancel(event.pointer_id()));
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
            id=id
            role="img"
            tabindex="-1"
            class:erasing=erases
            aria-label=text::SHEET
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=lift
            on:pointercancel=cancel
            on:lostpointercapture=lift
            on:contextmenu=menu
        ></canvas>
        <svg class="ahead" viewBox=format!("0 0 {SHEET_SIDE} {SHEET_SIDE}") aria-hidden="true">
            <path d=ahead stroke-width=INK_WIDTH.to_string()></path>
        </svg>
    }
}
