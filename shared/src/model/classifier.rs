use burn::config::Config;
use burn::module::Module;
use burn::tensor::{Device, Tensor};

use super::{FeatureExtractor, FeatureExtractorConfig, LabelPredictor, LabelPredictorConfig};

/// Configuration of a [`Classifier`].
#[derive(Config, Debug)]
pub struct ClassifierConfig {
    /// Number of classes.
    pub classes: usize,
    /// The feature extractor's.
    pub extractor: FeatureExtractorConfig,
}

impl ClassifierConfig {
    /// A new classifier, drawn from the device's seed.
    pub fn init(&self, device: &Device) -> Classifier {
        Classifier {
            extractor: self.extractor.init(device),
            predictor: LabelPredictorConfig::new(self.extractor.features(), self.classes)
                .init(device),
        }
    }
}

/// Feature extractor and label predictor: what is shipped, in the trainer's evaluation and in the browser.
#[derive(Module, Debug)]
pub struct Classifier {
    /// Pictures to features, shared by both domains.
    pub extractor: FeatureExtractor,
    /// Features to logits.
    pub predictor: LabelPredictor,
}

impl Classifier {
    /// `[n, 1, 32, 32]` in `[0, 1]` -> logits `[n, classes]`.
    ///
    /// On a device without autodiff batch normalisation uses its running statistics.
    pub fn forward(&self, pictures: Tensor<4>) -> Tensor<2> {
        self.predictor.forward(self.extractor.forward(pictures))
    }
}
