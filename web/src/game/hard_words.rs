//! Which words are hard.

use leptos::prelude::*;

use super::text;
use crate::state::use_state;

/// Which words are hard; nothing with other weights than the site's, with which it was measured.
#[component]
pub fn HardWords() -> impl IntoView {
    let addresses = use_state().addresses;
    let is_measured = addresses.with_value(|addresses| addresses.own_weights.is_none());
    is_measured.then(|| view! { <p class="game-note">{text::HARD}</p> })
}
