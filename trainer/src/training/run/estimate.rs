use std::time::Instant;

use anyhow::Context;
use burn::tensor::Device;

use super::training_loop::new_networks;
use crate::{
    data::{BatchConfig, DataSet, Loader},
    training::{CheckedStage, Progress},
};

/// Steps that are timed, after one that is not: the first also compiles kernels and fills caches.
const STEPS: u32 = 2;

/// Seconds that a training step of a configuration takes on a device with autodiff, measured.
///
/// # Errors
/// When the data does not fill a batch.
pub fn measure_step(config: &CheckedStage, data: &DataSet, device: &Device) -> anyhow::Result<f64> {
    let (photos, _) = data.photos.split(config.data.validation);
    // A step takes as long whatever its pictures show, and tracing all doodles would take seconds.
    let batches = BatchConfig {
        stroke_augmentation: 0.0,
        ..config.batches()
    };
    let loader = Loader::new(&photos, &data.doodles, batches)?;
    let steps = loader.batches_per_epoch();
    let mut networks = new_networks(config, &data.classes, device);
    let settings = config.step(Progress {
        // At the end, when every loss has its weight.
        epoch: config.epochs(),
        epochs: config.epochs(),
        step: 0,
        steps,
    });
    let mut batch = loader.epoch(0).next().context("an epoch without a batch")?;
    let classes = data.classes.len();
    if config.objective.distillation().is_some() {
        batch.soft_targets = Some(vec![1.0 / classes as f32; config.batch() * classes]);
    }
    let mut step = || {
        let input = batch.clone().upload(config.batch(), device);
        let output = networks.step(&settings, input);
        // Waits for the device.
        output.feature_loss.into_scalar::<f32>()
    };
    step();
    let started = Instant::now();
    for _ in 0..STEPS {
        step();
    }
    Ok(started.elapsed().as_secs_f64() / f64::from(STEPS))
}
