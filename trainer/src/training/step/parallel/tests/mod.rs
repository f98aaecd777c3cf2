use burn::module::{ModuleVisitor, ParamId};
use burn::nn::loss::CrossEntropyLossConfig;
use burn::optim::GradientsParams;
use burn::tensor::{Int, TensorData};
use shared::input::INPUT_SIDE;
use shared::model::LabelPredictorConfig;

use super::*;
use crate::training::Variant;

mod cards;
#[cfg(feature = "wgpu")]
mod distributed;

/// Burn counts the backward passes of all graphics cards together, so that tests on them take turns.
static CARDS: std::sync::Mutex<()> = std::sync::Mutex::new(());

const VARIANTS: [Variant; 3] = [Variant::TwoStep, Variant::Reversal, Variant::Confusion];

/// Values in [0, 1): the fractional part of i golden ratio + salt sqrt(2).
fn wave(count: usize, salt: usize) -> Vec<f32> {
    let value = |i: usize| i as f64 * 0.6180339887498949 + salt as f64 * std::f64::consts::SQRT_2;
    (1..=count).map(|i| value(i).fract() as f32).collect()
}

fn batch(size: usize, salt: usize) -> Batch {
    let pictures = |salt| wave(size * (INPUT_SIDE * INPUT_SIDE) as usize, salt);
    Batch {
        source: pictures(3 * salt),
        labels: (0..size as i64).map(|class| class % 10).collect(),
        target: pictures(3 * salt + 1),
        target_strong: Some(pictures(3 * salt + 2)),
        soft_targets: Some(vec![0.1; size * 10]),
        target_places: (0..size).collect(),
    }
}

fn joined(mut one: Batch, other: Batch) -> Batch {
    one.source.extend(other.source);
    one.labels.extend(other.labels);
    one.target.extend(other.target);
    if let (Some(one), Some(other)) = (&mut one.target_strong, other.target_strong) {
        one.extend(other);
    }
    if let (Some(one), Some(other)) = (&mut one.soft_targets, other.soft_targets) {
        one.extend(other);
    }
    one.target_places.extend(other.target_places);
    one
}

fn settings(variant: Variant) -> StepSettings {
    StepSettings {
        variant,
        lambda: 0.3,
        im_weight: 1.0,
        consistency_weight: 1.0,
        confidence: 0.1,
        distillation_weight: 1.0,
        ..StepSettings::default()
    }
}

/// D and F losses averaged over the devices, and the number of correct predictions.
fn measured(outputs: Vec<StepOutput>) -> [f64; 3] {
    let share = 1.0 / outputs.len() as f64;
    let mut sums = [0.0; 3];
    for output in outputs {
        sums[0] += f64::from(output.domain_loss.unwrap().into_scalar::<f32>()) * share;
        sums[1] += f64::from(output.feature_loss.into_scalar::<f32>()) * share;
        sums[2] += output.correct.into_scalar::<i64>() as f64;
    }
    sums
}

fn assert_close(ours: [f64; 3], theirs: [f64; 3], tolerance: f64) {
    for (ours, theirs) in ours.iter().zip(theirs).take(2) {
        let difference = (ours - theirs).abs();
        assert!(difference < tolerance * theirs.abs(), "{ours} {theirs}");
    }
}

/// Ids, values and whether trained, of a module's tensors, running statistics included.
#[derive(Default)]
struct Tensors {
    ids: Vec<ParamId>,
    values: Vec<Vec<f32>>,
    trained: Vec<bool>,
}

impl Tensors {
    fn of<M: Module>(module: &M) -> Self {
        let mut tensors = Self::default();
        module.visit(&mut tensors);
        tensors
    }

    fn of_both(networks: &Networks) -> Self {
        let mut tensors = Self::of(&networks.classifier);
        networks.domain.visit(&mut tensors);
        tensors
    }
}

impl ModuleVisitor for Tensors {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        self.ids.push(param.id);
        self.values
            .push(param.val().to_data().try_to_vec().unwrap());
        self.trained.push(param.val().is_require_grad());
    }
}

#[test]
fn a_replica_has_the_same_ids_and_values_and_shares_nothing() {
    let device = Device::flex().autodiff();
    let mut networks = Networks::new(10, 4, 0, &device);
    let replica = networks.replica(&device);
    let before = Tensors::of_both(&replica);
    let ours = Tensors::of_both(&networks);
    assert_eq!(ours.ids, before.ids);
    assert_eq!(ours.values, before.values);
    assert_eq!(ours.trained, before.trained);
    let alone = Parallel::new(&mut networks, device, &[]);
    for salt in 0..2 {
        alone
            .step(&mut networks, &settings(Variant::TwoStep), batch(4, salt))
            .unwrap();
    }
    assert_ne!(Tensors::of_both(&networks).values, before.values);
    assert_eq!(Tensors::of_both(&replica).values, before.values);
}

#[test]
fn where_shares_agree_two_devices_learn_as_one() {
    let device = Device::flex().autodiff();
    for variant in VARIANTS {
        let mut networks = Networks::new(10, 4, 0, &device);
        let mut first = networks.replica(&device);
        // Two halves that are equal have equal statistics, and the mean of equal gradients is that gradient: nothing to average.
        let others = vec![(networks.replica(&device), device.clone())];
        let two = Parallel::start(device.clone(), others, None);
        let one = Parallel::new(&mut networks, device.clone(), &[]);
        for salt in 0..3 {
            let whole = joined(batch(8, salt), batch(8, salt));
            let theirs = one.step(&mut networks, &settings(variant), whole.clone());
            let ours = two.step(&mut first, &settings(variant), whole);
            let (ours, theirs) = (ours.unwrap(), theirs.unwrap());
            assert_eq!((ours.len(), theirs.len()), (2, 1));
            let (ours, theirs) = (measured(ours), measured(theirs));
            assert_close(ours, theirs, 1e-3);
            assert_eq!(ours[2], theirs[2]);
        }
    }
}

#[test]
fn each_device_measures_and_normalises_its_own_share() {
    let device = Device::flex().autodiff();
    for variant in VARIANTS {
        let mut networks = Networks::new(10, 4, 0, &device);
        let others = vec![(networks.replica(&device), device.clone())];
        // Of the first step, whose losses are from before anything would be averaged.
        let shares = [batch(32, 0), batch(32, 1)].map(|share| {
            let input = share.upload(32, &device);
            networks.replica(&device).step(&settings(variant), input)
        });
        let two = Parallel::start(device.clone(), others, None);
        let whole = joined(batch(32, 0), batch(32, 1));
        let ours = two.step(&mut networks, &settings(variant), whole).unwrap();
        assert_eq!(ours.len(), 2);
        for (ours, alone) in ours.into_iter().zip(shares) {
            assert_eq!(measured(vec![ours]), measured(vec![alone]));
        }
    }
}

#[test]
fn the_mean_of_the_shares_gradients_is_the_batch_s() {
    let device = Device::flex().autodiff();
    let predictor = LabelPredictorConfig::new(8, 10).init(&device);
    let features = Tensor::<2>::from_data(TensorData::new(wave(48, 0), [6, 8]), &device);
    let labels = Tensor::<1, Int>::arange(0..6, &device);
    let gradients = |from: usize, count: usize| {
        let logits = predictor.forward(features.clone().narrow(0, from, count));
        let loss = CrossEntropyLossConfig::new()
            .init(&device)
            .forward(logits, labels.clone().narrow(0, from, count));
        let gradients = GradientsParams::from_grads(loss.backward(), &predictor);
        let mut values = Values(gradients, Vec::new());
        predictor.visit(&mut values);
        values.1
    };
    let (whole, one, other) = (gradients(0, 6), gradients(0, 3), gradients(3, 3));
    assert!(whole.iter().any(|value| value.abs() > 1e-2));
    assert_ne!(one, other);
    for ((whole, one), other) in whole.iter().zip(one).zip(other) {
        assert!((whole - (one + other) / 2.0).abs() < 1e-6);
    }
}

/// Gradients, and their values in the module's order.
struct Values(GradientsParams, Vec<f32>);

impl ModuleVisitor for Values {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let gradient = self.0.get::<D>(param.id).unwrap();
        self.1
            .extend(gradient.to_data().try_to_vec::<f32>().unwrap());
    }
}
