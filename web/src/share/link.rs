//! The address that holds a drawing.

use leptos::prelude::window;
use shared::drawing::Drawing;

use super::code::{TooMuch, encode};
use crate::fragment::fragment;

/// Before the drawing in an address, after the `#`.
const NAMES: [&str; 2] = ["draw=", "draw/"];

/// The text of a drawing in the fragment of an address such as `#draw=AQA…`, without what other programs put after it, such as
/// the full stop of a sentence.
pub fn code_in(hash: &str) -> Option<String> {
    let fragment = fragment(hash)?;
    let code = NAMES.iter().find_map(|name| fragment.strip_prefix(name))?;
    let is_letter = |letter: &char| letter.is_ascii_alphanumeric() || "-_".contains(*letter);
    Some(code.chars().take_while(is_letter).collect())
}

/// The address that opens this page with a drawing.
///
/// # Errors
/// Where the drawing has more strokes than a link holds.
pub fn link_to(drawing: &Drawing) -> Result<String, TooMuch> {
    Ok(address(&format!("{}{}", NAMES[0], encode(drawing)?)))
}

/// This page's address with another fragment.
pub fn address(fragment: &str) -> String {
    // Refused only by pages that the browser itself made.
    let here = window().location().href().unwrap_or_default();
    let page = here.split('#').next().unwrap_or_default();
    format!("{page}#{fragment}")
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_drawing_s_text_is_found_in_either_spelling_and_nothing_else_is() {
        for hash in [
            "#draw=AQ-_",
            "#draw/AQ-_",
            "#draw%3DAQ-_",
            "#draw=AQ-_.",
            "#draw=AQ-_)",
            "#draw=AQ-_%20",
            "#draw=AQ-_==",
            "#draw=AQ-_&utm_source=x",
        ] {
            assert_eq!(code_in(hash).as_deref(), Some("AQ-_"), "{hash}");
        }
        assert_eq!(code_in("#draw=").as_deref(), Some(""));
        for hash in ["", "#", "#draw", "#photo=AQ", "draw=AQ"] {
            assert_eq!(code_in(hash), None, "{hash}");
        }
    }
}
