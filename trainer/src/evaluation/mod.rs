//! What a classifier makes of pictures, how often it is right, and handing its guesses in.

mod predict;
mod score;
mod submission;

pub use predict::{BATCH, Guess, Predictor};
pub use score::{ClassScore, Score, ScoreError};
pub use submission::{Submission, SubmissionError};
