//! Keys that are the browser's or the system's.

use leptos::ev::KeyboardEvent;

/// Whether a key belongs to a shortcut, which an element's own keys leave alone: Alt and an arrow go back and forward.
pub fn is_shortcut(event: &KeyboardEvent) -> bool {
    event.ctrl_key() || event.meta_key() || event.alt_key()
}
