use std::path::PathBuf;

use anyhow::bail;
use clap::ValueEnum;
use shared::weights::Precision;

use crate::{commands::model_args::CheckpointArgs, training::ModelRef};

/// Options of `export`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The run's folder: its newest checkpoint is exported, unless --at or --best says otherwise.
    #[arg(long, value_name = "FOLDER", required_unless_present = "weights")]
    pub(super) run: Option<PathBuf>,
    /// Instead of a run, a weights file, to store it in another precision; it keeps its calibration.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["run", "at", "best", "uncalibrated", "figures"])]
    pub(super) weights: Option<PathBuf>,
    /// Which checkpoint of the run.
    #[command(flatten)]
    pub(super) checkpoint: CheckpointArgs,
    /// What to write: one weights file, or a folder of two PyTorch state dicts as safetensors.
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
    /// The weights file or, for PyTorch, the folder to write [default: edgewise.safetensors, or pytorch, in the run's folder].
    #[arg(long, value_name = "PATH")]
    pub(super) out: Option<PathBuf>,
    /// How the weights are stored; batch normalisation always stays f32.
    #[arg(long, value_enum, default_value_t = Stored::F32)]
    pub(super) precision: Stored,
    /// Leave the probabilities as they are, even where the run held photos out to calibrate them on.
    #[arg(long)]
    pub(super) uncalibrated: bool,
    /// Which pictures the confidence is calibrated on.
    #[arg(long, value_enum, default_value_t, conflicts_with = "uncalibrated")]
    pub(super) calibrate_on: CalibrateOn,
    /// Store statistics by which drawings of none of the classes are refused, fitted without labels on the doodles of --data or of the
    /// run. This SHARE of them, retraced with the page's pen, is refused.
    #[arg(long, value_name = "SHARE", num_args = 0..=1, default_missing_value = "0.045")]
    pub(super) novelty: Option<f64>,
    /// Folder to draw into, as SVG, how reliable the calibrated probabilities are on the held-out photos.
    #[arg(long, value_name = "FOLDER", conflicts_with = "uncalibrated")]
    pub(super) figures: Option<PathBuf>,
    /// Where the run's data is now, where that has moved; with --labels, --novelty or --calibrate-on target, the folder or zip whose
    /// doodles are used.
    #[arg(long)]
    pub(super) data: Option<PathBuf>,
    /// CSV file `id,label`: measure the exported file on those doodles, and write the accuracy into it.
    #[arg(long, value_name = "CSV")]
    pub(super) labels: Option<PathBuf>,
    /// Which pictures those are, in words, such as "doodles of Quick, Draw!".
    #[arg(long, requires = "labels", default_value = "doodles")]
    pub(super) on: String,
}

impl Args {
    /// What is exported.
    ///
    /// # Errors
    /// When neither a run nor a weights file is given.
    pub(super) fn source(&self) -> anyhow::Result<ModelRef<'_>> {
        match (&self.run, &self.weights) {
            (_, Some(weights)) => Ok(ModelRef::Weights(weights)),
            (Some(run), None) => Ok(ModelRef::Run(run, self.checkpoint.selector())),
            (None, None) => bail!("what is to be exported? Give --run or --weights"),
        }
    }
}

/// What is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// One weights file with metadata, for the page and for this program.
    #[default]
    Edgewise,
    /// extractor_model.safetensors and predictor_model.safetensors, whose names are those of the notebook's state dicts.
    PytorchSafetensors,
}

/// Which pictures the confidence is calibrated on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum CalibrateOn {
    /// Photos that the run held out; a weights file keeps its calibration.
    #[default]
    Source,
    /// Doodles without labels, by pseudo-labels of mixed pairs (PseudoCal); for networks that classify most doodles correctly.
    Target,
}

/// [`Precision`] as an option.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Stored {
    /// 4 bytes a weight.
    F32,
    /// 2 bytes a weight.
    F16,
    /// 8 bits a weight, with a scale a channel.
    Int8,
    /// 6 bits a weight, with a scale a channel.
    Int6,
    /// 5 bits a weight, with a scale a channel: what the page loads.
    Int5,
    /// 4 bits a weight, with a scale a channel.
    Int4,
}

impl From<Stored> for Precision {
    fn from(stored: Stored) -> Self {
        match stored {
            Stored::F32 => Self::F32,
            Stored::F16 => Self::F16,
            Stored::Int8 => Self::Int8,
            Stored::Int6 => Self::Int6,
            Stored::Int5 => Self::Int5,
            Stored::Int4 => Self::Int4,
        }
    }
}
