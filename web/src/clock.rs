//! The page's clock.

use leptos::prelude::window;

/// Milliseconds since the page was opened; it stands still where the browser has no clock.
pub fn now() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}
