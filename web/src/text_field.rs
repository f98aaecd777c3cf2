//! Where one writes: keys, drops and pastes there are the browser's to deal with.

use web_sys::Element;

const FIELDS: &str = "textarea, [contenteditable]:not([contenteditable=false]), \
    input:not([type=button], [type=checkbox], [type=color], [type=file], [type=image], [type=radio], [type=range], [type=reset], [type=submit])";

/// Whether an element is a text field, or lies in one.
pub fn is_text_field(element: &Element) -> bool {
    // The selector is a valid one.
    matches!(element.closest(FIELDS), Ok(Some(_)))
}
