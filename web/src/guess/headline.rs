//! The guess as a headline.

use leptos::prelude::*;
use shared::classes::ClassNames;

use super::announcer::Announcer;
use super::words::Guess;
use crate::engine::client::Client;
use crate::engine::fleet::Shown;
use crate::tabs::Tab;

/// The newest guess in words; without one, what to do about it.
#[component]
pub fn Headline(
    /// The engines.
    client: Client,
    /// The classes.
    classes: Memo<ClassNames>,
    /// The view in front.
    tab: RwSignal<Tab>,
    /// Whether there is a picture to guess.
    has_subject: Memo<bool>,
) -> impl IntoView {
    let (shown, status) = (client.shown(), client.status());
    let guess = Memo::new(move |_| guess(&shown.read()));
    let invitation = move || match (has_subject.get(), status.read().engine, tab.get()) {
        (_, "failed", _) => "No guesses for now",
        (true, ..) => "One moment …",
        (false, _, Tab::Draw) => "Draw something, and I will guess",
        (false, _, Tab::Photo) => "Show me a photo, and I will guess",
    };
    let headline = Memo::new(move |_| match guess.get() {
        Some(guess) => guess.headline(&classes.read()),
        None => invitation().into(),
    });
    let certainty = move || guess.get().map(Guess::certainty);
    view! {
        <p
            id="guess"
            class="headline"
            class:idle=move || guess.get().is_none()
            data-id=move || shown.read().id.to_string()
            data-engine=move || shown.read().answer.as_ref().map(|answer| answer.kind.id())
        >
            {headline}
            <span class="certainty">{certainty}</span>
        </p>
        <Announcer words=headline />
    }
}

fn guess(shown: &Shown) -> Option<Guess> {
    let answer = shown.answer.as_ref()?;
    Some(Guess::from_probabilities(&answer.probabilities))
}
