//! Says the guess aloud through a live region, but only once it has held for a while.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

/// A guess is said when it has not changed for so long.
const HELD: Duration = Duration::from_millis(1200);

/// A live region for screen readers, invisible.
#[component]
pub fn Announcer(
    /// What there is to say at any time.
    words: Memo<String>,
) -> impl IntoView {
    let said = RwSignal::new(String::new());
    Effect::new(move |waiting: Option<Option<TimeoutHandle>>| {
        if let Some(Some(waiting)) = waiting {
            waiting.clear();
        }
        let words = words.get();
        set_timeout_with_handle(move || drop(said.try_set(words)), HELD).ok()
    });
    view! { <p class="unseen" role="status">{said}</p> }
}
