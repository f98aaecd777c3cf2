//! Saving a file from the page.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, HtmlAnchorElement, Url};

/// How long a file's address is kept for the browser to save it.
const SAVING: Duration = Duration::from_secs(60);

/// Has the browser save a file under a name.
///
/// # Errors
/// What the browser says.
pub fn download(blob: &Blob, name: &str) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(blob)?;
    let anchor: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    anchor.set_href(&address);
    anchor.set_download(name);
    anchor.click();
    // Refused only for an address that is none.
    let release = move || drop(Url::revoke_object_url(&address));
    set_timeout(release, SAVING);
    Ok(())
}
