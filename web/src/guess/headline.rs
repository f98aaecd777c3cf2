//! The guess as a headline.

use leptos::prelude::*;

use super::announcer::Announcer;
use super::words::Guess;
use crate::engines::machine::LatestAnswer;
use crate::state::use_state;
use crate::text;

/// The newest guess in words; without one, what to do about it.
#[component]
pub fn Headline(
    /// Whether there is a picture to guess.
    has_subject: Memo<bool>,
) -> impl IntoView {
    let state = use_state();
    let (latest, status) = (state.engines.latest(), state.engines.status());
    let guess = Memo::new(move |_| guess(&latest.read()));
    let invitation = move || match (status.read().engine, has_subject.get()) {
        ("failed", _) => text::NO_ENGINE,
        (_, true) => text::ONE_MOMENT,
        (_, false) => state.view.get().description().invitation,
    };
    let headline = Memo::new(move |_| match guess.get() {
        Some(guess) => guess.headline(&state.classes.read()),
        None => invitation().into(),
    });
    let confidence = move || guess.get().map(Guess::confidence);
    view! {
        <p
            id="guess"
            class="headline"
            class:idle=move || guess.get().is_none()
            data-id=move || latest.read().id.to_string()
            data-engine=move || latest.read().answer.as_ref().map(|answer| answer.kind.id())
        >
            {headline}
            <span class="confidence">{confidence}</span>
        </p>
        <Announcer words=headline />
    }
}

fn guess(latest: &LatestAnswer) -> Option<Guess> {
    let answer = latest.answer.as_ref()?;
    Some(Guess::from_probabilities(&answer.probabilities))
}
