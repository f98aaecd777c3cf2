//! What the browser keeps for the page.

use leptos::prelude::document;
use web_sys::Url;

/// The key under which this page alone keeps something, such as `edgewise-drawing/some/folder/`: pages in other folders of its host use
/// the same storage.
pub fn own_key(name: &str) -> String {
    format!("{name}{}", folder())
}

/// The folder of its host that the page lies in, such as `/some/folder/`.
pub fn folder() -> String {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    let folder = Url::new_with_base(".", &base);
    folder.map(|folder| folder.pathname()).unwrap_or_default()
}
