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
    /// The same, with logits divided by `temperature`: above 1 less confident, below 1 more; the prediction stays the same.
    #[must_use]
    pub fn with_temperature(mut self, temperature: f64) -> Self {
        if let Some(last) = self.layers.last_mut() {
            last.weight = last
                .weight
                .clone()
                .map(|weight| weight.div_scalar(temperature));
            last.bias = last
                .bias
                .clone()
                .map(|bias| bias.map(|bias| bias.div_scalar(temperature)));
        }
        self
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn temperature_divides_the_logits() {
        let device = Device::flex();
        let predictor = LabelPredictorConfig::new(4, 3).init(&device);
        let features = Tensor::<2>::from_floats([[1.0, -2.0, 0.5, 3.0]], &device);
        let before = predictor.forward(features.clone()).div_scalar(2.5);
        let after = predictor.with_temperature(2.5).forward(features);
        let apart = (before - after).abs().max().into_scalar::<f32>();
        assert!(apart < 1e-6, "{apart}");
    }
}
