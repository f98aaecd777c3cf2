//! Training steps agree with PyTorch's: two of the course's and of the paper's DANN, and for each variant one with every term
//! of the loss.
//!
//! `fixtures/dann_two_steps.json` and `dann_all_terms.json` hold what PyTorch computes, made by the scripts beside them from
//! weights and inputs that are a formula of their index (`wave`).
//!
//! Tolerances. In f32 two correct programs part ways within one step: a unit on the edge of its ReLU flips, and Adam
//! divides a gradient by its own size, so that one of pure rounding noise moves its weight by a whole learning rate.
//! PyTorch's own f32 and f64 differ by 0.07 in the second D loss. So both sides compute in f64. Burn keeps Adam's betas in
//! f32, so that 1 - 0.999 is off by 1.3e-5 of itself: weights must agree to 1e-5 of their size, and what is computed
//! with weights that Adam has changed inherits that: losses must agree to 1e-6, gradients to 2e-5.
//! `single_precision.rs` compares f32, which training uses.
//!
//! A bias before batch normalisation has gradient 0. Ours is; PyTorch's is rounding noise, which Adam enlarges to steps of
//! up to 4e-11 each, so that a tensor's weights may differ by `floor` in all besides: 1e-8, and ten times that under the loss of
//! all terms, which is as many times steeper.
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]

mod torch;

use std::collections::BTreeMap;
use std::sync::Once;

use burn::module::{Module, ModuleMapper, Param};
use burn::optim::GradientsParams;
use burn::tensor::{Device, DeviceConfig, FloatDType, Tensor};
use torch::{AllTerms, Expected, Stats, batch, golden, input, networks, settings, tensors};
use trainer::training::{ModuleKind, Modules, Networks, StepInput, StepSettings, Variant};

#[test]
fn two_step_agrees_with_pytorch() {
    two_steps_agree("two_step", Variant::TwoStep);
}

#[test]
fn reversal_agrees_with_pytorch() {
    two_steps_agree("reversal", Variant::Reversal);
}

#[test]
fn a_step_with_every_term_of_the_loss_agrees_with_pytorch() {
    let golden = AllTerms::golden();
    assert_eq!(golden.variants.len(), AllTerms::CASES.len());
    let device = double_precision();
    for (name, variant) in AllTerms::CASES {
        let step = (golden.settings(variant), golden.input(&device));
        let expected = &golden.variants[name];
        agree(
            &format!("all terms, {name}"),
            expected,
            golden.networks(&device),
            vec![step],
            1e-7,
        );
    }
}

fn two_steps_agree(name: &str, variant: Variant) {
    let device = double_precision();
    let steps = (0..2).map(|index| (settings(variant), input(index, &device)));
    agree(
        name,
        &golden()[name],
        networks(&device),
        steps.collect(),
        1e-8,
    );
}

fn agree(
    name: &str,
    expected: &Expected,
    mut networks: Networks,
    steps: Vec<(StepSettings, StepInput)>,
    floor: f64,
) {
    assert_eq!(steps.len(), expected.steps.len());
    for (index, ((settings, input), step)) in steps.into_iter().zip(&expected.steps).enumerate() {
        let mut found = BTreeMap::new();
        let mut keep = |modules: &Modules<'_>, kind: ModuleKind, gradients: &GradientsParams| {
            found.extend(match kind {
                ModuleKind::Extractor => named("f", modules.extractor, gradients),
                ModuleKind::Predictor => named("c", modules.predictor, gradients),
                ModuleKind::Domain => named("d", modules.domain, gradients),
            });
        };
        let output = networks.step_observed(&settings, input, &mut keep);

        let at = format!("{name} step {index}");
        close(
            &format!("{at} D loss"),
            scalar(output.domain_loss.unwrap()),
            step.d_loss,
            1e-6 * step.d_loss,
        );
        close(
            &format!("{at} F loss"),
            scalar(output.feature_loss),
            step.f_loss,
            1e-6 * step.f_loss,
        );
        assert_eq!(
            output.correct.into_scalar::<i64>(),
            step.correct,
            "{at} correct"
        );
        assert_eq!(found.len(), step.grads.len(), "{at}: gradients");
        for (key, theirs) in &step.grads {
            compare(
                &format!("{at} gradient {key}"),
                &found[key],
                theirs,
                2e-5,
                1e-10,
            );
        }
    }

    let ours: BTreeMap<_, _> = [
        prefixed("f", tensors(&networks.classifier.extractor)),
        prefixed("c", tensors(&networks.classifier.predictor)),
        prefixed("d", tensors(&networks.domain)),
    ]
    .into_iter()
    .flatten()
    .collect();
    for (key, theirs) in &expected.after {
        if key.ends_with("num_batches_tracked") {
            continue; // PyTorch's counter; it plays no part with a fixed momentum.
        }
        compare(
            &format!("{name} after {key}"),
            &ours[key],
            theirs,
            1e-5,
            floor,
        );
    }

    let device = double_precision().without_autodiff();
    let logits = networks.for_inference().forward(batch(4, 501, &device));
    let logits: Vec<f64> = logits.into_data().try_to_vec().unwrap();
    for (ours, theirs) in logits.iter().zip(expected.eval_logits.concat()) {
        close(&format!("{name} logits"), *ours, theirs, 1e-4);
    }
}

/// A backend's precision is set once a process, before its first tensor.
fn double_precision() -> Device {
    static SET: Once = Once::new();
    SET.call_once(|| {
        let double = DeviceConfig::default().float_dtype(FloatDType::F64);
        Device::flex().configure(double).unwrap();
    });
    Device::flex().autodiff()
}

/// EpochAverages and the first values agree to `tolerance` times the magnitudes' sum or mean, or to `floor`.
fn compare(what: &str, ours: &[f64], theirs: &Stats, tolerance: f64, floor: f64) {
    let sum: f64 = ours.iter().sum();
    let abs_sum: f64 = ours.iter().map(|value| value.abs()).sum();
    let size = tolerance * theirs.abs_sum + floor;
    close(&format!("{what} sum"), sum, theirs.sum, size);
    close(&format!("{what} magnitudes"), abs_sum, theirs.abs_sum, size);
    let mean = size / ours.len() as f64;
    for (ours, theirs) in ours.iter().zip(&theirs.first) {
        close(what, *ours, *theirs, 10.0 * mean);
    }
}

fn close(what: &str, ours: f64, theirs: f64, tolerance: f64) {
    let difference = (ours - theirs).abs();
    assert!(
        difference < tolerance,
        "{what}: {ours}, PyTorch {theirs}, {difference:e} apart instead of {tolerance:e}"
    );
}

fn scalar(tensor: Tensor<1>) -> f64 {
    tensor.into_scalar()
}

/// A module's gradients by PyTorch's names and in PyTorch's layout.
fn named<M: Module>(
    prefix: &str,
    module: &M,
    gradients: &GradientsParams,
) -> Vec<(String, Vec<f64>)> {
    struct Gradients<'a>(&'a GradientsParams);
    impl ModuleMapper for Gradients<'_> {
        fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
            match self.0.get::<D>(param.id) {
                Some(gradient) => Param::initialized(param.id, gradient),
                None => param,
            }
        }
    }
    let gradients = module.clone().map(&mut Gradients(gradients));
    let mut all = prefixed(prefix, tensors(&gradients));
    all.retain(|(name, _)| !name.contains("running_"));
    all
}

fn prefixed(prefix: &str, tensors: Vec<(String, Vec<f64>)>) -> Vec<(String, Vec<f64>)> {
    tensors
        .into_iter()
        .map(|(name, values)| (format!("{prefix}.{name}"), values))
        .collect()
}
