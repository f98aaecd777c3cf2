//! The guess as a headline.

use leptos::prelude::*;

use super::announcer::Announcer;
use super::phrase::Phrase;
use super::text;
use crate::state::use_state;

/// A name that is wider is smaller on a phone, and ...
const LONG: usize = 8;
/// ... from this width on smaller still, and without runners-up beside it.
const LONGER: usize = 22;

/// The newest guess in words; without one, what to do about it.
#[component]
pub fn Headline(
    /// Whether there is a picture to guess.
    has_subject: Memo<bool>,
) -> impl IntoView {
    let state = use_state();
    let networks = state.networks;
    let (latest, status) = (networks.latest(), networks.status());
    let is_idle = move || latest.read().answer.is_none();
    let invitation = move || match (status.read().engine, has_subject.get()) {
        ("failed", _) => networks.remedy().unwrap_or(text::NO_ENGINE)(),
        (_, true) => text::PLEASE_WAIT(),
        (_, false) => (state.view.get().description().invitation)(),
    };
    let words = Memo::new(move |_| {
        if is_idle() {
            Phrase::sentence(invitation())
        } else {
            Phrase::of(&state.scores.read(), state.is_unknown.get())
        }
    });
    let spoken = Memo::new(move |_| words.read().spoken());
    // Screen readers and copies need the spaces between the lines.
    let before = |text: String| if text.is_empty() { text } else { text + " " };
    let after = |text: String| {
        if text.is_empty() {
            text
        } else {
            format!(" {text}")
        }
    };
    let is_wider = move |than| words.read().width() > than;
    let lead = move || before(words.read().lead.clone());
    let confidence = move || after(words.read().confidence.clone());
    view! {
        <p
            id="guess"
            class="headline"
            class:idle=is_idle
            class:long=move || is_wider(LONG)
            class:longer=move || is_wider(LONGER)
            class:unknown=move || !is_idle() && state.is_unknown.get()
            data-id=move || latest.read().id.to_string()
            data-engine=move || latest.read().answer.as_ref().map(|answer| answer.kind.id())
        >
            <span class="lead" hidden=move || lead().is_empty()>{lead}</span>
            <span class="name">{move || words.read().name.clone()}</span>
            <span class="confidence number" hidden=move || confidence().is_empty()>{confidence}</span>
        </p>
        <Announcer words=spoken />
    }
}
