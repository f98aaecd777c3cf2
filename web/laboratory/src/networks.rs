//! F, C and D as small networks of linear layers, so that features are points in a plane as well.

use burn::module::{Module, Param};
use burn::nn::Linear;
use burn::tensor::activation::relu;
use burn::tensor::{Device, Tensor, TensorData};
use shared::dann::{ClassifyDomains, ExtractFeatures, Modules, Optimisers, PredictLabels};

use crate::data::Point;

/// Features of a point: two, so that they can be drawn.
pub const FEATURES: usize = 2;

/// Linear layers with ReLU between.
#[derive(Module, Debug)]
pub struct Layers {
    layers: Vec<Linear>,
}

impl Layers {
    /// `sizes`: the number of inputs, of the units of each hidden layer, and of outputs. Weights and biases are uniform within
    /// one over the root of a layer's inputs, as PyTorch draws them.
    fn new(sizes: &[usize], rng: &mut fastrand::Rng, device: &Device) -> Self {
        let layers = sizes.windows(2).map(|pair| {
            let [inputs, outputs] = [pair[0], pair[1]];
            let bound = (inputs as f32).sqrt().recip();
            let mut draw = |count: usize| -> Vec<f32> {
                let value = |_| bound * (2.0 * rng.f32() - 1.0);
                (0..count).map(value).collect()
            };
            let weight = TensorData::new(draw(inputs * outputs), [inputs, outputs]);
            let bias = TensorData::new(draw(outputs), [outputs]);
            Linear {
                weight: Param::from_tensor(Tensor::from_data(weight, device)),
                bias: Some(Param::from_tensor(Tensor::from_data(bias, device))),
            }
        });
        Self {
            layers: layers.collect(),
        }
    }

    /// `[n, inputs]` -> `[n, outputs]`.
    pub fn forward(&self, input: Tensor<2>) -> Tensor<2> {
        let layers = self.layers.iter().enumerate();
        layers.fold(input, |values, (index, layer)| {
            let values = if index > 0 { relu(values) } else { values };
            layer.forward(values)
        })
    }
}

impl ExtractFeatures<2> for Layers {
    fn features(&self, input: Tensor<2>) -> Tensor<2> {
        self.forward(input)
    }
}

impl PredictLabels for Layers {
    fn class_logits(&self, features: Tensor<2>) -> Tensor<2> {
        self.forward(features)
    }
}

impl ClassifyDomains for Layers {
    fn domain_logits(&self, features: Tensor<2>) -> Tensor<1> {
        self.forward(features).squeeze_dim(1)
    }
}

/// The three modules and their optimisers, on a device with autodiff.
pub struct Networks {
    /// F: a point, `[n, 2]`, to its features, `[n, 2]`, through two hidden layers.
    pub extractor: Layers,
    /// C: features to logits, `[n, classes]`.
    pub predictor: Layers,
    /// D: features to one logit through a hidden layer.
    pub domain: Layers,
    optimisers: Optimisers,
}

impl Networks {
    /// New networks, drawn from `seed`: the same on every machine.
    pub fn new(shape: Shape, seed: u64, device: &Device) -> Self {
        let Shape {
            classes,
            width,
            hidden_predictor,
        } = shape;
        let mut rng = fastrand::Rng::with_seed(seed);
        let mut layers = |sizes: &[usize]| Layers::new(sizes, &mut rng, device);
        Self {
            extractor: layers(&[2, width, width, FEATURES]),
            predictor: if hidden_predictor {
                layers(&[FEATURES, width, classes])
            } else {
                layers(&[FEATURES, classes])
            },
            domain: layers(&[FEATURES, width, 1]),
            optimisers: Optimisers::default(),
        }
    }

    /// What a step trains.
    pub fn modules(&mut self) -> Modules<'_, Layers, Layers, Layers> {
        Modules {
            extractor: &mut self.extractor,
            predictor: &mut self.predictor,
            domain: &mut self.domain,
            optimisers: &mut self.optimisers,
        }
    }
}

/// How large the networks are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Classes that C tells apart.
    pub classes: usize,
    /// Units of a hidden layer.
    pub width: usize,
    /// Whether C has a hidden layer.
    pub hidden_predictor: bool,
}

/// Copies of the three modules without autodiff.
pub struct Inference {
    extractor: Layers,
    predictor: Layers,
    domain: Layers,
    device: Device,
}

impl Networks {
    /// The modules as they are, for inference.
    pub fn for_inference(&self) -> Inference {
        Inference {
            extractor: self.extractor.valid(),
            predictor: self.predictor.valid(),
            domain: self.domain.valid(),
            device: Device::flex(),
        }
    }
}

impl Inference {
    /// The features of points.
    pub fn features(&self, points: &[Point]) -> Vec<Point> {
        let features = rows(self.extractor.forward(tensor(points, &self.device)));
        features.map(|row| [row[0], row[1]]).collect()
    }

    /// Logits of the classes of features.
    pub fn classes(&self, features: &[Point]) -> Vec<Vec<f32>> {
        rows(self.predictor.forward(tensor(features, &self.device))).collect()
    }

    /// D's logits of features: above 0 where the source is likelier.
    pub fn domain_logits(&self, features: &[Point]) -> Vec<f32> {
        let logits = self.domain.forward(tensor(features, &self.device));
        logits.into_data().iter().collect()
    }
}

/// `[n, 2]`.
pub(crate) fn tensor(points: &[Point], device: &Device) -> Tensor<2> {
    let data = TensorData::new(points.concat(), [points.len(), 2]);
    Tensor::from_data(data, device)
}

fn rows(values: Tensor<2>) -> impl Iterator<Item = Vec<f32>> {
    let [_, columns] = values.dims();
    let values: Vec<f32> = values.into_data().iter().collect();
    let rows: Vec<_> = values.chunks_exact(columns).map(<[f32]>::to_vec).collect();
    rows.into_iter()
}
