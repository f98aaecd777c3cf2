use std::path::{Path, PathBuf};

use anyhow::Context;
use burn::module::Module;
use burn::tensor::Device;
use serde::{Deserialize, Serialize};
use shared::{
    classes::ClassNames,
    model::{Classifier, ClassifierConfig, FeatureExtractorConfig},
    weights::{Metadata, Training, classifier_from_bytes},
};

use super::{
    Checkpoint, Mark, Run,
    chain::{holds_run, run_of},
    run::CHECKPOINTS,
};
use crate::{
    data::{Found, Reason, open_or_draw},
    date,
    evaluation::Validation,
    note,
};

/// Which of a run's epochs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Moment {
    /// The newest checkpoint.
    #[default]
    Newest,
    /// The marked epoch that looks best without labels.
    Best,
    /// A marked epoch, from 0.
    Marked(u32),
}

/// The classifier of one of a run's epochs on a device, and what is known about it.
///
/// # Errors
/// When the folder holds no run, that epoch is not there, or its files are damaged.
pub fn learned(
    folder: &Path,
    moment: Moment,
    device: &Device,
) -> anyhow::Result<(Classifier, Metadata)> {
    let folder = &run_of(folder)?;
    let config = Run::config(folder)?;
    let (classes, epoch, place) = match moment {
        Moment::Newest => newest(folder)?,
        Moment::Best | Moment::Marked(_) => marked(folder, moment)?,
    };
    let extractor = FeatureExtractorConfig::new().with_width(config.width());
    let classifier = ClassifierConfig::new(classes.len(), extractor).init(device);
    let classifier = Checkpoint::load_classifier(&place, classifier, device)?;
    let training = Training {
        run: name(folder),
        epochs: epoch + 1,
        seed: config.seed,
        date: date::today(),
    };
    let metadata = Metadata {
        training: Some(training),
        ..Metadata::new(classes, config.width())
    };
    Ok((classifier, metadata))
}

/// The classifier that a weights file holds, as `export` writes it, on a device, and what is known about it.
///
/// # Errors
/// When the file cannot be read or is none.
pub fn from_weights(file: &Path, device: &Device) -> anyhow::Result<(Classifier, Metadata)> {
    let bytes =
        std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    classifier_from_bytes(&bytes, device)
        .with_context(|| format!("{} cannot be used", file.display()))
}

/// What another run can learn from: the newest checkpoint of a run's folder, or a weights file.
///
/// A calibrated weights file is as sure as its run was, before the calibration.
pub(super) fn knowledge(place: &Path, device: &Device) -> anyhow::Result<(Classifier, Metadata)> {
    if !place.is_file() {
        return learned(place, Moment::Newest, device);
    }
    let (mut classifier, metadata) = from_weights(place, device)?;
    if let Some(calibration) = &metadata.calibration {
        let before = 1.0 / calibration.temperature;
        classifier.predictor = classifier.predictor.with_temperature(before);
    }
    // Leaves of new graphs, as those of a checkpoint are.
    Ok((classifier.fork(device), metadata))
}

/// Whether a place looks like one that another run can learn from.
pub fn holds_knowledge(place: &Path) -> bool {
    place.is_file() || holds_run(place)
}

/// What a run's folder is called.
pub(super) fn name(folder: &Path) -> String {
    let whole = folder.canonicalize();
    let name = whole.as_deref().unwrap_or(folder).file_name();
    name.map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// The folder of a run's newest checkpoint.
pub(super) fn newest_place(folder: &Path) -> anyhow::Result<PathBuf> {
    Checkpoint::newest(&folder.join(CHECKPOINTS))?.with_context(|| {
        format!(
            "{} has no finished epoch yet: train it with `--resume --run {0}`",
            folder.display()
        )
    })
}

/// Classes, last epoch and folder of a run's newest checkpoint.
fn newest(folder: &Path) -> anyhow::Result<(ClassNames, u32, PathBuf)> {
    let place = newest_place(folder)?;
    let checkpoint = Checkpoint::read(&place)?;
    let epoch = checkpoint.epochs().saturating_sub(1);
    Ok((checkpoint.classes, epoch, place))
}

/// The same of a marked epoch.
fn marked(folder: &Path, moment: Moment) -> anyhow::Result<(ClassNames, u32, PathBuf)> {
    let marks = Mark::all(folder)?;
    let mark = match moment {
        Moment::Marked(epoch) => marks.iter().find(|mark| mark.epoch == epoch),
        Moment::Best | Moment::Newest => Mark::best(&marks),
    };
    let mark = mark.with_context(|| {
        let epochs: Vec<String> = marks.iter().map(|mark| mark.epoch.to_string()).collect();
        match &epochs[..] {
            [] => format!(
                "{} has no marked epoch: train with --mark",
                folder.display()
            ),
            epochs => format!(
                "{} has not marked that epoch: give --at one of {}",
                folder.display(),
                epochs.join(", ")
            ),
        }
    })?;
    if moment == Moment::Best {
        note!(
            "best of {} marked epochs without labels: {} ({})",
            marks.len(),
            mark.epoch,
            mark.criteria
        );
    }
    Ok((mark.classes.clone(), mark.epoch, mark.place(folder)))
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
