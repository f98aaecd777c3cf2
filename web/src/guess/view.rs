//! The answer about the view in front.

use leptos::prelude::*;

use super::bars::Bars;
use super::headline::Headline;
use super::runners_up::RunnersUp;
use super::text;
use crate::state::use_state;

/// The guess and the runners-up.
#[component]
pub fn AnswerView(
    /// Whether there is a picture to guess.
    has_subject: Memo<bool>,
) -> impl IntoView {
    let state = use_state();
    view! {
        <section class="answer" aria-label=text::ANSWER hidden=move || !state.view.get().has_answer()>
            <Headline has_subject=has_subject />
            <RunnersUp scores=state.scores is_unknown=state.is_unknown />
        </section>
    }
}

/// The probabilities of all classes, on request.
#[component]
pub fn AllClasses() -> impl IntoView {
    let state = use_state();
    view! {
        <details class="all-classes">
            <summary>{text::ALL_CLASSES}</summary>
            <Bars classes=state.all_classes latest=state.answer.into() />
        </details>
    }
}
