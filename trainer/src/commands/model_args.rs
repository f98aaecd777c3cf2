use std::path::{Path, PathBuf};

use anyhow::{bail, ensure};
use shared::weights::Metadata;

use super::terminal::{Terminal, choose_device};
use crate::{
    data::{Domain, SeenPhotos, SourceTransform},
    evaluation::{DomainInput, Predictor},
    note,
    training::{
        CheckpointSelector, DeviceChoice, ModelRef, RunFolder, RunInfo, check_tta, holds_run,
        run_of,
    },
};

/// Which trained classifier to use, and where.
#[derive(Debug, clap::Args)]
pub struct ModelArgs {
    /// A weights file, as `export` writes it.
    #[arg(long, value_name = "FILE", conflicts_with = "run")]
    weights: Option<PathBuf>,
    /// A run's folder: its newest checkpoint is used, unless --at or --best says otherwise.
    #[arg(long, value_name = "FOLDER")]
    run: Option<PathBuf>,
    /// Which checkpoint of the run.
    #[command(flatten)]
    checkpoint: CheckpointArgs,
    /// TTA copies: predictions are averaged over each picture itself and flipped and rotated copies, this many in all.
    #[arg(long, default_value_t = 1, value_name = "N")]
    tta: u32,
    /// Where to compute: auto, cpu, wgpu, cuda or cuda:N.
    #[arg(long, default_value_t)]
    device: DeviceChoice,
}

/// The domain of the pictures, and how they become the network's input.
#[derive(Debug, clap::Args)]
pub struct DomainArgs {
    /// What the pictures are.
    #[arg(long = "as", value_enum, default_value_t, value_name = "DOMAIN")]
    pub domain: Domain,
    /// How photos are transformed for the network [default: as in its run; Canny edges for a weights file].
    #[arg(long, alias = "source-view", value_enum, value_name = "TRANSFORM")]
    source_transform: Option<SourceTransform>,
}

/// Which checkpoint of a run.
#[derive(Debug, clap::Args)]
pub struct CheckpointArgs {
    /// The run's snapshot at this epoch, counted from 0.
    #[arg(long, value_name = "EPOCH", requires = "run", conflicts_with = "best")]
    at: Option<u32>,
    /// The snapshot that is best by a criterion that needs no labels: the highest mutual information of its predictions about doodles.
    #[arg(long, requires = "run")]
    best: bool,
}

impl CheckpointArgs {
    /// The latest, unless another one was asked for.
    pub fn selector(&self) -> CheckpointSelector {
        match (self.at, self.best) {
            (Some(epoch), _) => CheckpointSelector::Snapshot(epoch),
            (None, true) => CheckpointSelector::Best,
            (None, false) => CheckpointSelector::Latest,
        }
    }
}

impl ModelArgs {
    fn model(&self) -> anyhow::Result<ModelRef<'_>> {
        match (&self.weights, &self.run) {
            (Some(file), _) => Ok(ModelRef::Weights(file)),
            (None, Some(folder)) => Ok(ModelRef::Run(folder, self.checkpoint.selector())),
            (None, None) => bail!(
                "which classifier? Give --weights with a file that `trainer export` wrote, or --run with a run's folder"
            ),
        }
    }

    /// Loads the classifier onto its device, and prints the device to standard error.
    ///
    /// # Errors
    /// When there is none, it is damaged, or the device is not there.
    pub fn open(&self) -> anyhow::Result<(Predictor, Metadata)> {
        check_tta(self.tta)?;
        let chosen = choose_device(self.device)?;
        note!("device: {}", chosen.name);
        let device = chosen.device;
        let (classifier, metadata) = self.model()?.load(&device, &Terminal::default())?;
        let predictor = Predictor::new(classifier, device).with_tta_copies(self.tta);
        let predictor = match chosen.choice {
            DeviceChoice::Cpu => predictor.with_own_kernels(&metadata)?,
            DeviceChoice::Auto | DeviceChoice::Cuda(_) | DeviceChoice::Wgpu => predictor,
        };
        Ok((predictor, metadata))
    }

    /// How photos are transformed for the network: as its run did in training, or as Canny edges for a weights file, which does not
    /// record it.
    ///
    /// # Errors
    /// When the run cannot be read.
    pub fn source_transform(&self) -> anyhow::Result<SourceTransform> {
        match &self.run {
            Some(folder) => Ok(RunInfo::read(folder)?.config.data.source_transform),
            None => Ok(SourceTransform::default()),
        }
    }

    /// The photos that the classifier and the one it started from were trained on; none where that is not recorded.
    ///
    /// # Errors
    /// When the run cannot be read.
    pub fn seen_photos(&self) -> anyhow::Result<Option<SeenPhotos>> {
        let Some(folder) = &self.run else {
            return Ok(None);
        };
        let folder = RunFolder::open(&run_of(folder)?)?;
        if !records_all_photos(&folder)? {
            return Ok(None);
        }
        Ok(folder.manifest()?.map(|manifest| manifest.seen_photos()))
    }

    /// The weights file, where it is one.
    pub fn weights(&self) -> Option<&Path> {
        self.weights.as_deref()
    }

    /// The weights file or the run's folder, for messages.
    pub fn place(&self) -> &Path {
        let place = self.weights.as_deref().or(self.run.as_deref());
        place.unwrap_or(Path::new(""))
    }
}

/// Whether a run's manifest has all photos that its network was trained on: those of a weights file that it, or a run before, started
/// from are recorded nowhere.
fn records_all_photos(folder: &RunFolder) -> anyhow::Result<bool> {
    match folder.config()?.starts_from() {
        None => Ok(true),
        Some((_, path)) if !holds_run(path) => Ok(false),
        Some((_, path)) => records_all_photos(&RunFolder::open(&run_of(path)?)?),
    }
}

impl DomainArgs {
    /// Decides how pictures become the network's input, and prints it to standard error.
    ///
    /// # Errors
    /// When options contradict each other, or the run cannot be read.
    pub fn resolve(&self, model: &ModelArgs) -> anyhow::Result<DomainInput> {
        if self.domain == Domain::Doodle {
            ensure!(
                self.source_transform.is_none(),
                "--source-transform is about photos: add --as photo, or leave it out"
            );
            return Ok(DomainInput::Doodles);
        }
        let transform = match self.source_transform {
            Some(transform) => transform,
            None => model.source_transform()?,
        };
        let words = match transform {
            SourceTransform::Grey => "in grey",
            SourceTransform::Negative => "as negatives in grey",
            SourceTransform::Canny | SourceTransform::Soft | SourceTransform::Mixed => {
                "as their Canny edges (170, 300)"
            }
        };
        note!("photos are shown to the network {words}");
        Ok(DomainInput::Photos(transform))
    }
}
