use burn::tensor::Device;
use image::GrayImage;
use protocol::{ModelInfo, Reply};

use super::burn_classifier::BurnClassifier;
use super::error::EngineError;

/// The classifier on the graphics card.
pub struct Classifier(BurnClassifier);

impl Classifier {
    /// Opens the graphics device and reads the bytes of a weights file onto it.
    ///
    /// The page has asked the browser for the same adapter, by the same preference of power, and found `timestamp-query`,
    /// without which Burn panics at the first operation.
    ///
    /// # Errors
    /// When the browser gives no device, or the weights are damaged or of another network.
    pub async fn load(bytes: &[u8]) -> Result<(Self, ModelInfo), EngineError> {
        let (device, setup) = Device::wgpu_options()
            .init_with_setup_async()
            .await
            .map_err(|error| EngineError::NoDevice(error.to_string()))?;
        // An answer that is on its way when the device is lost may never come.
        setup.device.set_device_lost_callback(|reason, message| {
            let lost = EngineError::Lost(format!("{reason:?}, {message}"));
            // Nothing is left to be done about a page that cannot be reached.
            let _ = super::send(&Reply::Failed {
                reason: lost.to_string(),
            });
        });
        let (classifier, model_info) = BurnClassifier::load(bytes, device)?;
        Ok((Self(classifier), model_info))
    }

    /// The logits, one a class, of a 32x32 grey picture.
    ///
    /// # Errors
    /// When the device breaks off.
    pub async fn logits(&self, picture: &GrayImage) -> Result<Vec<f32>, EngineError> {
        self.0.logits(picture).await
    }
}
