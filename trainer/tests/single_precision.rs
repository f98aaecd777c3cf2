//! The first training step in f32, as training runs it, agrees with PyTorch's f64 to 1e-4; `step_parity.rs` says why
//! later steps cannot be compared in f32.
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]

mod torch;

use burn::tensor::Device;
use torch::{AllTerms, Step, golden, input, networks, settings};
use trainer::training::{StepOutput, Variant};

#[test]
fn the_first_step_agrees_with_pytorch() {
    let golden = golden();
    let device = Device::flex().autodiff();
    for (name, variant) in [
        ("two_step", Variant::TwoStep),
        ("reversal", Variant::Reversal),
    ] {
        let output = networks(&device).step(&settings(variant), input(0, &device));
        assert_losses(name, output, &golden[name].steps[0]);
    }
}

#[test]
fn a_step_with_every_term_of_the_loss_agrees_with_pytorch() {
    let golden = AllTerms::golden();
    let device = Device::flex().autodiff();
    for (name, variant) in AllTerms::CASES {
        let mut networks = golden.networks(&device);
        let output = networks.step(&golden.settings(variant), golden.input(&device));
        assert_losses(name, output, &golden.variants[name].steps[0]);
    }
}

fn assert_losses(name: &str, output: StepOutput, expected: &Step) {
    for (ours, theirs) in [
        (output.domain_loss.unwrap(), expected.d_loss),
        (output.feature_loss, expected.f_loss),
    ] {
        let ours = f64::from(ours.into_scalar::<f32>());
        assert!(
            (ours - theirs).abs() < 1e-4 * theirs,
            "{name}: {ours}, PyTorch {theirs}"
        );
    }
}
