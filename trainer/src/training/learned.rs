use std::path::Path;

use anyhow::Context;
use burn::tensor::Device;
use shared::{
    model::{Classifier, ClassifierConfig, FeatureExtractorConfig},
    weights::{Metadata, Training},
};

use super::{Checkpoint, Run, chain::run_of, run::CHECKPOINTS};
use crate::date;

/// The classifier of a run's newest checkpoint on a device without autodiff, and what is known about it.
///
/// # Errors
/// When the folder holds no run, no epoch of it is finished, or the checkpoint is damaged.
pub fn learned(folder: &Path, device: &Device) -> anyhow::Result<(Classifier, Metadata)> {
    let folder = &run_of(folder)?;
    let config = Run::config(folder)?;
    let place = Checkpoint::newest(&folder.join(CHECKPOINTS))?.with_context(|| {
        format!(
            "{} has no finished epoch yet: train it with `--resume --run {0}`",
            folder.display()
        )
    })?;
    let checkpoint = Checkpoint::read(&place)?;
    let extractor = FeatureExtractorConfig::new().with_width(config.width());
    let classifier = ClassifierConfig::new(checkpoint.classes.len(), extractor).init(device);
    let classifier = Checkpoint::load_classifier(&place, classifier, device)?;
    let name = folder.canonicalize().ok();
    let name = name.as_deref().unwrap_or(folder).file_name();
    let training = Training {
        run: name.map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
        epochs: checkpoint.epochs(),
        seed: config.seed,
        date: date::today(),
    };
    let metadata = Metadata {
        training: Some(training),
        ..Metadata::new(checkpoint.classes, config.width())
    };
    Ok((classifier, metadata))
}
