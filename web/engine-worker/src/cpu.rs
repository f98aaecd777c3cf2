use std::cell::RefCell;

use image::GrayImage;
use protocol::ModelInfo;
use shared::input::values;
use shared::nn::{Network, PICTURE};
use shared::weights::network_from_bytes;

use super::error::EngineError;
use super::prediction::{Prediction, model_info};

/// The classifier on the processor, by our own kernels.
pub struct Classifier(RefCell<Network>);

impl Classifier {
    /// Reads the bytes of a weights file.
    ///
    /// # Errors
    /// When the weights are damaged or of another network.
    pub async fn load(bytes: &[u8]) -> Result<(Self, ModelInfo), EngineError> {
        let (network, metadata) = network_from_bytes(bytes).map_err(EngineError::WeightsRefused)?;
        let classifier = Self(RefCell::new(network));
        Ok((classifier, model_info(metadata)))
    }

    /// What the network says of a 32x32 grey picture.
    ///
    /// # Errors
    /// When the picture has another size.
    pub async fn predict(&self, picture: &GrayImage) -> Result<Prediction, EngineError> {
        let values: &[f32; PICTURE] = &values(picture)
            .try_into()
            .map_err(|values: Vec<f32>| EngineError::PictureSize(values.len()))?;
        let mut network = self.0.borrow_mut();
        let logits = network.predict(values).to_vec();
        let novelty = network.novelty().zip(network.novelty_score());
        Ok(Prediction {
            logits,
            features: network.features().to_vec(),
            is_unknown: novelty
                .is_some_and(|(statistics, score)| !statistics.is_one_of_the_classes(score)),
        })
    }
}
