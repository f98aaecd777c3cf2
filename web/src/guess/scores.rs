//! What the answer says of each class, ranked.

use leptos::prelude::*;
use shared::classes::ClassNames;

use crate::engines::machine::LatestAnswer;
use crate::language::class_name;

/// A class and its probability.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// The name of the class, as the weights or the visitor call it.
    pub name: String,
    /// 0 to 1.
    pub probability: f32,
}

/// The scores of an answer, the highest first and of equals that of the lower id; none where there is no answer.
pub fn scores(latest: &LatestAnswer, classes: &ClassNames) -> Vec<Score> {
    let Some(answer) = &latest.answer else {
        return Vec::new();
    };
    let names = classes.names().iter().cloned();
    let mut scores: Vec<Score> = names
        .zip(answer.probabilities.iter().copied())
        .map(|(name, probability)| Score { name, probability })
        .collect();
    scores.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    scores
}

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
                    <span class="number">{super::words::percent(score.probability)}</span>
                </li>
            }
        })
        .collect_view()
    };
    view! {
        <div class="runners-up">
            <span hidden=move || !is_unknown.get()>{super::text::NEAREST}</span>
            <ol role="list" aria-label=super::text::RUNNERS_UP>{rows}</ol>
        </div>
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::engines::answer::Answer;
    use crate::engines::kind::Kind;

    #[test]
    fn the_highest_comes_first_and_of_equals_the_lower_id() {
        let names = ["cat", "dog", "ant"].map(String::from).to_vec();
        let latest = LatestAnswer {
            id: 1,
            answer: Some(Answer::new(Kind::Cpu, vec![0.0, 1.0, 0.0], 3, Vec::new())),
        };
        let classes = ClassNames::new(names).unwrap();
        let ranked: Vec<String> = scores(&latest, &classes)
            .into_iter()
            .map(|score| score.name)
            .collect();
        assert_eq!(ranked, ["dog", "cat", "ant"]);
        assert!(scores(&LatestAnswer::default(), &classes).is_empty());
    }
}
