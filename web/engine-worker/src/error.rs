use protocol::Sentence;
use shared::weights::WeightsError;

/// Why an engine cannot continue.
#[derive(Debug)]
pub enum EngineError {
    /// A prediction came first.
    NotLoaded,
    /// The picture has another size.
    PictureSize(usize),
    /// The weights were refused.
    WeightsRefused(WeightsError),
    /// There is no graphics device to be had.
    #[cfg(feature = "gpu")]
    NoDevice(String),
    /// The graphics device was lost: its driver was reset, or the browser took it away.
    #[cfg(feature = "gpu")]
    Lost(String),
    /// The device stopped working.
    #[cfg(feature = "gpu")]
    Broken(String),
}

impl EngineError {
    /// The error in words. What the file or the device is called stays as it is.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::NotLoaded => Sentence::new(
                "It was asked for a prediction before its weights were loaded.",
                "權重還沒載入，就被要求預測。",
            ),
            Self::PictureSize(bytes) => Sentence::new(
                format!("It was given a picture of {bytes} bytes instead of 32 x 32."),
                format!("收到的圖片有 {bytes} 個位元組，而不是 32 × 32。"),
            ),
            Self::WeightsRefused(error) => Sentence::new(
                format!("The weights cannot be used: {error}."),
                format!("無法使用這份權重（{error}）。"),
            ),
            #[cfg(feature = "gpu")]
            Self::NoDevice(error) => Sentence::new(
                format!("The browser gives no graphics device: {error}."),
                format!("瀏覽器沒有提供圖形裝置（{error}）。"),
            ),
            #[cfg(feature = "gpu")]
            Self::Lost(error) => Sentence::new(
                format!("The graphics device was lost ({error})."),
                format!("圖形裝置已中斷（{error}）。"),
            ),
            #[cfg(feature = "gpu")]
            Self::Broken(error) => Sentence::new(
                format!("The graphics device stopped working: {error}."),
                format!("圖形裝置停止運作（{error}）。"),
            ),
        }
    }
}
