use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use burn::module::Module;
use burn::tensor::Device;
use shared::{
    classes::ClassNames,
    model::{Classifier, ClassifierConfig, FeatureExtractorConfig},
    weights::{Metadata, Training, WeightsError, classifier_from_bytes, network_from_bytes},
};

use super::{Checkpoint, RunFolder, Snapshot, holds_run, run_info::no_epoch, run_of};
use crate::{
    data::{DataSet, Found, Reason, open_or_draw},
    date,
    evaluation::Validation,
    training::{CheckpointSelector, Observer, Refinement, step::is_finite},
};

/// A trained model: a weights file, or a checkpoint of a run.
#[derive(Clone, Copy, Debug)]
pub enum ModelRef<'a> {
    /// A weights file, as `export` writes it.
    Weights(&'a Path),
    /// A run's folder, and which of its checkpoints.
    Run(&'a Path, CheckpointSelector),
}

impl<'a> ModelRef<'a> {
    /// The classifier on a device, and its metadata.
    ///
    /// # Errors
    /// When the file or the checkpoint is missing or damaged.
    pub fn load(
        self,
        device: &Device,
        observer: &dyn Observer,
    ) -> anyhow::Result<(Classifier, Metadata)> {
        match self {
            Self::Weights(file) => load_weights(file, device),
            Self::Run(folder, selector) => load_model(folder, selector, device, observer),
        }
    }

    /// The file or the folder.
    pub fn path(self) -> &'a Path {
        match self {
            Self::Weights(path) | Self::Run(path, _) => path,
        }
    }
}

/// The classifier of one of a run's checkpoints on a device, and its metadata.
///
/// # Errors
/// When the folder holds no run, that checkpoint is not there, or its files are damaged.
pub fn load_model(
    folder: &Path,
    selector: CheckpointSelector,
    device: &Device,
    observer: &dyn Observer,
) -> anyhow::Result<(Classifier, Metadata)> {
    let folder = &RunFolder::open(&run_of(folder)?)?;
    let config = folder.config()?;
    let (classes, epoch, place) = match selector {
        CheckpointSelector::Latest => newest(folder)?,
        CheckpointSelector::Best | CheckpointSelector::Snapshot(_) => {
            snapshot(folder, selector, observer)?
        }
    };
    let extractor = FeatureExtractorConfig::new().with_width(config.width());
    let classifier = ClassifierConfig::new(classes.len(), extractor).init(device);
    let classifier = Checkpoint::load_classifier(&place, classifier, device)?;
    let training = Training {
        run: folder.name(),
        epochs: epoch + 1,
        seed: config.optimiser.seed,
        date: date::today(),
    };
    let metadata = Metadata {
        training: Some(training),
        ..Metadata::new(classes, config.width())
    };
    Ok((classifier, metadata))
}

/// The classifier in a weights file, as `export` writes it, on a device, and its metadata.
///
/// # Errors
/// When the file cannot be read or is no weights file.
fn load_weights(file: &Path, device: &Device) -> anyhow::Result<(Classifier, Metadata)> {
    ensure!(
        !file.is_dir(),
        "{} is a folder: give a weights file, or a run's folder with --run",
        file.display()
    );
    let bytes = std::fs::read(file)
        .with_context(|| format!("{} cannot be read: give another file", file.display()))?;
    read_classifier(&bytes, device)
        .with_context(|| format!("{} cannot be used: {}", file.display(), instead(&bytes)))
}

/// The classifier of a weights file. One with which predictions overflow is refused, and the network that says so is quick to read.
///
/// # Errors
/// As [`network_from_bytes`] and [`classifier_from_bytes`].
pub fn read_classifier(
    bytes: &[u8],
    device: &Device,
) -> Result<(Classifier, Metadata), WeightsError> {
    network_from_bytes(bytes)?;
    classifier_from_bytes(bytes, device)
}

/// What to do about a file that is no weights file, by what it seems to be.
fn instead(bytes: &[u8]) -> &'static str {
    let begins = |with: &[u8]| bytes.trim_ascii_start().starts_with(with);
    if begins(b"PK") || begins(&[0x80]) {
        "if it is PyTorch's, convert its state dicts with `trainer import`"
    } else if begins(b"version https://git-lfs") {
        "it is Git's pointer to a large file; fetch that with `git lfs pull`"
    } else if begins(&[0x1f, 0x8b]) {
        "it is compressed by gzip; unpack it"
    } else if begins(b"<") {
        "it is a web page; download the file again"
    } else {
        "download it again, or export it again with `trainer export`"
    }
}

/// A model that another run is distilled from or starts from: the newest checkpoint of a finished run's folder, or a weights file.
///
/// The calibration of a weights file is undone.
pub(super) fn load_teacher(
    place: &Path,
    device: &Device,
) -> anyhow::Result<(Classifier, Metadata)> {
    if !place.is_file() {
        ensure_finished(place)?;
        let (classifier, metadata) = load_model(place, CheckpointSelector::Latest, device, &())?;
        ensure!(
            is_finite(&classifier),
            "its weights are not all finite numbers: it diverged; give another run"
        );
        return Ok((classifier, metadata));
    }
    let (mut classifier, metadata) = load_weights(place, device)?;
    if let Some(calibration) = &metadata.calibration {
        let before = 1.0 / calibration.temperature;
        classifier.predictor = classifier.predictor.with_temperature(before);
    }
    // Leaves of new graphs, as those of a checkpoint are.
    Ok((classifier.fork(device), metadata))
}

/// The classifier that a pseudo-label stage starts from, on a device.
///
/// # Errors
/// When it cannot be read or knows other classes.
pub(super) fn load_to_refine(
    refinement: &Refinement,
    classes: &ClassNames,
    device: &Device,
    observer: &dyn Observer,
) -> anyhow::Result<Classifier> {
    let (classifier, metadata) =
        load_model(&refinement.from, refinement.selector, device, observer)?;
    ensure!(
        metadata.classes == *classes,
        "{} knows the classes {}, the data has {}: refine it on the data it was trained on",
        refinement.from.display(),
        metadata.classes.names().join(", "),
        classes.names().join(", ")
    );
    Ok(classifier)
}

/// Whether a path is a file or a run's folder, and so may be a model.
pub(super) fn is_model(place: &Path) -> bool {
    place.is_file() || holds_run(place)
}

fn ensure_finished(folder: &Path) -> anyhow::Result<()> {
    ensure!(
        holds_run(folder),
        "{} holds no run: give the folder of a finished one, or a weights file",
        folder.display()
    );
    let last = run_of(folder)?;
    let run = RunFolder::open(&last).with_context(|| unfinished(folder))?;
    let done = run.epochs_done()?;
    let epochs = run.config()?.epochs();
    ensure!(
        done >= epochs,
        "{done} of {epochs} epochs are done: {}",
        unfinished(folder)
    );
    Ok(())
}

fn unfinished(folder: &Path) -> String {
    format!(
        "finish it with `trainer train --resume --run {}`, or export its weights and give that file",
        folder.display()
    )
}

/// Classes, last epoch and folder of a run's newest checkpoint.
fn newest(folder: &RunFolder) -> anyhow::Result<(ClassNames, u32, PathBuf)> {
    let place = Checkpoint::newest(&folder.checkpoints())?.with_context(|| no_epoch(folder))?;
    let checkpoint = Checkpoint::read(&place)?;
    let epoch = checkpoint.epochs().saturating_sub(1);
    Ok((checkpoint.classes, epoch, place))
}

/// The same for a snapshot.
fn snapshot(
    folder: &RunFolder,
    selector: CheckpointSelector,
    observer: &dyn Observer,
) -> anyhow::Result<(ClassNames, u32, PathBuf)> {
    let snapshots = Snapshot::all(folder)?;
    let snapshot = match selector {
        CheckpointSelector::Snapshot(epoch) => {
            snapshots.iter().find(|snapshot| snapshot.epoch == epoch)
        }
        CheckpointSelector::Best | CheckpointSelector::Latest => Snapshot::best(&snapshots),
    };
    let snapshot = snapshot.with_context(|| {
        let epochs: Vec<String> = snapshots
            .iter()
            .map(|snapshot| snapshot.epoch.to_string())
            .collect();
        let folder = folder.path().display();
        match &epochs[..] {
            [] => format!("{folder} has no snapshot: train with --snapshot-epochs"),
            epochs => format!(
                "{folder} has no snapshot at that epoch: give --at one of {}",
                epochs.join(", ")
            ),
        }
    })?;
    if selector == CheckpointSelector::Best {
        observer.best_snapshot(snapshot, snapshots.len());
    }
    Ok((
        snapshot.classes.clone(),
        snapshot.epoch,
        snapshot.place(folder),
    ))
}

/// The data of a run: from `moved` where it is somewhere else now. It must be the run's, picture by picture; for a run of format 0 that
/// cannot be checked.
///
/// # Errors
/// When it is not there or not sound, or not that of the run.
pub fn data_of_run(
    folder: &RunFolder,
    moved: Option<&Path>,
    observer: &dyn Observer,
) -> anyhow::Result<DataSet> {
    let config = folder.config()?;
    let found = match moved {
        Some(moved) => Found {
            location: Some(moved.to_owned()),
            reason: Reason::Argument,
        },
        None => Found {
            location: config.data.location.clone(),
            reason: Reason::Run,
        },
    };
    let cannot = || {
        format!(
            "the data of {} cannot be used (say with --data where it is now)",
            folder.path().display()
        )
    };
    observer.data(&found);
    let data = open_or_draw(&found).with_context(cannot)?;
    // Without a checkpoint the run begins anew, and writes its manifest anew.
    let has_begun = Checkpoint::newest(&folder.checkpoints())?.is_some();
    let manifest = match folder.manifest() {
        Err(_) if !has_begun => None,
        manifest => manifest?,
    };
    if let Some(manifest) = manifest {
        manifest.check(&data).with_context(|| {
            let location = found
                .location
                .as_deref()
                .unwrap_or(Path::new("the embedded sample"));
            format!("{} for {}", location.display(), folder.path().display())
        })?;
    }
    Ok(data)
}

/// The photos that a run held out, where it held out any, from its data.
///
/// # Errors
/// When the folder holds no run, its data cannot be used, or it does not record which photos it was trained on.
pub fn held_out_of_run(
    folder: &Path,
    moved: Option<&Path>,
    observer: &dyn Observer,
) -> anyhow::Result<Option<Validation>> {
    let folder = RunFolder::open(&run_of(folder)?)?;
    let config = folder.config()?;
    if config.data.validation == 0.0 {
        return Ok(None);
    }
    let manifest = folder.manifest()?.with_context(|| {
        format!(
            "{} was started by an earlier version, which did not record which photos it was trained on, so the held-out ones \
             may be among them: train it anew to calibrate it",
            folder.path().display()
        )
    })?;
    let data = data_of_run(&folder, moved, observer)?;
    let (_, photos) = data.photos.split_by(&manifest.held_out_photos());
    Ok(Some(Validation::new(&photos, config.data.source_transform)))
}

#[cfg(test)]
mod tests {
    use shared::weights::{Calibration, Domain, bytes_from_classifier};

    use super::*;
    use crate::{data::held_out, evaluation::Predictor};

    #[test]
    fn the_calibration_of_a_teacher_is_undone() {
        let device = Device::flex();
        device.seed(5);
        let config = ClassifierConfig::new(10, FeatureExtractorConfig::new().with_width(2));
        let trained = config.init(&device);
        let plain = Metadata::new(ClassNames::default(), 2);
        let calibration = Calibration {
            temperature: 2.5,
            domain: Domain::Source,
            held_out: true,
            pictures: 600,
            accuracy: 0.6,
            expected_calibration_error: 0.04,
        };
        let calibrated = Classifier {
            predictor: trained.predictor.clone().with_temperature(2.5),
            ..trained.clone()
        };
        let metadata = Metadata {
            calibration: Some(calibration),
            ..plain.clone()
        };
        let folder = tempfile::tempdir().unwrap();
        let doodles = held_out(0).0.pictures;
        let predicted = |name: &str, classifier: &Classifier, metadata: &Metadata| {
            let file = folder.path().join(name);
            files::write(&file, &bytes_from_classifier(classifier, metadata).unwrap()).unwrap();
            let (teacher, _) = load_teacher(&file, &device).unwrap();
            Predictor::new(teacher, device.clone()).doodles(&doodles)
        };
        let (one, other) = (
            predicted("plain", &trained, &plain),
            predicted("calibrated", &calibrated, &metadata),
        );
        for (one, other) in one.iter().zip(&other) {
            for (one, other) in one.probabilities.iter().zip(&other.probabilities) {
                assert!((one - other).abs() < 1e-5, "{one} {other}");
            }
        }
        let calibrated = Predictor::new(calibrated, device.clone()).doodles(&doodles);
        assert!((calibrated[0].probabilities[0] - one[0].probabilities[0]).abs() > 1e-4);
    }
}
