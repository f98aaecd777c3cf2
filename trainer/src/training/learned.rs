use std::path::Path;

use anyhow::Context;
use burn::tensor::Device;
use shared::{
    model::{Classifier, ClassifierConfig, FeatureExtractorConfig},
    weights::{Metadata, Training},
};

use super::{Checkpoint, Run, chain::run_of, run::CHECKPOINTS};
use crate::{
    data::{Found, Reason, open_or_draw},
    date,
    evaluation::Validation,
};

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

/// The photos that a run kept aside, where it kept any: read again from its data.
///
/// # Errors
/// When the folder holds no run, or its data is no longer there or no longer sound.
pub fn kept_aside(folder: &Path) -> anyhow::Result<Option<Validation>> {
    let config = Run::config(&run_of(folder)?)?;
    if config.validation == 0.0 {
        return Ok(None);
    }
    let found = Found {
        location: config.data,
        reason: Reason::Run,
    };
    let data = open_or_draw(&found).with_context(|| {
        format!(
            "the photos that {} kept aside cannot be read again",
            folder.display()
        )
    })?;
    let (_, photos) = data.photos.split(config.validation);
    Ok(Some(Validation::new(&photos, config.source_view)))
}
