use burn::tensor::{Device, Tensor, TensorData};
use image::GrayImage;
use protocol::{ModelInfo, Reply};
use shared::input::{INPUT_SIDE, values};
use shared::model;
use shared::novelty::{Statistics, score};
use shared::weights::{classifier_from_bytes, statistics_from_bytes};

use super::error::EngineError;
use super::prediction::{Prediction, model_info};
use super::scope::send;

const SIDE: usize = INPUT_SIDE as usize;

/// The classifier on the graphics card, by Burn.
pub struct Classifier {
    classifier: model::Classifier,
    /// What tells drawings of none of the classes, where the weights have it.
    novelty: Option<Statistics>,
    device: Device,
}

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
            let _ = send(&Reply::Failed {
                reason: lost.sentence(),
            });
        });
        let (classifier, metadata) =
            classifier_from_bytes(bytes, &device).map_err(EngineError::WeightsRefused)?;
        let classifier = Self {
            classifier,
            novelty: statistics_from_bytes(bytes).map_err(EngineError::WeightsRefused)?,
            device,
        };
        Ok((classifier, model_info(metadata)))
    }

    /// What the network says of a 32x32 grey picture.
    ///
    /// # Errors
    /// When the device breaks off.
    pub async fn predict(&self, picture: &GrayImage) -> Result<Prediction, EngineError> {
        let values = TensorData::new(values(picture), [1, 1, SIDE, SIDE]);
        let input = Tensor::from_data(values, &self.device);
        let features = self.classifier.extractor.forward(input);
        let logits = self.classifier.predictor.forward(features.clone());
        // They come in one reading.
        let mut both = read(Tensor::cat(vec![logits, features.clone()], 1)).await?;
        let features = both.split_off(both.len() - features.dims()[1]);
        let is_unknown = self.novelty.as_ref().is_some_and(|statistics| {
            !statistics.is_one_of_the_classes(score(statistics, &features, &both))
        });
        Ok(Prediction {
            logits: both,
            features,
            is_unknown,
        })
    }
}

/// The values on the device. WebGPU in a browser cannot be waited for: they are read without blocking.
async fn read(values: Tensor<2>) -> Result<Vec<f32>, EngineError> {
    let data = values
        .into_data_async()
        .await
        .map_err(|error| EngineError::Broken(error.to_string()))?;
    data.try_to_vec()
        .map_err(|error| EngineError::Broken(format!("{error:?}")))
}
