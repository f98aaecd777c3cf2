//! The classes that lead, but for what the headline says.

use leptos::prelude::*;

use super::phrase::Phrase;
use super::scores::Score;
use super::text;
use crate::language::class_name;
use crate::numbers::percent;

/// How many classes are listed.
const RUNNERS_UP: usize = 2;

/// The classes that lead, with their percentages, without the one whose confidence the headline states.
#[component]
pub fn RunnersUp(
    /// The scores, the highest first.
    scores: Memo<Vec<Score>>,
    /// Whether the picture shows none of the classes.
    is_unknown: Memo<bool>,
) -> impl IntoView {
    let rows = move || {
        let scores = scores.read();
        let headline = Phrase::of(&scores, is_unknown.get());
        let said = usize::from(headline.states_confidence());
        let rows = scores.iter().skip(said).take(RUNNERS_UP).cloned();
        rows.map(|score| {
            view! {
                <li>
                    <bdi class="name">{class_name(&score.name).to_string()}</bdi>
                    " "
                    <span class="number">{percent(score.probability)}</span>
                </li>
            }
        })
        .collect_view()
    };
    view! {
        <div class="runners-up">
            <span hidden=move || !is_unknown.get()>{text::NEAREST}</span>
            <ol role="list" aria-label=text::RUNNERS_UP>{rows}</ol>
        </div>
    }
}
