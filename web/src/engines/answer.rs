//! The answers of the engines.

use shared::softmax::softmax;

use super::kind::Kind;

/// The answer to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Which engine gave it.
    pub kind: Kind,
    /// One logit a class.
    pub logits: Vec<f32>,
    /// One probability a class, together 1.
    pub probabilities: Vec<f32>,
    /// What the label predictor got, from 0.
    pub features: Vec<f32>,
    /// Whether the picture, taken for a drawing, shows none of the classes.
    pub is_unknown: bool,
    /// One logit a class for each variant of the picture that was asked about.
    pub variants: Vec<Vec<f32>>,
}

impl Answer {
    /// The answer in the logits of a picture and its variants, so many classes each.
    pub fn new(kind: Kind, mut logits: Vec<f32>, classes: usize, features: Vec<f32>) -> Self {
        let more = logits.split_off(classes.min(logits.len()));
        let mut probabilities = logits.clone();
        softmax(&mut probabilities);
        Self {
            kind,
            logits,
            probabilities,
            features,
            is_unknown: false,
            variants: more.chunks(classes.max(1)).map(<[f32]>::to_vec).collect(),
        }
    }
}

/// What the page shows: the newest answer, or nothing where nothing is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LatestAnswer {
    /// The number of the newest settled question.
    pub id: u32,
    /// Its answer; nothing when the question was taken back.
    pub answer: Option<Answer>,
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn the_first_picture_is_answered_and_its_variants_follow() {
        let logits = vec![1.0, 1.0, 0.0, 5.0, 2.0, 3.0];
        let answer = Answer::new(Kind::Cpu, logits, 2, vec![0.5]);
        assert_eq!(answer.logits, [1.0, 1.0]);
        assert_eq!(answer.probabilities, [0.5, 0.5]);
        assert_eq!(answer.variants, [[0.0, 5.0], [2.0, 3.0]]);
        let one = Answer::new(Kind::Cpu, vec![1.0], 2, Vec::new());
        assert_eq!((one.probabilities, one.variants.len()), (vec![1.0], 0));
    }
}
