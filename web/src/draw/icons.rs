//! The symbols of the tools, in a box of 24 by 24.

use leptos::prelude::*;

/// A symbol.
#[derive(Clone, Copy, Debug)]
pub enum Icon {
    /// An arrow back.
    Undo,
    /// An arrow forward.
    Redo,
    /// An eraser.
    Eraser,
    /// A bin.
    Clear,
    /// A raster.
    Sees,
    /// A question mark.
    Why,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Undo => "M9 7 4 12l5 5M4 12h10a6 6 0 0 1 6 6",
            Self::Redo => "m15 7 5 5-5 5M20 12H10a6 6 0 0 0-6 6",
            Self::Eraser => "M4 15 13 6a2 2 0 0 1 3 0l3 3a2 2 0 0 1 0 3l-8 8H8zM9 10l6 6M8 20h12",
            Self::Clear => "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10 11v5M14 11v5",
            Self::Sees => "M4 4h16v16H4zM4 9.33h16M4 14.67h16M9.33 4v16M14.67 4v16",
            Self::Why => {
                "M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17.5v.1M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z"
            }
        }
    }
}

/// A symbol that says nothing to screen readers: its button has a name.
#[component]
pub fn Symbol(icon: Icon) -> impl IntoView {
    view! {
        <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d=icon.path()></path>
        </svg>
    }
}
