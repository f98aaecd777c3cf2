//! The keys that undo and do again.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::history::History;
use crate::modal::is_behind_dialog;
use crate::text_field::is_text_field;

/// The change of the sheet that a key asks for, which is then not the browser's: to undo, Ctrl+Z or Command+Z, or to do again what was
/// undone, with Shift, or Ctrl+Y; none in a text field or behind a dialog.
pub fn change(event: &KeyboardEvent) -> Option<fn(&mut History)> {
    let change = if is_undo(event) {
        History::undo
    } else if is_redo(event) {
        History::redo
    } else {
        return None;
    };
    event.prevent_default();
    Some(change)
}

fn is_undo(event: &KeyboardEvent) -> bool {
    is_command(event) && !event.shift_key() && is_letter('z', &event.key(), &event.code())
}

fn is_redo(event: &KeyboardEvent) -> bool {
    let letter = if event.shift_key() { 'z' } else { 'y' };
    is_command(event) && is_letter(letter, &event.key(), &event.code())
}

fn is_command(event: &KeyboardEvent) -> bool {
    let is_held = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
    is_held && !is_writing() && !is_behind_dialog()
}

/// By the letter where the layout has Latin letters, and otherwise by the place on the keyboard.
fn is_letter(letter: char, key: &str, code: &str) -> bool {
    let mut characters = key.chars();
    match (characters.next(), characters.next()) {
        (Some(only), None) if is_latin(only) => only.eq_ignore_ascii_case(&letter),
        // A letter of another alphabet, or a name such as "Dead" or "Process".
        _ => code == format!("Key{}", letter.to_ascii_uppercase()),
    }
}

fn is_latin(character: char) -> bool {
    // With the signs of ASCII: on Dvorak's layout the key at Z's place has a semicolon, and Z is elsewhere.
    character.is_ascii()
        || (character.is_alphabetic()
            && matches!(character, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}'))
}

fn is_writing() -> bool {
    let focused = document().active_element();
    focused.is_some_and(|element| is_text_field(&element))
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn z_is_a_letter_where_the_layout_has_it_and_else_a_place() {
        for (key, code) in [
            ("z", "KeyZ"),
            ("Z", "KeyZ"),
            // German, French, Dvorak.
            ("z", "KeyY"),
            ("z", "KeyW"),
            ("z", "Slash"),
            // Russian, Greek, Hebrew, Arabic, an input method.
            ("я", "KeyZ"),
            ("Я", "KeyZ"),
            ("ζ", "KeyZ"),
            ("ז", "KeyZ"),
            ("ئ", "KeyZ"),
            ("Process", "KeyZ"),
            ("z", ""),
        ] {
            assert!(is_letter('z', key, code), "{key} {code}");
        }
        for (key, code) in [
            ("y", "KeyZ"),
            ("w", "KeyZ"),
            (";", "KeyZ"),
            ("ž", "KeyZ"),
            ("н", "KeyY"),
            ("x", "KeyX"),
            ("Control", "ControlLeft"),
            ("", ""),
        ] {
            assert!(!is_letter('z', key, code), "{key} {code}");
        }
    }
}
