//! A link with a drawing was opened: the drawing is shown, stroke by stroke.

use leptos::prelude::*;
use shared::drawing::Drawing;
use wasm_bindgen::JsValue;

use super::code::decode;
use super::link::code_in;
use super::replay::Replay;
use super::text;
use crate::clock::now;
use crate::draw::history::History;
use crate::errors;
use crate::language::both;
use crate::views::View;

/// While the drawing is drawn, the body has this attribute, and a press or a key skips to its end.
const REPLAYING: &str = "data-replaying";

/// What is drawn again.
#[derive(Clone, Copy)]
struct Opened {
    history: RwSignal<History>,
    /// What is left of it, and when it began, by the page's clock in milliseconds.
    replay: StoredValue<Option<(Replay, f64)>>,
    /// The drawing that the address names, once it is all there.
    whole: StoredValue<Option<Drawing>>,
}

/// Shows the drawing of the page's address, now and whenever the address changes, on the sheet of `history`; what was on it
/// before can be brought back by undo. Once the visitor has changed the drawing, the address no longer names it.
pub fn follow(history: RwSignal<History>) {
    let opened = Opened {
        history,
        replay: StoredValue::new(None),
        whole: StoredValue::new(None),
    };
    opened.open();
    let changed = window_event_listener(leptos::ev::hashchange, move |_| opened.open());
    let pressed =
        window_event_listener(leptos::ev::pointerdown, move |_| opened.draw(f64::INFINITY));
    // Before the keys and buttons of the sheet hear of it: they act on the whole drawing.
    let typed = window_event_listener(leptos::ev::keydown, move |_| opened.draw(f64::INFINITY));
    on_cleanup(move || {
        changed.remove();
        pressed.remove();
        typed.remove();
        opened.stop();
    });
    Effect::new(move |_| {
        let history = history.read();
        let names_another = |whole: &Option<Drawing>| {
            whole
                .as_ref()
                .is_some_and(|whole| whole != history.drawing())
        };
        if opened.whole.with_value(names_another) {
            opened.whole.set_value(None);
            forget_address();
        }
    });
}

impl Opened {
    fn open(self) {
        let hash = window().location().hash().unwrap_or_default();
        let Some(code) = code_in(&hash) else {
            errors::clear(errors::Topic::Link);
            return;
        };
        match decode(&code) {
            Ok(drawing) => {
                errors::clear(errors::Topic::Link);
                self.whole.set_value(None);
                self.history.update(History::clear);
                self.replay.set_value(Some((Replay::of(&drawing), now())));
                if moves_less() {
                    self.draw(f64::INFINITY);
                } else {
                    // Refused only where there is no body.
                    let _ = note_replay(true);
                    self.next();
                }
            }
            Err(error) => errors::show(errors::Topic::Link, &both(|| text::bad_link(error))),
        }
    }

    fn next(self) {
        request_animation_frame(move || {
            if let Some(Some((_, start))) = self.replay.try_get_value() {
                self.draw((now() - start) / 1000.0);
                self.next();
            }
        });
    }

    /// Draws what is due after so many seconds.
    fn draw(self, elapsed: f64) {
        let Some((mut replay, start)) = self.replay.try_get_value().flatten() else {
            return;
        };
        let mut is_left = false;
        self.history
            .update(|history| is_left = replay.draw(history, elapsed));
        if is_left {
            self.replay.set_value(Some((replay, start)));
        } else {
            let drawing = self
                .history
                .with_untracked(|history| history.drawing().clone());
            self.whole.set_value(Some(drawing));
            self.stop();
        }
    }

    fn stop(self) {
        let _ = self.replay.try_set_value(None);
        let _ = note_replay(false);
    }
}

fn note_replay(is_replaying: bool) -> Option<()> {
    let body = document().body()?;
    body.toggle_attribute_with_force(REPLAYING, is_replaying)
        .ok()?;
    Some(())
}

/// The address of the drawing view alone, in the place of the one with a drawing.
fn forget_address() {
    let hash = window().location().hash().unwrap_or_default();
    if let (Some(_), Ok(history)) = (code_in(&hash), window().history()) {
        let address = super::link::address(View::Draw.description().id);
        // Refused in a sandboxed frame, whose address nobody sees.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}

/// Whether the visitor wants less to move.
pub fn moves_less() -> bool {
    let query = window().match_media("(prefers-reduced-motion: reduce)");
    query.ok().flatten().is_some_and(|query| query.matches())
}
