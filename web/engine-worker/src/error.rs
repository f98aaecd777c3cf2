use shared::weights::WeightsError;
use thiserror::Error;

/// Why an engine cannot go on. Each is a sentence for the page.
#[derive(Debug, Error)]
pub enum EngineError {
    /// A prediction came first.
    #[error("It was asked for a prediction before its weights were loaded.")]
    NotLoaded,
    /// The picture has another size.
    #[error("It was given a picture of {0} bytes instead of 32 x 32.")]
    PictureSize(usize),
    /// The weights were refused.
    #[error("The weights cannot be used: {0}.")]
    WeightsRefused(WeightsError),
    /// There is no graphics device to be had.
    #[cfg(feature = "gpu")]
    #[error("The browser gives no graphics device: {0}.")]
    NoDevice(String),
    /// The graphics device was lost: its driver was reset, or the browser took it away.
    #[cfg(feature = "gpu")]
    #[error("The graphics device was lost ({0}).")]
    Lost(String),
    /// The device broke off.
    #[cfg(feature = "gpu")]
    #[error("The device broke off: {0}.")]
    Broken(String),
}
