use burn::tensor::{Device, Tensor, TensorData};
use image::GrayImage;
use shared::input::{INPUT_SIDE, values};
use shared::model::Classifier;
use shared::weights::{WeightsError, classifier_from_bytes};

use super::error::EngineError;
use protocol::{Measured, ModelInfo};

const SIDE: usize = INPUT_SIDE as usize;

/// The classifier on its device.
pub struct Guesser {
    classifier: Classifier,
    device: Device,
}

impl Guesser {
    /// Reads the weights file's `bytes` onto `device`.
    ///
    /// # Errors
    /// When the weights are damaged or of another network.
    pub fn new(bytes: &[u8], device: Device) -> Result<(Self, ModelInfo), WeightsError> {
        let (classifier, metadata) = classifier_from_bytes(bytes, &device)?;
        let model_info = ModelInfo {
            classes: metadata.classes,
            measured: metadata.measured.map(|measured| Measured {
                accuracy: measured.accuracy,
                pictures: measured.pictures,
                on: measured.on,
            }),
        };
        Ok((Self { classifier, device }, model_info))
    }

    /// The logits, one a class, of a 32x32 grey picture.
    ///
    /// # Errors
    /// When the picture has another size or the device breaks off.
    pub async fn logits(&self, picture: Vec<u8>) -> Result<Vec<f32>, EngineError> {
        let length = picture.len();
        let picture = GrayImage::from_raw(INPUT_SIDE, INPUT_SIDE, picture)
            .filter(|_| length == SIDE * SIDE)
            .ok_or(EngineError::PictureSize(length))?;
        let values = TensorData::new(values(&picture), [1, 1, SIDE, SIDE]);
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
