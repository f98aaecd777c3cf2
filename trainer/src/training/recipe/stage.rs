//! The settings of one training, as the command line, a recipe and config.json have them.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Adversarial, Decay, Objective, SnapshotEpochs, as_text};
use crate::{
    data::{Augmentation, SourceTransform},
    device::DeviceChoice,
};

/// Everything that decides a training. Only a [`CheckedStage`](super::CheckedStage) can be run.
#[derive(Clone, Debug, PartialEq, clap::Args, Serialize, Deserialize)]
pub struct Stage {
    /// What is trained on.
    #[command(flatten)]
    #[serde(flatten)]
    pub data: Data,
    /// What is trained.
    #[command(flatten)]
    #[serde(flatten)]
    pub model: Model,
    /// How a step changes it, and where.
    #[command(flatten)]
    #[serde(flatten)]
    pub optimiser: Optimiser,
    /// For how long.
    #[command(flatten)]
    #[serde(flatten)]
    pub schedule: Schedule,
    /// What it is trained for.
    #[command(flatten)]
    #[serde(flatten)]
    pub objective: Objective,
    /// What is measured and kept on the way.
    #[command(flatten)]
    #[serde(flatten)]
    pub evaluation: Evaluation,
}

/// What is trained on.
#[derive(Clone, Debug, PartialEq, clap::Args, Serialize, Deserialize)]
#[command(next_help_heading = "Data")]
pub struct Data {
    /// Folder or zip in the course's layout [default: EDGEWISE_DATA, data/real_or_drawing, or the embedded sample].
    #[arg(long = "data", id = "data", value_name = "DATA")]
    #[serde(default, rename = "data", with = "as_text::optional")]
    pub location: Option<PathBuf>,
    /// How a photo is transformed for the network.
    #[arg(long, alias = "source-view", value_enum, default_value_t)]
    #[serde(alias = "source_view")]
    pub source_transform: SourceTransform,
    /// How photos and doodles are augmented in each epoch.
    #[arg(long, alias = "geometry", value_enum, default_value_t)]
    #[serde(alias = "geometry")]
    pub augmentation: Augmentation,
    /// Share of the strongly augmented doodles, 0 to 1, that are traced, changed stroke by stroke and drawn with a pen, in place of
    /// being deformed as pictures.
    #[arg(long, value_name = "SHARE", default_value_t = 0.0)]
    #[serde(default, skip_serializing_if = "as_text::is_zero")]
    pub stroke_augmentation: f64,
    /// Share of each class's photos that is held out of training; the accuracy on them is logged after each epoch.
    #[arg(long, default_value_t = 0.0)]
    #[serde(default)]
    pub validation: f64,
}

/// What is trained.
#[derive(Clone, Debug, PartialEq, clap::Args, Serialize, Deserialize)]
#[command(next_help_heading = "Model")]
pub struct Model {
    /// Channels of the first block; the course's net has 64 [default: 64, on the embedded sample 16].
    #[arg(long)]
    pub width: Option<usize>,
    /// Start from the feature extractor of a finished run, or of a weights file.
    #[arg(long, value_name = "RUN")]
    #[serde(default, with = "as_text::optional")]
    pub pretrained: Option<PathBuf>,
}

/// How a step changes the model, and where.
#[derive(Clone, Debug, PartialEq, clap::Args, Serialize, Deserialize)]
#[command(next_help_heading = "Optimiser")]
pub struct Optimiser {
    /// Adam's learning rate.
    #[arg(long, default_value_t = 1e-3)]
    pub learning_rate: f64,
    /// Pictures of each domain in a batch; the last, incomplete one is dropped [default: 256, on the embedded sample 64].
    #[arg(long)]
    pub batch: Option<usize>,
    /// Decides initial weights, shuffles and augmentation.
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// Where to compute: auto, cpu, wgpu, cuda or cuda:N [default: auto].
    #[arg(long)]
    pub device: Option<DeviceChoice>,
    /// CUDA cards that train together, counted from the one in --device; each is given an equal share of a batch.
    ///
    /// Gradients are averaged over the cards. Batch normalisation and information maximisation are computed on
    /// each card's own share, and the running statistics of the first card are kept. It needs NVIDIA's NCCL [default: 1].
    #[arg(long, value_name = "N")]
    #[serde(default)]
    pub devices: Option<usize>,
}

/// For how long it is trained.
#[derive(Clone, Debug, PartialEq, clap::Args, Serialize, Deserialize)]
#[command(next_help_heading = "Schedule")]
pub struct Schedule {
    /// Passes over the smaller domain [default: 200, on the embedded sample 120].
    #[arg(long)]
    pub epochs: Option<u32>,
    /// How the learning rate changes over the run.
    #[arg(long, value_enum, default_value_t)]
    pub decay: Decay,
}

/// What is measured and kept on the way.
#[derive(Clone, Debug, PartialEq, clap::Args, Serialize, Deserialize)]
#[command(next_help_heading = "Evaluation")]
pub struct Evaluation {
    /// Epochs at which snapshots are taken, counted from 0: a CSV file of predictions, a checkpoint that is kept, and criteria that need
    /// no labels.
    ///
    /// `0,49,99,...` continues in steps of the last two; `none` takes no snapshots; otherwise the last epoch is added
    /// [default: 0,99,199,...].
    #[arg(long, alias = "mark", value_name = "EPOCHS")]
    #[serde(default, alias = "mark")]
    pub snapshot_epochs: Option<SnapshotEpochs>,
    /// CSV file `id,label` of some of the doodles: the accuracy of each snapshot is reported, and used for nothing.
    #[arg(long, value_name = "CSV")]
    #[serde(default, with = "as_text::optional")]
    pub labels: Option<PathBuf>,
    /// TTA copies: predictions at snapshots are averaged over each doodle itself and flipped and rotated copies, this many in all
    /// [default: 1].
    #[arg(long, value_name = "N")]
    #[serde(default)]
    pub tta: Option<u32>,
    /// Write an event file for TensorBoard into the run's folder: each epoch's losses, accuracies and rates.
    #[arg(long)]
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub tensorboard: bool,
}

/// Options that belong to where and by whom a recipe is trained, not to the recipe.
const OF_A_RUN: [&str; 8] = [
    "data",
    "device",
    "devices",
    "labels",
    "seed",
    "snapshot_epochs",
    "tensorboard",
    "tta",
];
/// Options of a run that may be changed when it is resumed.
const CHANGEABLE: [&str; 7] = [
    "data",
    "device",
    "devices",
    "epochs",
    "labels",
    "snapshot_epochs",
    "tensorboard",
];

impl Stage {
    /// The options that a recipe sets: they cannot be given beside one.
    pub fn options_of_a_recipe() -> Vec<clap::Id> {
        Self::options_except(&OF_A_RUN)
    }

    /// The options that stay as they are when a run is resumed.
    pub fn unchangeable_options() -> Vec<clap::Id> {
        Self::options_except(&CHANGEABLE)
    }

    fn options_except(exceptions: &[&str]) -> Vec<clap::Id> {
        let command = <Self as clap::Args>::augment_args(clap::Command::new("stage"));
        let options = command.get_arguments().map(clap::Arg::get_id);
        options
            .filter(|id| !exceptions.contains(&id.as_str()))
            .cloned()
            .collect()
    }

    /// The run or weights file that its networks start from, with the option that gives it.
    pub fn starts_from(&self) -> Option<(&'static str, &PathBuf)> {
        match (&self.model.pretrained, self.objective.refinement()) {
            (Some(path), _) => Some(("--pretrained", path)),
            (None, Some(refinement)) => Some(("--run", &refinement.from)),
            (None, None) => None,
        }
    }

    /// The runs that it starts from or is distilled from, each with the option that gives it.
    pub fn runs_before(&self) -> impl Iterator<Item = (&'static str, &PathBuf)> {
        let pretrained = self.model.pretrained.iter();
        let pretrained = pretrained.map(|run| ("pretrained", run));
        let distillation = self.objective.adversarial().into_iter();
        let others = distillation.flat_map(|Adversarial { distillation, .. }| {
            distillation.teacher.iter().map(|run| ("teacher", run))
        });
        pretrained.chain(others)
    }

    /// The same, mutable.
    pub fn runs_before_mut(&mut self) -> impl Iterator<Item = &mut PathBuf> {
        let distillation = self.objective.adversarial_mut().into_iter();
        let others = distillation
            .flat_map(|Adversarial { distillation, .. }| distillation.teacher.iter_mut());
        self.model.pretrained.iter_mut().chain(others)
    }
}
