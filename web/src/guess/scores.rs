//! What the answer says of each class, ranked.

use shared::classes::ClassNames;

use crate::engines::machine::LatestAnswer;

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
