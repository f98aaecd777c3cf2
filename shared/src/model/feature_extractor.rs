use burn::config::Config;
use burn::module::Module;
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::pool::{MaxPool2d, MaxPool2dConfig};
use burn::nn::{BatchNorm, BatchNormConfig, Initializer, PaddingConfig2d};
use burn::tensor::{Device, Tensor, activation::relu};

use super::batch_norm::batch_norm;
#[cfg(feature = "autodiff")]
use super::batch_norm::{is_training, update_running};
#[cfg(feature = "flex")]
use super::flex;
use crate::architecture::BLOCK_CHANNELS;

/// Configuration of a [`FeatureExtractor`].
#[derive(Config, Debug)]
pub struct FeatureExtractorConfig {
    /// Channels of the first block; the five blocks have 1, 2, 4, 4 and 8 times as many. The course's net has 64.
    #[config(default = 64)]
    pub width: usize,
}

impl FeatureExtractorConfig {
    /// Number of features that come out: 8 times the width.
    pub fn features(&self) -> usize {
        BLOCK_CHANNELS[BLOCK_CHANNELS.len() - 1] * self.width
    }

    /// A new extractor with PyTorch's default initialisation, drawn from the device's seed.
    pub fn init(&self, device: &Device) -> FeatureExtractor {
        let mut input = 1;
        let blocks = BLOCK_CHANNELS
            .iter()
            .map(|factor| {
                let output = factor * self.width;
                let block = ConvBlock::new(input, output, device);
                input = output;
                block
            })
            .collect();
        FeatureExtractor { blocks }
    }
}

/// Five blocks of 3x3 convolution, batch normalisation, ReLU and 2x2 max pooling.
#[derive(Module, Debug)]
pub struct FeatureExtractor {
    blocks: Vec<ConvBlock>,
}

impl FeatureExtractor {
    /// `[n, 1, 32, 32]` in `[0, 1]` -> `[n, features]`.
    pub fn forward(&self, pictures: Tensor<4>) -> Tensor<2> {
        #[cfg(feature = "flex")]
        if flex::is_flex(&pictures.device()) {
            // One channel: [n, 32, 32, 1] lies in memory as [n, 1, 32, 32].
            let [count, channels, height, width] = pictures.dims();
            let maps = pictures.reshape([count, height, width, channels]);
            let maps = self
                .blocks
                .iter()
                .fold(maps, |maps, block| block.on_cpu(maps));
            return maps.flatten(1, 3); // [n, 1, 1, 8 width]
        }
        let maps = self
            .blocks
            .iter()
            .fold(pictures, |maps, block| block.forward(maps));
        maps.flatten(1, 3) // [n, 8 width, 1, 1]
    }
}

#[derive(Module, Debug)]
struct ConvBlock {
    conv: Conv2d,
    norm: BatchNorm,
    pool: MaxPool2d,
}

impl ConvBlock {
    fn new(input: usize, output: usize, device: &Device) -> Self {
        // PyTorch's default for convolutions: U(-k, k) with k = 1 / sqrt(fan in).
        let initializer = Initializer::KaimingUniform {
            gain: 1.0 / 3.0_f64.sqrt(),
            fan_out_only: false,
        };
        Self {
            conv: Conv2dConfig::new([input, output], [3, 3])
                .with_padding(PaddingConfig2d::Explicit(1, 1, 1, 1))
                .with_initializer(initializer)
                .init(device),
            norm: BatchNormConfig::new(output).init(device),
            pool: MaxPool2dConfig::new([2, 2]).with_strides([2, 2]).init(),
        }
    }

    /// `[n, input, h, w]` -> `[n, output, h / 2, w / 2]`.
    fn forward(&self, maps: Tensor<4>) -> Tensor<4> {
        let maps = self.conv.forward(maps);
        self.pool.forward(relu(batch_norm(&self.norm, maps)))
    }

    /// `[n, h, w, input]` -> `[n, h / 2, w / 2, output]`.
    #[cfg(feature = "flex")]
    fn on_cpu(&self, maps: Tensor<4>) -> Tensor<4> {
        let (kernel, norm) = (self.conv.weight.val(), &self.norm);
        let [output, ..] = kernel.dims();
        let bias = match &self.conv.bias {
            Some(bias) => bias.val(),
            None => Tensor::zeros([output], &maps.device()),
        };
        let (gamma, beta) = (norm.gamma.val(), norm.beta.val());
        #[cfg(feature = "autodiff")]
        if is_training(norm, &maps.device()) {
            let [count, height, width, _] = maps.dims();
            let (maps, mean, variance) =
                flex::train_block(maps, kernel, bias, gamma, beta, norm.epsilon);
            update_running(norm, mean, variance, count * height * width);
            return maps;
        }
        let deviation = (norm.running_var.value_sync() + norm.epsilon).sqrt();
        let scale = gamma / deviation;
        let shift = beta + (bias - norm.running_mean.value_sync()) * scale.clone();
        flex::infer_block(maps, kernel, scale, shift)
    }
}
