use shared::weights::WeightsError;
use thiserror::Error;

/// Why an engine cannot go on. Each is a sentence for the page.
#[derive(Debug, Error)]
pub enum EngineError {
    /// A prediction came first.
    #[error("It was asked for a guess before its weights were loaded.")]
    NotLoaded,
    /// The picture has another size.
    #[error("It was given a picture of {0} bytes instead of 32 x 32.")]
    PictureSize(usize),
    /// The server has no weights, or none could be fetched.
    #[error("The weights are missing: {address} answered {answer}.")]
    WeightsMissing {
        /// Where they should be.
        address: String,
        /// What came instead, in words.
        answer: String,
    },
    /// The weights were refused.
    #[error("The weights at {address} cannot be used: {reason}.")]
    WeightsRefused {
        /// Where they are.
        address: String,
        /// What is wrong with them.
        reason: WeightsError,
    },
    /// There is no graphics card to be had.
    #[cfg(feature = "gpu")]
    #[error("The browser gives no graphics device: {0}.")]
    NoDevice(String),
    /// The graphics device lacks what Burn cannot do without.
    #[cfg(feature = "gpu")]
    #[error("Its device ({0}) lacks the feature timestamp-query, which the engine needs.")]
    NoTimestamps(String),
    /// The device broke off.
    #[error("The device broke off: {0}.")]
    Broken(String),
}
