//! Styles that come with a part's program: the drawing page loads nothing of them.

use js_sys::{Array, Function, Reflect};
use leptos::prelude::document;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A style sheet that a program makes. The page's policy allows it, where it refuses a `<style>` element.
    type CSSStyleSheet;

    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<CSSStyleSheet, JsValue>;

    #[wasm_bindgen(method, js_name = replaceSync)]
    fn replace_sync(this: &CSSStyleSheet, text: &str);
}

/// Adds a style to the document's, once for each name.
///
/// # Errors
/// In a browser without such style sheets, with its words.
pub fn adopt(name: &str, style: &str) -> Result<(), JsValue> {
    let document = JsValue::from(document());
    let (sheets, label) = (
        JsValue::from("adoptedStyleSheets"),
        JsValue::from("edgewise"),
    );
    let name = JsValue::from(name);
    let adopted: Array = Reflect::get(&document, &sheets)?.dyn_into()?;
    let is_ours = |sheet: JsValue| Reflect::get(&sheet, &label).is_ok_and(|label| label == name);
    if (0..adopted.length()).any(|index| is_ours(adopted.get(index))) {
        return Ok(());
    }
    let sheet = CSSStyleSheet::new()?;
    sheet.replace_sync(style);
    let sheet = JsValue::from(sheet);
    Reflect::set(&sheet, &label, &name)?;
    // Some browsers only take a new array.
    let concat: Function = Reflect::get(&adopted, &"concat".into())?.dyn_into()?;
    let all = concat.call1(&adopted, &sheet)?;
    Reflect::set(&document, &sheets, &all)?;
    Ok(())
}
