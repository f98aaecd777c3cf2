//! How a run comes about: newly started, or from what its folder holds.

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use burn::tensor::Device;
use shared::{
    classes::ClassNames,
    model::{Classifier, FeatureExtractor},
};

use super::Run;
use crate::{
    data::DataSet,
    training::{
        CheckedStage, Checkpoint, CheckpointError, Manifest, Networks, Observer, Parallel,
        RunFolder, Warning,
        run::{
            load_model::{load_teacher, load_to_refine},
            prepare::{manifest_before, same_width},
        },
    },
};

/// What a run consists of besides its folder, configuration and devices.
struct Parts {
    networks: Networks,
    teacher: Option<Classifier>,
    manifest: Option<Manifest>,
    checkpoint: Checkpoint,
}

impl Run {
    /// Starts a run in a folder that was taken for it, on one device or, with others, on several CUDA cards. All must have autodiff.
    ///
    /// # Errors
    /// When what it starts from cannot be used, or the folder cannot be written; it is given back then.
    pub fn start(
        folder: RunFolder,
        config: CheckedStage,
        data: &DataSet,
        device: Device,
        others: &[Device],
        observer: &dyn Observer,
    ) -> anyhow::Result<Self> {
        match Self::begin(&folder, &config, data, &device, observer) {
            Ok(parts) => Ok(Self::with_parts(folder, config, parts, device, others)),
            Err(error) => {
                folder.abandon();
                Err(error)
            }
        }
    }

    /// Initialises the networks; configuration and manifest are on disk afterwards.
    fn begin(
        folder: &RunFolder,
        config: &CheckedStage,
        data: &DataSet,
        device: &Device,
        observer: &dyn Observer,
    ) -> anyhow::Result<Parts> {
        let mut networks = new_networks(config, &data.classes, device);
        let mut teacher = None;
        if let Some(folder) = &config.model.pretrained {
            networks.classifier.extractor = pretrained(folder, config, device)?;
        }
        if let Some(refinement) = config.objective.refinement() {
            networks.classifier = load_to_refine(refinement, &data.classes, device, observer)?;
            teacher = Some(load_to_refine(
                refinement,
                &data.classes,
                &device.clone().inner(),
                &(),
            )?);
        }
        let before = manifest_before(config, data)?;
        let manifest = Manifest::new(data, config.data.validation, before.as_ref());
        // First the configuration, which makes it a run: one that is cut off here is begun again when it is resumed.
        folder.save_config(config)?;
        folder.save_manifest(&manifest)?;
        Ok(Parts {
            networks,
            teacher,
            manifest: Some(manifest),
            checkpoint: Checkpoint::new(data.classes.clone()),
        })
    }

    /// Resumes a run from its newest checkpoint that is not damaged, or from the start where it has none yet.
    ///
    /// `config` is the run's own, except for more epochs, other devices, other snapshots or another path of its data.
    ///
    /// # Errors
    /// When no checkpoint can be used, the data is not that of the run, or the folder cannot be written.
    pub fn resume(
        folder: RunFolder,
        config: CheckedStage,
        data: &DataSet,
        device: Device,
        others: &[Device],
        observer: &dyn Observer,
    ) -> anyhow::Result<Self> {
        let manifest = folder.manifest();
        let places = Checkpoint::newest_first(&folder.checkpoints())?;
        if places.is_empty() {
            folder.ensure_known_losses(0, &config)?;
            let parts = Self::begin(&folder, &config, data, &device, observer)?;
            return Ok(Self::with_parts(folder, config, parts, device, others));
        }
        let manifest = manifest?;
        let name = folder.path().display();
        match &manifest {
            Some(manifest) => manifest.check(data).with_context(|| format!("{name}"))?,
            None => observer.warning(&Warning::DataUnchecked(&folder)),
        }
        let (checkpoint, networks, teacher) =
            newest_sound(&places, &config, data, &device, observer)?;
        folder.ensure_known_losses(checkpoint.epochs(), &config)?;
        folder.save_config(&config)?;
        folder.write_log(&checkpoint.history)?;
        let parts = Parts {
            networks,
            teacher,
            manifest,
            checkpoint,
        };
        Ok(Self::with_parts(folder, config, parts, device, others))
    }

    fn with_parts(
        folder: RunFolder,
        config: CheckedStage,
        parts: Parts,
        device: Device,
        others: &[Device],
    ) -> Self {
        let Parts {
            mut networks,
            teacher,
            manifest,
            checkpoint,
        } = parts;
        Self {
            folder,
            config,
            teacher,
            checkpoint,
            manifest,
            parallel: Parallel::new(&mut networks, device.clone(), others),
            device,
            networks,
        }
    }
}

pub(in crate::training::run) fn new_networks(
    config: &CheckedStage,
    classes: &ClassNames,
    device: &Device,
) -> Networks {
    Networks::new(classes.len(), config.width(), config.optimiser.seed, device)
}

/// Reads the newest checkpoint that is not damaged; the observer is told of the first that is.
fn newest_sound(
    places: &[PathBuf],
    config: &CheckedStage,
    data: &DataSet,
    device: &Device,
    observer: &dyn Observer,
) -> anyhow::Result<(Checkpoint, Networks, Option<Classifier>)> {
    let read = |place: &Path| -> Result<_, CheckpointError> {
        let checkpoint = Checkpoint::read(place)?;
        let networks = new_networks(config, &checkpoint.classes, device);
        let networks = Checkpoint::load_networks(place, networks, device)?;
        let teacher = config.objective.refinement().is_some().then(|| {
            let inner = device.clone().inner();
            Checkpoint::load_teacher(place, networks.for_inference(), &inner)
        });
        Ok((checkpoint, networks, teacher.transpose()?))
    };
    let mut first = None;
    for place in places {
        match read(place) {
            Ok(found) => {
                ensure!(
                    found.0.classes == data.classes,
                    "{} was trained on the classes {}, the data has {}: give the data it was trained on",
                    place.display(),
                    found.0.classes.names().join(", "),
                    data.classes.names().join(", ")
                );
                return Ok(found);
            }
            Err(error) => {
                if places.len() > 1 && first.is_none() {
                    observer.warning(&Warning::DamagedCheckpoint(&error));
                }
                first.get_or_insert(error);
            }
        }
    }
    Err(first.map_or_else(|| anyhow::anyhow!("there is no checkpoint"), Into::into))
}

/// The feature extractor of a finished run, to start from.
fn pretrained(
    folder: &Path,
    config: &CheckedStage,
    device: &Device,
) -> anyhow::Result<FeatureExtractor> {
    let (classifier, metadata) = load_teacher(folder, device)
        .with_context(|| format!("--pretrained {} cannot be used", folder.display()))?;
    same_width(config, folder, metadata.width)?;
    Ok(classifier.extractor)
}
