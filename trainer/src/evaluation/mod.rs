//! Predictions of a classifier, their accuracy and calibration, and submissions.

mod criteria;
mod domain_input;
mod inference;
mod novelty;
mod predict;
mod prediction_table;
mod pseudo_calibration;
mod rank;
mod reliability;
mod robustness;
mod score;
mod scoring;
mod submission;
mod temperature;
mod validation;

pub use criteria::Criteria;
pub use domain_input::DomainInput;
pub use inference::{Chunk, predict_chunks, predict_doodles};
pub use novelty::{NoveltyScore, NoveltyTrial, with_novelty};
pub(crate) use predict::input;
pub use predict::{BATCH, Prediction, Predictor, accuracy};
pub use prediction_table::PredictionTable;
pub use pseudo_calibration::pseudo_labelled;
pub use rank::rank_correlation;
pub use reliability::{Bin, Reliability};
pub use robustness::{PerturbationScore, Robustness, RobustnessTally};
pub use score::{ClassScore, Score, ScoreError};
pub use scoring::{Evaluation, Labelled, measurement, score_doodles};
pub use submission::{Submission, SubmissionError};
pub use temperature::{CalibrationError, calibrate, cross_fitted, temperature};
pub use validation::Validation;
