use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use shared::weights::{Metadata, classifier_from_bytes};

use crate::{
    device,
    evaluation::Predictor,
    training::{DeviceChoice, learned},
};

/// Which trained classifier to use, and where.
#[derive(Debug, clap::Args)]
pub struct Trained {
    /// A weights file, as `export` writes it.
    #[arg(long, value_name = "FILE", conflicts_with = "run")]
    weights: Option<PathBuf>,
    /// A run's folder: its newest checkpoint is used.
    #[arg(long, value_name = "FOLDER")]
    run: Option<PathBuf>,
    /// Where to compute: auto, cpu, wgpu, cuda or cuda:N.
    #[arg(long, default_value_t)]
    device: DeviceChoice,
}

impl Trained {
    /// Reads the classifier onto its device; what it is and where it runs goes to standard error.
    ///
    /// # Errors
    /// When there is none, it is damaged, or the device is not there.
    pub fn open(&self) -> anyhow::Result<(Predictor, Metadata)> {
        let chosen = device::choose(self.device)?;
        eprintln!("device: {}", chosen.name);
        let device = chosen.device;
        let (classifier, metadata) = match (&self.weights, &self.run) {
            (Some(file), _) => {
                let bytes = std::fs::read(file)
                    .with_context(|| format!("{} cannot be read", file.display()))?;
                classifier_from_bytes(&bytes, &device)
                    .with_context(|| format!("{} cannot be used", file.display()))?
            }
            (None, Some(folder)) => learned(folder, &device)?,
            (None, None) => bail!(
                "which classifier? Give --weights with a file that `trainer export` wrote, or --run with a run's folder"
            ),
        };
        Ok((Predictor::new(classifier, device), metadata))
    }

    /// The weights file or the run's folder, for messages.
    pub fn place(&self) -> &Path {
        let place = self.weights.as_deref().or(self.run.as_deref());
        place.unwrap_or(Path::new(""))
    }
}
