//! What the game says where no engine runs.

use leptos::prelude::*;

use super::text;
use crate::engines::switch::RemedyButton;
use crate::state::use_state;

/// That the game needs the network, and the way to it; nothing while an engine runs or is on its way.
#[component]
pub fn NoEngine() -> impl IntoView {
    let status = use_state().engines.status();
    let has_failed = Memo::new(move |_| status.read().engine == "failed");
    view! {
        <Show when=move || has_failed.get()>
            <div class="game-no-engine">
                <p class="game-note">{text::NO_ENGINE}</p>
                <RemedyButton of="game" then="#tab-game" />
            </div>
        </Show>
    }
}
