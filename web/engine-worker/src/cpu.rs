use burn::tensor::Device;
use image::GrayImage;
use protocol::ModelInfo;

use super::burn_classifier::BurnClassifier;
use super::error::EngineError;

/// The classifier on the processor.
pub struct Classifier(BurnClassifier);

impl Classifier {
    /// Reads the bytes of a weights file.
    ///
    /// # Errors
    /// When the weights are damaged or of another network.
    pub async fn load(bytes: &[u8]) -> Result<(Self, ModelInfo), EngineError> {
        let (classifier, model_info) = BurnClassifier::load(bytes, Device::flex())?;
        Ok((Self(classifier), model_info))
    }

    /// The logits, one a class, of a 32x32 grey picture.
    ///
    /// # Errors
    /// When a result is no number.
    pub async fn logits(&self, picture: &GrayImage) -> Result<Vec<f32>, EngineError> {
        self.0.logits(picture).await
    }
}
