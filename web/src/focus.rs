//! The focus, where what has it goes away: the browser would drop it to the top of the page.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The drawing view's sheet.
pub const SHEET: &str = "#draw-canvas";

/// The tab of the view in front.
pub const FRONT_TAB: &str = "[role=tab][aria-selected=true]";

/// Moves the focus to what a selector finds once the page is as it should be then.
pub fn focus_on(selector: impl Into<String>) {
    let selector = selector.into();
    request_animation_frame(move || {
        let found = document().query_selector(&selector).ok().flatten();
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            // An element of this page takes the focus.
            let _ = element.focus();
        }
    });
}
