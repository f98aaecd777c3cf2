//! A training step through wgpu gives the CPU's losses: the network by Burn's own operations against ours.
#![cfg(feature = "wgpu")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use burn::tensor::Device;
use shared::classes::ClassNames;
use trainer::{
    data::{BatchConfig, Geometry, Loader, SourceView, sample},
    device,
    training::{Checkpoint, DeviceChoice, Networks, StepInput, StepSettings, TaughtViews, Variant},
};

const WIDTH: usize = 4;
const BATCH: usize = 16;

/// Steps that are compared: the first two closely, the rest to see how far the devices part.
const STEPS: usize = 20;

/// D and F losses of each step.
fn losses(mut networks: Networks, variant: Variant, device: &Device) -> Vec<f32> {
    let config = BatchConfig {
        size: BATCH,
        view: SourceView::Mixed,
        geometry: Geometry::Weak,
        target_strong: true,
        ..BatchConfig::default()
    };
    let settings = StepSettings {
        variant,
        lambda: 0.3,
        balance: 1.0,
        consistency: 1.0,
        confidence: 0.1,
        distil: 0.0,
        distil_views: TaughtViews::Strong,
        contrast: 0.0,
        learning_rate: 1e-3,
    };
    let data = sample(0);
    let loader = Loader::new(&data.photos, &data.doodles, config).unwrap();
    let steps = loader.epoch(0).take(STEPS).map(|batch| {
        let input = StepInput::upload(batch, BATCH, device);
        let output = networks.step(&settings, input);
        [output.domain_loss.unwrap(), output.feature_loss].map(|loss| loss.into_scalar::<f32>())
    });
    steps.flatten().collect()
}

#[test]
fn a_step_through_wgpu_gives_the_losses_of_the_cpu() {
    let card = match device::choose(DeviceChoice::Wgpu) {
        Ok(card) => card,
        Err(error) => return eprintln!("skipped: {error}"),
    };
    eprintln!("on {}", card.name);
    let (cpu, card) = (Device::flex().autodiff(), card.device.autodiff());
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
