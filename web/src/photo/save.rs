//! The edges as a file.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, HtmlAnchorElement, HtmlCanvasElement, Url};

use super::text;
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

fn download(blob: &Blob, name: &str) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(blob)?;
    let link = document().create_element("a")?;
    let link: HtmlAnchorElement = link.dyn_into().map_err(JsValue::from)?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The browser has taken the blob by then.
    let release = move || drop(Url::revoke_object_url(&address));
    set_timeout(release, std::time::Duration::from_secs(60));
    Ok(())
}
