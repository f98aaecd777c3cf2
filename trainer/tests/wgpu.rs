//! A training step through wgpu gives the CPU's losses: the network by Burn's own operations against ours.
#![cfg(feature = "wgpu")]
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]

use std::sync::LazyLock;

use burn::tensor::Device;
use shared::classes::ClassNames;
use trainer::{
    data::{Augmentation, BatchConfig, Loader, SourceTransform, sample},
    device,
    training::{Checkpoint, DeviceChoice, Networks, StepSettings, Variant},
};

const WIDTH: usize = 4;
const BATCH: usize = 16;

/// Steps that are compared: the first two closely, the rest to see how far the devices part.
const STEPS: usize = 20;

/// The adapter of all tests: it can be set up once a process.
fn card() -> Device {
    static CARD: LazyLock<Device> = LazyLock::new(|| {
        let card = device::choose(DeviceChoice::Wgpu).unwrap();
        eprintln!("on {}", card.name);
        card.device.autodiff()
    });
    CARD.clone()
}

fn settings(variant: Variant) -> StepSettings {
    StepSettings {
        variant,
        lambda: 0.3,
        im_weight: 1.0,
        consistency_weight: 1.0,
        confidence: 0.1,
        ..StepSettings::default()
    }
}

fn loader() -> Loader {
    let config = BatchConfig {
        size: BATCH,
        transform: SourceTransform::Mixed,
        augmentation: Augmentation::Weak,
        target_strong: true,
        ..BatchConfig::default()
    };
    let data = sample(0);
    Loader::new(&data.photos, &data.doodles, config).unwrap()
}

/// D and F losses of each step.
fn losses(mut networks: Networks, variant: Variant, device: &Device) -> Vec<f32> {
    let mut losses = Vec::new();
    for batch in loader().epoch(0).take(STEPS) {
        let input = batch.upload(BATCH, device);
        let output = networks.step(&settings(variant), input);
        for loss in [output.domain_loss.unwrap(), output.feature_loss] {
            losses.push(loss.into_scalar::<f32>());
        }
    }
    assert_eq!(networks.ensure_finite(None, 0), Ok(()));
    losses
}

#[test]
#[ignore = "needs a graphics adapter that wgpu finds"]
fn a_step_through_wgpu_gives_the_losses_of_the_cpu() {
    let (cpu, card) = (Device::flex().autodiff(), card());
    let folder = tempfile::tempdir().unwrap();
    let networks = Networks::new(10, WIDTH, 0, &cpu);
    let place = Checkpoint::new(ClassNames::default())
        .save(folder.path(), &networks, None)
        .unwrap();
    let on = |device: &Device| {
        let fresh = Networks::new(10, WIDTH, 1, device);
        Checkpoint::load_networks(&place, fresh, device).unwrap()
    };
    for variant in [Variant::TwoStep, Variant::Reversal] {
        let ours = losses(on(&cpu), variant, &cpu);
        let theirs = losses(on(&card), variant, &card);
        for step in [1, 2, 5, 10, STEPS] {
            let part = |losses: &[f32]| losses[2 * step - 2..2 * step].to_vec();
            let (ours, theirs) = (part(&ours), part(&theirs));
            println!("{variant:?}, step {step}: {ours:?} on the CPU, {theirs:?} through wgpu");
        }
        for (ours, theirs) in ours.iter().zip(&theirs).take(4) {
            let difference = (ours - theirs).abs();
            // The second step's weights have been through Adam, which enlarges rounding.
            assert!(
                difference < 0.01 * ours.abs(),
                "{variant:?}: {ours} on the CPU, {theirs} through wgpu"
            );
        }
        assert!((ours[0] - theirs[0]).abs() < 1e-4 * ours[0].abs());
    }
}

#[test]
#[ignore = "needs a graphics adapter that wgpu finds"]
fn a_network_that_diverges_through_wgpu_is_noticed() {
    let device = card();
    let diverged = |learning_rate, lambda| {
        let settings = StepSettings {
            learning_rate,
            lambda,
            ..settings(Variant::TwoStep)
        };
        let mut networks = Networks::new(10, WIDTH, 0, &device);
        let batch = loader().epoch(0).next().unwrap();
        networks.step(&settings, batch.upload(BATCH, &device));
        networks
            .ensure_finite(None, 3)
            .map_err(|diverged| diverged.what)
    };
    assert_eq!(diverged(1e-3, 0.3), Ok(()));
    // Weights beyond f32, and squares of gradients beyond it.
    assert_eq!(diverged(1e39, 0.3), Err("the feature extractor"));
    assert_eq!(
        diverged(1e-3, 1e37),
        Err("the feature extractor's optimiser state")
    );
}
