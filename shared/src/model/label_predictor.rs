use burn::config::Config;
use burn::module::Module;
use burn::nn::{Linear, LinearConfig};
use burn::tensor::{Device, Tensor, activation::relu};

/// Configuration of a [`LabelPredictor`].
#[derive(Config, Debug)]
pub struct LabelPredictorConfig {
    /// Number of features that come in, and of hidden units.
    pub features: usize,
    /// Number of classes.
    pub classes: usize,
}

impl LabelPredictorConfig {
    /// A new predictor with PyTorch's default initialisation, drawn from the device's seed.
    pub fn init(&self, device: &Device) -> LabelPredictor {
        let sizes = [self.features, self.features, self.features, self.classes];
        let layers = sizes
            .windows(2)
            .map(|pair| LinearConfig::new(pair[0], pair[1]).init(device))
            .collect();
        LabelPredictor { layers }
    }
}

/// Three linear layers with ReLU between: features to logits.
#[derive(Module, Debug)]
pub struct LabelPredictor {
    layers: Vec<Linear>,
}

impl LabelPredictor {
    /// `[n, features]` -> logits `[n, classes]`.
    pub fn forward(&self, features: Tensor<2>) -> Tensor<2> {
        let last = self.layers.len() - 1;
        self.layers
            .iter()
            .enumerate()
            .fold(features, |hidden, (index, layer)| {
                let hidden = layer.forward(hidden);
                if index < last { relu(hidden) } else { hidden }
            })
    }
}
