//! The story's style, which comes with its program: the drawing page loads nothing of it.

use js_sys::{Array, Function, Reflect};
use leptos::prelude::document;
use wasm_bindgen::prelude::*;

const STYLE: &str = concat!(include_str!("classes.css"), include_str!("story.css"));

#[wasm_bindgen]
extern "C" {
    /// A style sheet that a program makes. The page's policy allows it, where it refuses a `<style>` element.
    type CSSStyleSheet;

    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<CSSStyleSheet, JsValue>;

    #[wasm_bindgen(method, js_name = replaceSync)]
    fn replace_sync(this: &CSSStyleSheet, text: &str);
}

/// Adds the story's style to the document's, once.
///
/// # Errors
/// In a browser without such style sheets, with its words.
pub fn adopt() -> Result<(), JsValue> {
    let document = JsValue::from(document());
    let (name, label) = (
        JsValue::from("adoptedStyleSheets"),
        JsValue::from("edgewise"),
    );
    let adopted: Array = Reflect::get(&document, &name)?.dyn_into()?;
    let is_ours =
        |sheet: JsValue| Reflect::get(&sheet, &label).is_ok_and(|label| label.is_truthy());
    if (0..adopted.length()).any(|index| is_ours(adopted.get(index))) {
        return Ok(());
    }
    let sheet = CSSStyleSheet::new()?;
    sheet.replace_sync(STYLE);
    let sheet = JsValue::from(sheet);
    Reflect::set(&sheet, &label, &JsValue::TRUE)?;
    // Some browsers only take a new array.
    let concat: Function = Reflect::get(&adopted, &"concat".into())?.dyn_into()?;
    let all = concat.call1(&adopted, &sheet)?;
    Reflect::set(&document, &name, &all)?;
    Ok(())
}
