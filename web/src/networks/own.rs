//! Weights that the address of the page names, in place of the site's.

use leptos::prelude::*;

use super::text;

/// Which weights they are, and a link to the page with the site's.
#[component]
pub fn OwnWeights(
    /// What the address calls them; without any there is nothing to say.
    name: Option<String>,
) -> impl IntoView {
    name.map(|name| {
        // Without the part after the question mark.
        let back = window().location().pathname().unwrap_or_default();
        view! {
            <p id="own-weights" class="own-weights">
                {move || text::own_weights(&name)} " " <a href=back>{text::BACK}</a>
            </p>
        }
    })
}
