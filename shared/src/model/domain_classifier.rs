use burn::config::Config;
use burn::module::Module;
use burn::nn::{BatchNorm, BatchNormConfig, Linear, LinearConfig};
use burn::tensor::{Device, Tensor, activation::relu};

use super::batch_norm::batch_norm;

/// Configuration of a [`DomainClassifier`].
#[derive(Config, Debug)]
pub struct DomainClassifierConfig {
    /// Number of features that come in, and of hidden units.
    pub features: usize,
    /// Number of hidden layers.
    #[config(default = 4)]
    pub hidden: usize,
}

impl DomainClassifierConfig {
    /// A new domain classifier with PyTorch's default initialisation, drawn from the device's seed.
    pub fn init(&self, device: &Device) -> DomainClassifier {
        let hidden = (0..self.hidden)
            .map(|_| HiddenLayer {
                linear: LinearConfig::new(self.features, self.features).init(device),
                norm: BatchNormConfig::new(self.features).init(device),
            })
            .collect();
        DomainClassifier {
            hidden,
            output: LinearConfig::new(self.features, 1).init(device),
        }
    }
}

/// Tells photos (1) from doodles (0) by their features; used in training only.
#[derive(Module, Debug)]
pub struct DomainClassifier {
    hidden: Vec<HiddenLayer>,
    output: Linear,
}

impl DomainClassifier {
    /// `[n, features]` -> logits `[n]`: above 0 where a photo is likelier.
    pub fn forward(&self, features: Tensor<2>) -> Tensor<1> {
        let hidden = self.hidden.iter().fold(features, |hidden, layer| {
            relu(batch_norm(&layer.norm, layer.linear.forward(hidden)))
        });
        self.output.forward(hidden).squeeze_dim(1)
    }
}

#[derive(Module, Debug)]
struct HiddenLayer {
    linear: Linear,
    norm: BatchNorm,
}
