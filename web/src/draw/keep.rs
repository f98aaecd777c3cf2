//! The drawing is kept for as long as the tab is open, also when the page is loaded again.

use std::fmt::Write;

use leptos::prelude::*;
use shared::drawing::Drawing;

use super::history::History;
use crate::kept::own_key;

/// Where the browser keeps it, as an array of strokes, each an array of `[x, y]`; `assets/early-sheet.js` reads it.
const KEY: &str = "edgewise-drawing";
/// A drawing with more characters is not kept: browsers keep a few million in all.
const MOST: usize = 1_000_000;

/// Keeps the drawing whenever the pen is up, as long as the current reactive owner lives.
pub fn keep(history: RwSignal<History>) {
    Effect::new(move |_| {
        let history = history.read();
        if history.is_drawing() {
            return;
        }
        let Some(storage) = window().session_storage().ok().flatten() else {
            return;
        };
        let text = text(history.drawing());
        // Refused where there is no room: then it is gone with the page, as without this.
        let _ = match history.drawing().is_empty() || text.len() > MOST {
            true => storage.remove_item(&own_key(KEY)),
            false => storage.set_item(&own_key(KEY), &text),
        };
    });
}

fn text(drawing: &Drawing) -> String {
    let mut text = String::from("[");
    for (index, stroke) in drawing.strokes().iter().enumerate() {
        text.push_str(if index > 0 { ",[" } else { "[" });
        for (index, point) in stroke.points().iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            // A string takes everything.
            let _ = write!(text, "{comma}[{},{}]", point.x, point.y);
        }
        text.push(']');
    }
    text.push(']');
    text
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_drawing_is_kept_as_json() {
        let mut drawing = Drawing::default();
        drawing.begin((1.0, 2.5).into());
        drawing.extend((3.0, 4.0).into());
        drawing.begin((5.0, 6.0).into());
        let text = text(&drawing);
        assert_eq!(text, "[[[1,2.5],[3,4]],[[5,6]]]");
        let value = js_sys::JSON::parse(&text).unwrap();
        let read: Drawing = serde_wasm_bindgen::from_value(value).unwrap();
        assert_eq!(read, drawing);
    }
}
