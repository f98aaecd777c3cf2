//! The classes that come after the first.

use leptos::prelude::*;

use super::scores::Score;
use super::text;
use super::words::percent;
use crate::language::class_name;

/// How many classes follow the first one in the list of runners-up.
const RUNNERS_UP: usize = 2;

/// The classes that come next, with their percentages.
#[component]
pub fn RunnersUp(
    /// The scores, the highest first.
    scores: Memo<Vec<Score>>,
    /// Whether the first one is not said either, since the picture shows none of the classes.
    is_unknown: Memo<bool>,
) -> impl IntoView {
    let rows = move || {
        let scores = scores.read();
        let said = usize::from(!is_unknown.get());
        let rows = scores.iter().skip(said).take(RUNNERS_UP).cloned();
        rows.map(|score| {
            view! {
                <li>
                    <span class="name">{class_name(&score.name).to_string()}</span>
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
