use burn::nn::{Linear, LinearConfig};
use burn::tensor::Device;

use super::*;
use crate::dann::{ModuleKind, Optimisers};

/// A single layer in place of each module.
#[derive(Module, Debug)]
struct Layer {
    linear: Linear,
}

impl ExtractFeatures<2> for Layer {
    fn features(&self, input: Tensor<2>) -> Tensor<2> {
        self.linear.forward(input)
    }
}

impl PredictLabels for Layer {
    fn class_logits(&self, features: Tensor<2>) -> Tensor<2> {
        self.linear.forward(features)
    }
}

impl ClassifyDomains for Layer {
    fn domain_logits(&self, features: Tensor<2>) -> Tensor<1> {
        self.linear.forward(features).squeeze_dim(1)
    }
}

#[derive(Clone)]
struct Layers {
    all: [Layer; 3],
    optimisers: Optimisers,
}

impl Layers {
    fn new(device: &Device) -> Self {
        device.seed(3);
        let layer = |inputs, outputs| {
            let layer = Layer {
                linear: LinearConfig::new(inputs, outputs).init(device),
            };
            layer.num_params();
            layer
        };
        Self {
            all: [layer(2, 3), layer(3, 2), layer(3, 1)],
            optimisers: Optimisers::default(),
        }
    }

    fn modules(&mut self) -> Modules<'_, Layer, Layer, Layer> {
        let [extractor, predictor, domain] = &mut self.all;
        Modules {
            extractor,
            predictor,
            domain,
            optimisers: &mut self.optimisers,
        }
    }

    fn weights(&self) -> Vec<f32> {
        let weights = self.all.iter().map(|layer| layer.linear.weight.val());
        weights
            .flat_map(|weight| weight.into_data().try_to_vec::<f32>().unwrap())
            .collect()
    }
}

fn settings(variant: Variant) -> StepSettings {
    StepSettings {
        variant,
        lambda: 0.7,
        label_smoothing: 0.2,
        im_weight: 0.5,
        consistency_weight: 0.25,
        confidence: 0.1,
        distillation_weight: 2.0,
        learning_rate: 1e-2,
    }
}

fn input(device: &Device) -> StepInput<2> {
    let points = |points: [[f32; 2]; 3]| Tensor::<2>::from_floats(points, device);
    StepInput {
        source: points([[0.1, 0.9], [-0.4, 0.3], [0.8, -0.6]]),
        labels: Tensor::from_ints([0, 1, 1], device),
        target: points([[0.5, 0.2], [-0.9, -0.7], [0.3, 1.1]]),
        target_strong: Some(points([[0.6, 0.1], [-0.8, -0.9], [0.4, 1.0]])),
        soft_targets: Some(points([[0.5, 0.5], [0.1, 0.9], [1.0, 0.0]])),
    }
}

#[test]
fn a_step_in_two_halves_is_the_whole_step_to_the_bit() {
    let device = Device::flex().autodiff();
    for variant in [Variant::TwoStep, Variant::Confusion] {
        let (mut whole, settings) = (Layers::new(&device), settings(variant));
        let mut halves = whole.clone();
        for _ in 0..3 {
            let input = input(&device);
            let one = whole
                .modules()
                .step(&settings, input.clone(), &mut |_, _, _| ());
            let (source, target) = (input.source.clone(), input.target.clone());
            let mut modules = halves.modules();
            let domain = modules.step_domain(&settings, source, target, &mut |_, _, _| ());
            let other = modules.step_classifier(&settings, input, &mut |_, _, _| ());
            let number = |loss: Tensor<1>| loss.into_scalar::<f32>().to_bits();
            assert_eq!(number(one.domain_loss.unwrap()), number(domain.loss));
            let count = |correct: Tensor<1, Int>| correct.into_scalar::<i64>();
            assert_eq!(count(one.domain_correct.unwrap()), count(domain.correct));
            assert_eq!(number(one.feature_loss), number(other.feature_loss));
        }
        assert_eq!(whole.weights(), halves.weights());
        assert_ne!(whole.weights(), Layers::new(&device).weights());
    }
}

#[test]
fn only_the_named_modules_learn() {
    let device = Device::flex().autodiff();
    let before = Layers::new(&device);
    let changed = |layers: &Layers| {
        let weights = |layer: &Layer| layer.linear.weight.val().into_data();
        let pairs = layers.all.iter().zip(&before.all);
        pairs
            .map(|(after, before)| weights(after) != weights(before))
            .collect::<Vec<_>>()
    };
    for variant in [Variant::TwoStep, Variant::Reversal, Variant::Confusion] {
        let settings = settings(variant);
        let StepInput { source, target, .. } = input(&device);
        let mut layers = before.clone();
        layers
            .modules()
            .step_domain(&settings, source, target, &mut |_, _, _| ());
        assert_eq!(changed(&layers), [false, false, true], "{variant:?}");
        let mut layers = before.clone();
        layers
            .modules()
            .step_classifier(&settings, input(&device), &mut |_, _, _| ());
        assert_eq!(changed(&layers), [true, true, false], "{variant:?}");
    }
    let mut layers = before.clone();
    let settings = settings(Variant::SourceOnly);
    layers
        .modules()
        .step(&settings, input(&device), &mut |_, _, _| ());
    assert_eq!(changed(&layers), [true, true, false]);
}

/// With D as it is, minus its loss pulls the features as the reversed gradient does.
#[test]
fn the_first_reversed_step_moves_features_as_two_step_does_against_the_same_domain_classifier() {
    let device = Device::flex().autodiff();
    let gradients = |variant, whole: bool| {
        let mut layers = Layers::new(&device);
        let mut seen = Vec::new();
        let mut observe = |modules: &Modules<'_, Layer, Layer, Layer>,
                           kind: ModuleKind,
                           gradients: &GradientsParams| {
            if kind == ModuleKind::Extractor {
                let id = modules.extractor.linear.weight.id;
                let gradient = gradients.get::<2>(id).unwrap();
                seen = gradient.into_data().try_to_vec::<f32>().unwrap();
            }
        };
        let (settings, input) = (settings(variant), input(&device));
        if whole {
            layers.modules().step(&settings, input, &mut observe);
        } else {
            layers
                .modules()
                .step_classifier(&settings, input, &mut observe);
        }
        seen
    };
    let ours = gradients(Variant::Reversal, true);
    let theirs = gradients(Variant::TwoStep, false);
    assert_eq!(ours.len(), 6);
    for (ours, theirs) in ours.iter().zip(&theirs) {
        assert!((ours - theirs).abs() < 1e-6, "{ours} {theirs}");
    }
}

#[test]
fn the_terms_with_their_weights_add_up_to_what_is_learned_from() {
    let device = Device::flex().autodiff();
    for (variant, adversary) in [
        (Variant::TwoStep, (LossName::Domain, -0.7)),
        (Variant::Confusion, (LossName::Confusion, 0.7)),
        (Variant::Reversal, (LossName::Domain, 0.0)),
    ] {
        let mut layers = Layers::new(&device);
        let input = input(&device);
        let output = layers
            .modules()
            .step(&settings(variant), input, &mut |_, _, _| ());
        let weights = [
            (LossName::Class, 1.0),
            adversary,
            (LossName::InformationMaximisation, 0.5),
            (LossName::Consistency, 0.25),
            (LossName::Distillation, 2.0),
        ];
        assert_eq!(output.terms.iter().count(), weights.len());
        let sum: f32 = weights
            .iter()
            .map(|(name, weight)| {
                let value = output.terms.get(*name).unwrap().clone();
                weight * value.into_scalar::<f32>()
            })
            .sum();
        let whole = output.feature_loss.into_scalar::<f32>();
        assert!((sum - whole).abs() < 1e-5, "{variant:?}: {sum} {whole}");
    }
}
