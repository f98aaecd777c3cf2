use burn::tensor::{Device, Tensor, TensorData};
use image::GrayImage;
use protocol::ModelInfo;
use shared::input::{INPUT_SIDE, values};
use shared::model;
use shared::weights::classifier_from_bytes;

use super::error::EngineError;

const SIDE: usize = INPUT_SIDE as usize;

/// The classifier on one of Burn's devices.
pub struct BurnClassifier {
    classifier: model::Classifier,
    device: Device,
}

impl BurnClassifier {
    /// Reads the weights file's `bytes` onto `device`.
    ///
    /// # Errors
    /// When the weights are damaged or of another network.
    pub fn load(bytes: &[u8], device: Device) -> Result<(Self, ModelInfo), EngineError> {
        let (classifier, metadata) =
            classifier_from_bytes(bytes, &device).map_err(EngineError::WeightsRefused)?;
        Ok((Self { classifier, device }, super::model_info(metadata)))
    }

    /// The logits, one a class, of a 32x32 grey picture.
    ///
    /// # Errors
    /// When the device breaks off.
    pub async fn logits(&self, picture: &GrayImage) -> Result<Vec<f32>, EngineError> {
        let values = TensorData::new(values(picture), [1, 1, SIDE, SIDE]);
        let input = Tensor::from_data(values, &self.device);
        let logits = self.classifier.forward(input);
        let broken = |error: String| EngineError::Broken(error);
        // WebGPU in a browser cannot be waited for: read without blocking.
        let logits = logits
            .into_data_async()
            .await
            .map_err(|error| broken(error.to_string()))?;
        logits
            .try_to_vec()
            .map_err(|error| broken(format!("{error:?}")))
    }
}
