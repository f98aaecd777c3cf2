use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Decay, DeviceChoice, LambdaSchedule, Progress, SnapshotEpochs, path_text};
use crate::{
    data::{Augmentation, BatchConfig, SourceTransform},
    distillation::SoftLabelKind,
    training::{DistilViews, Refinement, StepSettings, Variant},
};

/// Everything that decides a training run; saved as config.json in its folder.
#[derive(Clone, Debug, PartialEq, clap::Args, Serialize, Deserialize)]
pub struct Config {
    /// Folder or zip in the course's layout [default: EDGEWISE_DATA, data/real_or_drawing, or the embedded sample].
    #[arg(long)]
    #[serde(default, with = "path_text::optional")]
    pub data: Option<PathBuf>,
    /// Where to compute: auto, cpu, wgpu, cuda or cuda:N [default: auto].
    #[arg(long)]
    pub device: Option<DeviceChoice>,
    /// CUDA cards that train together, counted from the one in --device; each is given an equal share of a batch.
    ///
    /// Gradients are averaged over the cards. Batch normalisation, information maximisation and the contrastive loss are computed on
    /// each card's own share, and the running statistics of the first card are kept. It needs NVIDIA's NCCL [default: 1].
    #[arg(long, value_name = "N")]
    #[serde(default)]
    pub devices: Option<usize>,
    /// How the adversary's gradient reaches the feature extractor.
    #[arg(long, value_enum, default_value_t)]
    pub variant: Variant,
    /// Weight of the domain loss: a number, `log` (0.02 to 1), `paper` (0 to 1), or values at epochs, as in `0:0,50:0.1,200:1`.
    #[arg(long, default_value = "log")]
    pub lambda: LambdaSchedule,
    /// Passes over the smaller domain [default: 200, on the embedded sample 120].
    #[arg(long)]
    pub epochs: Option<u32>,
    /// Pictures of each domain in a batch; the last, incomplete one is dropped [default: 256, on the embedded sample 64].
    #[arg(long)]
    pub batch: Option<usize>,
    /// Channels of the first block; the course's net has 64 [default: 64, on the embedded sample 16].
    #[arg(long)]
    pub width: Option<usize>,
    /// How a photo is transformed for the network.
    #[arg(long, alias = "source-view", value_enum, default_value_t)]
    #[serde(alias = "source_view")]
    pub source_transform: SourceTransform,
    /// How photos and doodles are augmented in each epoch.
    #[arg(long, alias = "geometry", value_enum, default_value_t)]
    #[serde(alias = "geometry")]
    pub augmentation: Augmentation,
    /// Weight of the information maximisation loss: confident predictions about doodles, all classes equally often. The course has 0.
    #[arg(long, alias = "balance", default_value_t = 0.0)]
    #[serde(alias = "balance")]
    pub im_weight: f64,
    /// Weight of the consistency loss: towards the prediction about a weakly augmented doodle, on the same doodle strongly augmented.
    #[arg(long, default_value_t = 0.0)]
    pub consistency: f64,
    /// Least confidence of a prediction that the consistency loss uses.
    #[arg(long, default_value_t = 0.8)]
    pub confidence: f64,
    /// Share of the run before information maximisation and consistency start; too early, whole classes are exchanged. Their weights rise
    /// over the next 0.3 of the run, so that with more than 0.7 they never reach their full values.
    #[arg(long, default_value_t = 0.25)]
    pub start: f64,
    /// Start from the feature extractor of a finished run, such as one with --contrast, or of a weights file.
    #[arg(long, value_name = "RUN")]
    #[serde(default, with = "path_text::optional")]
    pub pretrained: Option<PathBuf>,
    /// A teacher: the folder of a finished run, or a weights file. Doodles get soft labels from the mean of all teachers; repeat the
    /// option for each.
    #[arg(long, value_name = "RUN")]
    #[serde(default, with = "path_text::list")]
    pub teacher: Vec<PathBuf>,
    /// A finished run, such as one with --contrast, or a weights file: label propagation finds neighbours by its features too, with
    /// the same weight as by the teachers'. Repeat the option for each.
    #[arg(long, alias = "neighbours", value_name = "RUN")]
    #[serde(default, alias = "neighbours", with = "path_text::list")]
    pub propagation_features: Vec<PathBuf>,
    /// Weight of the distillation loss: cross-entropy of strongly augmented doodles towards their soft labels.
    #[arg(long, default_value_t = 1.0)]
    #[serde(default)]
    pub distil: f64,
    /// How the soft labels are made from the teachers' predictions.
    #[arg(long, value_enum, default_value_t)]
    #[serde(default)]
    pub distil_labels: SoftLabelKind,
    /// Which views of a doodle the distillation loss is computed on.
    #[arg(long, value_enum, default_value_t)]
    #[serde(default)]
    pub distil_views: DistilViews,
    /// Weight of the contrastive loss (SimCLR): which doodle of the batch is the strongly augmented view of a weakly augmented one.
    #[arg(long, default_value_t = 0.0)]
    #[serde(default)]
    pub contrast: f64,
    /// Adam's learning rate.
    #[arg(long, default_value_t = 1e-3)]
    pub learning_rate: f64,
    /// How the learning rate changes over the run.
    #[arg(long, value_enum, default_value_t)]
    pub decay: Decay,
    /// Share of each class's photos that is held out of training; the accuracy on them is logged after each epoch.
    #[arg(long, default_value_t = 0.0)]
    #[serde(default)]
    pub validation: f64,
    /// Decides initial weights, shuffles and augmentation.
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
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
    #[serde(default, with = "path_text::optional")]
    pub labels: Option<PathBuf>,
    /// TTA copies: predictions at snapshots are averaged over each doodle itself and flipped and rotated copies, this many in all
    /// [default: 1].
    #[arg(long, value_name = "N")]
    #[serde(default)]
    pub tta: Option<u32>,
    /// The pseudo-label stage, where this run is one.
    #[arg(skip)]
    #[serde(default)]
    pub refinement: Option<Refinement>,
}

impl Config {
    /// Fills in the defaults, which differ on the embedded sample, and checks every number.
    ///
    /// # Errors
    /// Names the option whose value cannot be trained with.
    pub fn resolve(mut self, sample: bool) -> anyhow::Result<Self> {
        let (epochs, batch, width) = if sample {
            (120, 64, 16)
        } else {
            (200, 256, 64)
        };
        self.epochs.get_or_insert(epochs);
        self.batch.get_or_insert(batch);
        self.width.get_or_insert(width);
        anyhow::ensure!(self.epochs() >= 1, "--epochs 0: give at least 1");
        anyhow::ensure!(self.devices() >= 1, "--devices 0: give at least 1");
        anyhow::ensure!(
            self.batch().is_multiple_of(self.devices()),
            "--batch {} cannot be divided among {} devices: give a --batch that is a multiple of --devices",
            self.batch(),
            self.devices()
        );
        anyhow::ensure!(
            self.batch() / self.devices() >= 2,
            "--batch {}: batch normalisation needs at least 2 on each device",
            self.batch()
        );
        anyhow::ensure!(
            (1..=512).contains(&self.width()),
            "--width {}: give 1 to 512",
            self.width()
        );
        for (name, value) in [
            ("im-weight", self.im_weight),
            ("consistency", self.consistency),
            ("distil", self.distil),
            ("contrast", self.contrast),
        ] {
            anyhow::ensure!(
                value.is_finite() && value >= 0.0,
                "--{name} {value}: give a number from 0, such as 1"
            );
        }
        for (name, value) in [
            ("confidence", self.confidence),
            ("start", self.start),
            ("validation", self.validation),
        ] {
            anyhow::ensure!(
                (0.0..=1.0).contains(&value),
                "--{name} {value}: give a share from 0 to 1"
            );
        }
        anyhow::ensure!(
            self.propagation_features.is_empty() || self.is_distilled(),
            "--propagation-features is for propagating the labels of teachers: give a --teacher too"
        );
        anyhow::ensure!(
            self.propagation_features.is_empty() || self.distil_labels != SoftLabelKind::Raw,
            "--propagation-features is for propagating labels, and --distil-labels raw does not propagate them: leave one out"
        );
        if self.variant == Variant::SourceOnly {
            let uses_doodles = [
                ("im-weight", self.im_weight > 0.0),
                ("consistency", self.consistency > 0.0),
                ("contrast", self.contrast > 0.0),
                ("teacher", self.is_distilled()),
            ];
            if let Some((name, _)) = uses_doodles.iter().find(|(_, used)| *used) {
                anyhow::bail!(
                    "--variant source-only trains on photos alone, and --{name} on doodles: leave one out"
                );
            }
        }
        anyhow::ensure!(
            self.tta() >= 1,
            "--tta 0: give at least 1, the doodle itself"
        );
        if let Some(refinement) = &self.refinement {
            anyhow::ensure!(
                (0.0..1.0).contains(&refinement.momentum),
                "--momentum {}: give a share from 0 to below 1",
                refinement.momentum
            );
            anyhow::ensure!(
                self.devices() == 1,
                "--devices {}: the pseudo-label stage trains on one",
                self.devices()
            );
        }
        anyhow::ensure!(
            self.learning_rate.is_finite() && self.learning_rate > 0.0,
            "--learning-rate {}: give a number above 0, such as 0.001",
            self.learning_rate
        );
        Ok(self)
    }

    /// The settings of a recipe in miniature: `scale` (above 0, at most 1) of the epochs, at least one, and lambda's points at
    /// epochs moved likewise.
    #[must_use]
    pub fn scaled(mut self, scale: f64) -> Self {
        let epochs = (f64::from(self.epochs()) * scale).round();
        self.epochs = Some((epochs as u32).max(1));
        self.lambda = self.lambda.scaled(scale);
        self
    }

    /// Where to compute.
    pub fn device(&self) -> DeviceChoice {
        self.device.unwrap_or_default()
    }

    /// How many devices train together.
    pub fn devices(&self) -> usize {
        self.devices.unwrap_or(1)
    }

    /// How many TTA copies of a doodle the predictions at snapshots are averaged over.
    pub fn tta(&self) -> u32 {
        self.tta.unwrap_or(1)
    }

    /// Number of epochs.
    pub fn epochs(&self) -> u32 {
        self.epochs.unwrap_or(200)
    }

    /// Pictures of each domain in a batch.
    pub fn batch(&self) -> usize {
        self.batch.unwrap_or(256)
    }

    /// Channels of the feature extractor's first block.
    pub fn width(&self) -> usize {
        self.width.unwrap_or(64)
    }

    /// Whether it is distilled from teachers.
    pub fn is_distilled(&self) -> bool {
        !self.teacher.is_empty() && self.distil > 0.0
    }

    /// The runs that it starts from, is distilled from or finds neighbours by, each with the option that gives it.
    pub fn runs_before(&self) -> impl Iterator<Item = (&'static str, &PathBuf)> {
        let pretrained = self.pretrained.iter().map(|run| ("pretrained", run));
        let teachers = self.teacher.iter().map(|run| ("teacher", run));
        let features = self.propagation_features.iter();
        let features = features.map(|run| ("propagation-features", run));
        pretrained.chain(teachers).chain(features)
    }

    /// The same, mutable.
    pub fn runs_before_mut(&mut self) -> impl Iterator<Item = &mut PathBuf> {
        let others = self.teacher.iter_mut();
        let others = others.chain(&mut self.propagation_features);
        self.pretrained.iter_mut().chain(others)
    }

    /// Whether it has the contrastive loss.
    pub fn is_contrasted(&self) -> bool {
        self.contrast > 0.0
    }

    /// At which epochs snapshots are taken.
    pub fn snapshot_epochs(&self) -> SnapshotEpochs {
        self.snapshot_epochs.clone().unwrap_or_default()
    }

    /// How batches are made for this run.
    pub fn batches(&self) -> BatchConfig {
        BatchConfig {
            size: self.batch(),
            seed: self.seed,
            transform: self.source_transform,
            augmentation: self.augmentation,
            target_strong: self.is_contrasted()
                || self.refinement.is_none() && (self.consistency > 0.0 || self.is_distilled()),
        }
    }

    /// Learning rate and lambda at the beginning of an epoch, from 0.
    pub fn schedules_at(&self, epoch: u32) -> (f64, f64) {
        let settings = self.step(Progress {
            epoch,
            epochs: self.epochs(),
            step: 0,
            // Enough that warming up, a matter of the first steps, is over after the first epoch.
            steps: 100,
        });
        (settings.learning_rate, settings.lambda)
    }

    /// The settings of a step at a point of the run.
    pub(in crate::training) fn step(&self, progress: Progress) -> StepSettings {
        // Over nearly a third of the run, so that the classes have time to settle.
        let ramp = ((progress.share() - self.start) / 0.3).clamp(0.0, 1.0);
        StepSettings {
            variant: self.variant,
            lambda: self.lambda.at(progress),
            im_weight: self.im_weight * ramp,
            consistency_weight: self.consistency * ramp,
            confidence: self.confidence,
            distillation_weight: self.distil,
            distil_views: self.distil_views,
            contrastive_weight: self.contrast,
            learning_rate: self.learning_rate * self.decay.factor(progress),
        }
    }
}

#[cfg(test)]
mod tests;
