//! The strokes that were drawn before the page's program had come.

use js_sys::Reflect;
use shared::drawing::Drawing;
use wasm_bindgen::prelude::*;

/// Where `assets/start.js` leaves them: an array of strokes, each an array of `[x, y]` in units of the sheet.
const NAME: &str = "edgewiseEarlyStrokes";

/// Takes them away from there; without any the drawing is empty.
///
/// # Errors
/// Where something else is there.
pub fn take() -> Result<Drawing, serde_wasm_bindgen::Error> {
    let (global, name) = (js_sys::global(), JsValue::from(NAME));
    let strokes = Reflect::get(&global, &name)?;
    if strokes.is_undefined() {
        return Ok(Drawing::default());
    }
    Reflect::delete_property(&global, &name)?;
    serde_wasm_bindgen::from_value(strokes)
}
