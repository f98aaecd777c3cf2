//! A drawing as the path of an SVG, which a canvas takes too.

use leptos::prelude::*;
use shared::drawing::Drawing;

use crate::draw::curve;
use crate::draw::sheet::SHEET_SIDE;

/// The width of the pen in a small picture, in units of the sheet: between the pen on the sheet and the network's.
pub const PEN: f64 = 15.0;

/// The strokes as path data in units of the sheet, smooth as on the sheet.
pub fn path(drawing: &Drawing) -> String {
    drawing.strokes().iter().map(curve::path).collect()
}

/// A small picture of a drawing, in the text's colour.
#[component]
pub fn Doodle(
    /// The drawing.
    #[prop(into)]
    drawing: Signal<Drawing>,
    /// What it is, for those who can't see it; without it the picture is hidden from them.
    #[prop(optional, into)]
    label: String,
) -> impl IntoView {
    let is_named = !label.is_empty();
    let data = Memo::new(move |_| path(&drawing.read()));
    view! {
        <svg
            class="doodle"
            viewBox=format!("0 0 {SHEET_SIDE} {SHEET_SIDE}")
            role=is_named.then_some("img")
            aria-label=is_named.then_some(label)
            aria-hidden=(!is_named).then_some("true")
        >
            <path d=data fill="none" stroke="currentColor" stroke-width=PEN stroke-linecap="round" stroke-linejoin="round" />
        </svg>
    }
}
