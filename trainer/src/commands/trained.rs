use std::path::{Path, PathBuf};

use anyhow::{bail, ensure};
use shared::{
    model::Classifier,
    nn::Network,
    weights::{Metadata, Precision, bytes_from_classifier, network_from_bytes},
};

use crate::{
    data::SourceView,
    device,
    evaluation::Predictor,
    note,
    training::{DeviceChoice, Facts, Moment, RunFolder, SeenPhotos, from_weights, learned, run_of},
};

/// Which trained classifier to use, and where.
#[derive(Debug, clap::Args)]
pub struct Trained {
    /// A weights file, as `export` writes it.
    #[arg(long, value_name = "FILE", conflicts_with = "run")]
    weights: Option<PathBuf>,
    /// A run's folder: its newest checkpoint is used, unless --at or --best says otherwise.
    #[arg(long, value_name = "FOLDER")]
    run: Option<PathBuf>,
    /// Which of the run's epochs.
    #[command(flatten)]
    epoch: Epoch,
    /// Copies that predictions are averaged over: each picture itself and flipped and rotated ones.
    #[arg(long, default_value_t = 1, value_name = "N")]
    tta: u32,
    /// Where to compute: auto, cpu, wgpu, cuda or cuda:N.
    #[arg(long, default_value_t)]
    device: DeviceChoice,
}

/// Which of a run's epochs.
#[derive(Debug, clap::Args)]
pub struct Epoch {
    /// The run's snapshot at this epoch, counted from 0.
    #[arg(long, value_name = "EPOCH", requires = "run", conflicts_with = "best")]
    at: Option<u32>,
    /// The snapshot that is best by a criterion that needs no labels: the highest mutual information of its predictions about doodles.
    #[arg(long, requires = "run")]
    best: bool,
}

impl Epoch {
    /// The newest where nothing was said.
    pub fn moment(&self) -> Moment {
        match (self.at, self.best) {
            (Some(epoch), _) => Moment::Snapshot(epoch),
            (None, true) => Moment::Best,
            (None, false) => Moment::Newest,
        }
    }
}

impl Trained {
    /// Reads the classifier onto its device; what it is and where it runs goes to standard error.
    ///
    /// # Errors
    /// When there is none, it is damaged, or the device is not there.
    pub fn open(&self) -> anyhow::Result<(Predictor, Metadata)> {
        ensure!(
            self.tta >= 1,
            "--tta 0: give at least 1, the picture itself"
        );
        let chosen = device::choose(self.device)?;
        note!("device: {}", chosen.name);
        let device = chosen.device;
        let (classifier, metadata) = match (&self.weights, &self.run) {
            (Some(file), _) => from_weights(file, &device)?,
            (None, Some(folder)) => learned(folder, self.epoch.moment(), &device)?,
            (None, None) => bail!(
                "which classifier? Give --weights with a file that `trainer export` wrote, or --run with a run's folder"
            ),
        };
        // On the CPU our own kernels predict twice as fast as Burn's operations.
        let kernels = match chosen.choice {
            DeviceChoice::Cpu => Some(kernels(&classifier, &metadata)?),
            DeviceChoice::Auto | DeviceChoice::Cuda(_) | DeviceChoice::Wgpu => None,
        };
        let predictor = Predictor::new(classifier, device).with_copies(self.tta);
        let predictor = match kernels {
            Some(kernels) => predictor.with_kernels(kernels),
            None => predictor,
        };
        Ok((predictor, metadata))
    }

    /// What the network is to be shown of a photo: what its run was trained on, or Canny edges for a weights file, which does not
    /// say.
    ///
    /// # Errors
    /// When the run cannot be read.
    pub fn source_view(&self) -> anyhow::Result<SourceView> {
        match &self.run {
            Some(folder) => Ok(Facts::read(folder)?.config.source_view),
            None => Ok(SourceView::default()),
        }
    }

    /// The photos that the classifier was trained on, by itself and by what it started from; none where that is not recorded.
    ///
    /// # Errors
    /// When the run cannot be read.
    pub fn seen_photos(&self) -> anyhow::Result<Option<SeenPhotos>> {
        let Some(folder) = &self.run else {
            return Ok(None);
        };
        let manifest = RunFolder::open(&run_of(folder)?)?.manifest()?;
        Ok(manifest.map(|manifest| manifest.seen_photos()))
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

/// The same classifier for our own kernels.
fn kernels(classifier: &Classifier, metadata: &Metadata) -> anyhow::Result<Network> {
    let metadata = metadata.clone().with_precision(Precision::F32);
    let bytes = bytes_from_classifier(classifier, &metadata)?;
    Ok(network_from_bytes(&bytes)?.0)
}
