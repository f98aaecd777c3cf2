//! The answers of the engines.

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
}

/// What the page shows: the newest answer, or nothing where nothing is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LatestAnswer {
    /// The number of the newest settled question.
    pub id: u32,
    /// Its answer; nothing when the question was taken back.
    pub answer: Option<Answer>,
}
