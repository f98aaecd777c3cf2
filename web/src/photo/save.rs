//! The edges as a file.

use wasm_bindgen::prelude::*;
use web_sys::{Blob, HtmlCanvasElement};

use super::text;
use crate::download::download;
use crate::errors::{self, Topic};
use crate::language::both;

/// Downloads what a canvas shows as a PNG of this name.
pub fn save(canvas: &HtmlCanvasElement, name: String) {
    let saved = Closure::once_into_js(move |blob: Option<Blob>| {
        let done = blob.is_some_and(|blob| download(&blob, &name).is_ok());
        if !done {
            errors::show(Topic::Photo, &both(text::NOT_SAVED));
        }
    });
    if canvas.to_blob(saved.unchecked_ref()).is_err() {
        errors::show(Topic::Photo, &both(text::NOT_SAVED));
    }
}
