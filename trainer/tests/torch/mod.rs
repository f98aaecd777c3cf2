//! What PyTorch computed, PyTorch's names and layout of our modules, and the formula that fills them.
#![allow(dead_code)] // each test file uses its part of it

use std::collections::BTreeMap;

use burn::module::Module;
use burn::tensor::{Device, Int, Tensor, TensorData};
use burn_store::{
    BurnToPyTorchAdapter, FloatCastAdapter, ModuleAdapter, ModuleSnapshot, PyTorchToBurnAdapter,
    SafetensorsStore,
};
use safetensors::tensor::{Dtype, TensorView, serialize};
use serde::Deserialize;
use trainer::training::{Networks, StepInput, StepSettings, Variant};

/// Channels of the first block.
pub const WIDTH: usize = 64;
const CLASSES: usize = 10;
/// Photos in a batch, and doodles.
const BATCH: usize = 8;

#[derive(Deserialize)]
pub struct Expected {
    pub steps: Vec<Step>,
    pub after: BTreeMap<String, Stats>,
    pub eval_logits: Vec<Vec<f64>>,
}

#[derive(Deserialize)]
pub struct Step {
    pub d_loss: f64,
    pub f_loss: f64,
    pub correct: i64,
    pub grads: BTreeMap<String, Stats>,
}

#[derive(Debug, Deserialize)]
pub struct Stats {
    pub sum: f64,
    pub abs_sum: f64,
    pub first: Vec<f64>,
}

/// PyTorch's answers, by variant.
pub fn golden() -> BTreeMap<String, Expected> {
    #[derive(Deserialize)]
    struct Golden {
        variants: BTreeMap<String, Expected>,
    }
    let golden: Golden =
        serde_json::from_str(include_str!("../fixtures/dann_two_steps.json")).unwrap();
    golden.variants
}

/// A step with every term of the loss, and PyTorch's answers by case.
#[derive(Deserialize)]
pub struct AllTerms {
    pub labels: Vec<i64>,
    pub lambda: f64,
    pub confidence: f64,
    pub sharper: f64,
    pub weights: BTreeMap<String, f64>,
    pub variants: BTreeMap<String, Expected>,
}

impl AllTerms {
    pub fn golden() -> Self {
        serde_json::from_str(include_str!("../fixtures/dann_all_terms.json")).unwrap()
    }

    /// The cases of the golden file.
    pub const CASES: [(&str, Variant); 3] = [
        ("two_step", Variant::TwoStep),
        ("reversal", Variant::Reversal),
        ("confusion", Variant::Confusion),
    ];

    pub fn networks(&self, device: &Device) -> Networks {
        let mut networks = networks(device);
        let sharper = |name: &str| {
            if name == "layers.2.weight" {
                self.sharper
            } else {
                1.0
            }
        };
        fill_scaled(&mut networks.classifier.predictor, 101, sharper);
        networks
    }

    pub fn settings(&self, variant: Variant) -> StepSettings {
        StepSettings {
            variant,
            lambda: self.lambda,
            label_smoothing: self.weights["smoothing"],
            im_weight: self.weights["im"],
            consistency_weight: self.weights["consistency"],
            confidence: self.confidence,
            distillation_weight: self.weights["distil"],
            learning_rate: 1e-3,
        }
    }

    pub fn input(&self, device: &Device) -> StepInput {
        let labels = TensorData::new(self.labels.clone(), [BATCH]);
        StepInput {
            labels: Tensor::from_data(labels, device),
            target_strong: Some(batch(BATCH, 801, device)),
            soft_targets: Some(soft_labels(device)),
            ..input(0, device)
        }
    }
}

/// (wave + 1.01), each row divided by its sum; `[8, 10]`.
fn soft_labels(device: &Device) -> Tensor<2> {
    let values: Vec<f64> = wave(BATCH * CLASSES, 701)
        .map(|value| f64::from(value) + 1.01)
        .collect();
    let labels: Vec<f64> = values
        .chunks(CLASSES)
        .flat_map(|row| row.iter().map(|value| value / row.iter().sum::<f64>()))
        .collect();
    Tensor::from_data(TensorData::new(labels, [BATCH, CLASSES]), device)
}

pub fn networks(device: &Device) -> Networks {
    let mut networks = Networks::new(CLASSES, WIDTH, 0, device);
    fill(&mut networks.classifier.extractor, 1);
    fill(&mut networks.classifier.predictor, 101);
    fill(&mut networks.domain, 201);
    networks
}

pub fn settings(variant: Variant) -> StepSettings {
    StepSettings {
        variant,
        lambda: 0.3,
        ..StepSettings::default()
    }
}

pub fn input(index: usize, device: &Device) -> StepInput {
    StepInput {
        source: batch(BATCH, 301 + index, device),
        labels: Tensor::<1, Int>::arange(0..BATCH as i64, device),
        target: batch(BATCH, 401 + index, device),
        target_strong: None,
        soft_targets: None,
    }
}

pub fn batch(count: usize, salt: usize, device: &Device) -> Tensor<4> {
    let values: Vec<f32> = wave(count * 1024, salt)
        .map(|value| value * 0.5 + 0.5)
        .collect();
    Tensor::from_data(TensorData::new(values, [count, 1, 32, 32]), device)
}

/// Values in [-1, 1): the fractional part of (i + 1) golden ratio + salt sqrt(2), in f64, cast to f32.
pub fn wave(count: usize, salt: usize) -> impl Iterator<Item = f32> {
    (1..=count).map(move |i| {
        let x = i as f64 * 0.6180339887498949 + salt as f64 * std::f64::consts::SQRT_2;
        (x.fract() * 2.0 - 1.0) as f32
    })
}

/// Weights of two or more axes: wave * sqrt(6 / fan in), the salt one more for each parameter in PyTorch's order;
/// batch normalisation and biases keep 1 and 0.
pub fn fill<M: Module>(module: &mut M, first_salt: usize) {
    fill_scaled(module, first_salt, |_| 1.0);
}

/// The same, each parameter times what `scale` says of its name.
fn fill_scaled<M: Module>(module: &mut M, first_salt: usize, scale: impl Fn(&str) -> f64) {
    let collected = module.collect(None, Some(Box::new(BurnToPyTorchAdapter)), false);
    let mut parameters: Vec<_> = collected
        .iter()
        .filter(|tensor| !tensor.name.contains("running_"))
        .map(|tensor| (tensor.name.clone(), tensor.shape.to_vec()))
        .collect();
    parameters.sort_by_key(|(name, _)| order(name));
    let filled: Vec<_> = parameters
        .into_iter()
        .enumerate()
        .map(|(index, (name, shape))| {
            let count = shape.iter().product();
            let values: Vec<f32> = if shape.len() > 1 {
                let fan_in: usize = shape[1..].iter().product();
                let scale = (6.0 / fan_in as f64).sqrt() as f32;
                wave(count, first_salt + index)
                    .map(|value| value * scale)
                    .collect()
            } else if name.contains("norm.weight") {
                vec![1.0; count]
            } else {
                vec![0.0; count]
            };
            let bytes: Vec<u8> = values
                .iter()
                .flat_map(|value| (f64::from(*value) * scale(&name)).to_le_bytes())
                .collect();
            (name, shape, bytes)
        })
        .collect();
    let views = filled.iter().map(|(name, shape, bytes)| {
        (
            name,
            TensorView::new(Dtype::F64, shape.clone(), bytes).unwrap(),
        )
    });
    let bytes = serialize(views, None).unwrap();
    let dtype = collected[0].dtype;
    let mut store = SafetensorsStore::from_bytes(Some(bytes))
        .with_from_adapter(PyTorchToBurnAdapter.chain(FloatCastAdapter::to(dtype)))
        .allow_partial(true);
    let result = module.load_from(&mut store).unwrap();
    assert!(
        result
            .missing
            .iter()
            .all(|(name, _)| name.contains("running_")),
        "{result}"
    );
}

/// A module's tensors by PyTorch's names and in PyTorch's layout; of f64.
pub fn tensors<M: Module>(module: &M) -> Vec<(String, Vec<f64>)> {
    // The latest running statistics are only in the copy for validation.
    let collected = module
        .valid()
        .collect(None, Some(Box::new(BurnToPyTorchAdapter)), false);
    collected
        .into_iter()
        .map(|tensor| {
            let bytes = tensor.to_bytes().unwrap();
            let values = bytes
                .as_chunks::<8>()
                .0
                .iter()
                .map(|value| f64::from_le_bytes(*value))
                .collect();
            (torch_name(&tensor.name, 12), values)
        })
        .collect()
}

/// PyTorch's order of parameters: layer by layer, the weight before the bias.
fn order(name: &str) -> (usize, bool) {
    let torch = torch_name(name, usize::MAX);
    let layer = torch.split('.').nth(1).unwrap().parse().unwrap();
    (layer, torch.ends_with("bias"))
}

/// `blocks.1.norm.weight` -> `conv.5.weight`: PyTorch numbers every layer of its `Sequential`.
///
/// `output` is the number of the output layer behind hidden ones: 12 behind the domain classifier's four of three modules each.
fn torch_name(ours: &str, output: usize) -> String {
    let parts: Vec<&str> = ours.split('.').collect();
    let number = |text: &str| text.parse::<usize>().unwrap();
    match parts.as_slice() {
        ["blocks", block, "conv", rest] => format!("conv.{}.{rest}", 4 * number(block)),
        ["blocks", block, "norm", rest] => format!("conv.{}.{rest}", 4 * number(block) + 1),
        ["layers", layer, rest] => format!("layer.{}.{rest}", 2 * number(layer)),
        ["hidden", layer, "linear", rest] => format!("layer.{}.{rest}", 3 * number(layer)),
        ["hidden", layer, "norm", rest] => format!("layer.{}.{rest}", 3 * number(layer) + 1),
        ["output", rest] => format!("layer.{output}.{rest}"),
        _ => panic!("{ours} is no parameter of ours"),
    }
}
