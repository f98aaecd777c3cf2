//! Dialogs that cover the page.

use leptos::prelude::document;

/// Whether a dialog covers the page. Each dialog of the page is a modal one.
pub fn is_behind_dialog() -> bool {
    matches!(document().query_selector("dialog[open]"), Ok(Some(_)))
}
