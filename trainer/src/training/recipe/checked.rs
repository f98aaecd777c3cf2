//! Settings that can be trained with.

use std::ops::Deref;

use anyhow::ensure;
use serde::Serialize;

use super::{Objective, Progress, SelfTraining, SnapshotEpochs, Stage, objective::Options};
use crate::{
    data::{BatchConfig, BatchesError, DataSet},
    training::{DeviceChoice, StepSettings, Variant},
};

/// A [`Stage`] without gaps, all of whose numbers can be trained with: what alone can be run.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct CheckedStage {
    stage: Stage,
    #[serde(skip)]
    size: Size,
}

/// What is smaller by default on the embedded sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Size {
    epochs: u32,
    batch: usize,
    width: usize,
}

const FULL: Size = Size {
    epochs: 200,
    batch: 256,
    width: 64,
};
const SAMPLE: Size = Size {
    epochs: 120,
    batch: 64,
    width: 16,
};

/// The most copies of a doodle that teachers predict: more would cost hours, and change nothing.
const MOST_COPIES: usize = 1000;

impl Deref for CheckedStage {
    type Target = Stage;

    fn deref(&self) -> &Stage {
        &self.stage
    }
}

impl From<CheckedStage> for Stage {
    fn from(checked: CheckedStage) -> Self {
        checked.stage
    }
}

impl Stage {
    /// Fills in the defaults, which differ on the embedded sample, and checks every number.
    ///
    /// # Errors
    /// Names the option whose value cannot be trained with.
    pub fn check(self, sample: bool) -> anyhow::Result<CheckedStage> {
        let checked = CheckedStage::filled(self, if sample { SAMPLE } else { FULL });
        checked.check_sizes()?;
        checked.check_objective()?;
        let Stage {
            optimiser,
            evaluation,
            ..
        } = &checked.stage;
        evaluation.tta.map_or(Ok(()), check_tta)?;
        let learning_rate = optimiser.learning_rate;
        ensure!(
            learning_rate.is_finite() && learning_rate > 0.0,
            "--learning-rate {learning_rate}: give a number above 0, such as 0.001"
        );
        Ok(checked)
    }
}

/// Refuses a number of copies that pictures cannot be predicted in.
pub fn check_tta(tta: u32) -> anyhow::Result<()> {
    ensure!(
        (1..=1000).contains(&tta),
        "--tta {tta}: give 1, the picture itself, to 1000"
    );
    Ok(())
}

impl CheckedStage {
    /// The settings of a run that was begun: they were checked then, by the rules of that version.
    pub(in crate::training) fn of_run(stage: Stage) -> Self {
        Self::filled(stage, FULL)
    }

    fn filled(mut stage: Stage, defaults: Size) -> Self {
        let size = Size {
            epochs: *stage.schedule.epochs.get_or_insert(defaults.epochs),
            batch: *stage.optimiser.batch.get_or_insert(defaults.batch),
            width: *stage.model.width.get_or_insert(defaults.width),
        };
        Self { stage, size }
    }

    pub(in crate::training) fn check_sizes(&self) -> anyhow::Result<()> {
        let (batch, devices, width) = (self.batch(), self.devices(), self.width());
        ensure!(self.epochs() >= 1, "--epochs 0: give at least 1");
        ensure!(devices >= 1, "--devices 0: give at least 1");
        ensure!(
            batch.is_multiple_of(devices),
            "--batch {batch} cannot be divided among {devices} devices: give a --batch that is a multiple of --devices"
        );
        ensure!(
            batch / devices >= 2,
            "--batch {batch}: batch normalisation needs at least 2 on each device"
        );
        ensure!((1..=512).contains(&width), "--width {width}: give 1 to 512");
        Ok(())
    }

    fn check_objective(&self) -> anyhow::Result<()> {
        let Options {
            adversarial,
            refinement,
        } = Options::from(self.objective.clone());
        let (doodles, distillation) = (&adversarial.doodles, &adversarial.distillation);
        for (name, value) in [
            ("im-weight", doodles.im_weight),
            ("consistency", doodles.consistency),
            ("distil", distillation.distil),
        ] {
            ensure!(
                value.is_finite() && value >= 0.0,
                "--{name} {value}: give a number from 0, such as 1"
            );
        }
        for (name, value) in [
            ("confidence", doodles.confidence),
            ("start", doodles.start),
            ("validation", self.data.validation),
            ("stroke-augmentation", self.data.stroke_augmentation),
        ] {
            ensure!(
                (0.0..=1.0).contains(&value),
                "--{name} {value}: give a share from 0 to 1"
            );
        }
        ensure!(
            self.data.stroke_augmentation == 0.0 || self.batches().target_strong,
            "--stroke-augmentation {}: only strongly augmented doodles have their strokes changed: give --consistency or a --teacher too",
            self.data.stroke_augmentation
        );
        let copies = distillation.soft_label_copies;
        ensure!(
            copies <= MOST_COPIES,
            "--soft-label-copies {copies}: give 0 to {MOST_COPIES}"
        );
        ensure!(
            copies == 0 || distillation.is_used(),
            "--soft-label-copies {copies}: only teachers predict them: give a --teacher too, and a --distil above 0"
        );
        if adversarial.variant == Variant::SourceOnly {
            let uses_doodles = [
                ("im-weight", doodles.im_weight > 0.0),
                ("consistency", doodles.consistency > 0.0),
                ("teacher", distillation.is_used()),
            ];
            if let Some((name, _)) = uses_doodles.iter().find(|(_, used)| *used) {
                anyhow::bail!(
                    "--variant source-only trains on photos alone, and --{name} on doodles: leave one out"
                );
            }
        }
        let smoothing = [("label-smoothing", adversarial.label_smoothing)];
        let momentum = refinement
            .iter()
            .map(|refinement| ("momentum", refinement.momentum));
        for (name, value) in smoothing.into_iter().chain(momentum) {
            ensure!(
                (0.0..1.0).contains(&value),
                "--{name} {value}: give a share from 0 to below 1"
            );
        }
        if refinement.is_some() {
            ensure!(
                self.devices() == 1,
                "--devices {}: the pseudo-label stage trains on one",
                self.devices()
            );
        }
        Ok(())
    }

    /// The settings of a recipe in miniature: `scale` (above 0, at most 1) of the epochs, at least one, and lambda's points at
    /// epochs moved likewise.
    #[must_use]
    pub fn scaled(mut self, scale: f64) -> Self {
        let epochs = (f64::from(self.epochs()) * scale).round();
        self.size.epochs = (epochs as u32).max(1);
        self.stage.schedule.epochs = Some(self.size.epochs);
        if let Some(adversarial) = self.stage.objective.adversarial_mut() {
            adversarial.lambda = adversarial.lambda.clone().scaled(scale);
        }
        self
    }

    /// The same on so many devices, which share its batches equally.
    #[must_use]
    pub fn on_devices(mut self, first: DeviceChoice, count: usize) -> Self {
        self.stage.optimiser.device = Some(first);
        self.stage.optimiser.devices = Some(count);
        self
    }

    /// Where to compute.
    pub fn device(&self) -> DeviceChoice {
        self.optimiser.device.unwrap_or_default()
    }

    /// How many devices train together.
    pub fn devices(&self) -> usize {
        self.optimiser.devices.unwrap_or(1)
    }

    /// How many TTA copies of a doodle the predictions at snapshots are averaged over.
    pub fn tta(&self) -> u32 {
        self.evaluation.tta.unwrap_or(1)
    }

    /// Number of epochs.
    pub fn epochs(&self) -> u32 {
        self.size.epochs
    }

    /// Pictures of each domain in a batch.
    pub fn batch(&self) -> usize {
        self.size.batch
    }

    /// Channels of the feature extractor's first block.
    pub fn width(&self) -> usize {
        self.size.width
    }

    /// At which epochs snapshots are taken.
    pub fn snapshot_epochs(&self) -> SnapshotEpochs {
        self.evaluation.snapshot_epochs.clone().unwrap_or_default()
    }

    /// How batches are made for this run.
    pub fn batches(&self) -> BatchConfig {
        let is_consistent = |objective: &Objective| {
            let losses = objective.adversarial();
            losses.is_some_and(|losses| losses.doodles.consistency > 0.0)
        };
        BatchConfig {
            size: self.batch(),
            seed: self.optimiser.seed,
            transform: self.data.source_transform,
            augmentation: self.data.augmentation,
            reads_doodles: self.objective.reads_doodles(),
            target_strong: self.objective.distillation().is_some()
                || is_consistent(&self.objective),
            stroke_augmentation: self.data.stroke_augmentation,
        }
    }

    /// The steps of an epoch on `data`: as many as there are whole batches of what is trained on.
    ///
    /// # Errors
    /// Where a domain that is read does not fill a batch.
    pub fn steps_per_epoch(&self, data: &DataSet) -> Result<usize, BatchesError> {
        self.batches()
            .batches_per_epoch(self.photos_trained_on(data), data.doodles.pictures.len())
    }

    /// The number of photos of `data` that are not held out.
    pub fn photos_trained_on(&self, data: &DataSet) -> usize {
        let held_out = data.photos.held_out(self.data.validation);
        held_out.into_iter().filter(|held_out| !held_out).count()
    }

    /// Learning rate and lambda at the beginning of an epoch, from 0, of so many steps.
    pub fn schedules_at(&self, epoch: u32, steps: usize) -> (f64, f64) {
        let settings = self.step(Progress {
            epoch,
            epochs: self.epochs(),
            step: 0,
            steps,
        });
        (settings.learning_rate, settings.lambda)
    }

    /// The settings of a step at a point of the run.
    pub(in crate::training) fn step(&self, progress: Progress) -> StepSettings {
        let learning_rate = self.optimiser.learning_rate * self.schedule.decay.factor(progress);
        let adversarial = match &self.objective {
            Objective::Adversarial(adversarial) => adversarial,
            Objective::SelfTraining(SelfTraining { confidence, .. }) => {
                return StepSettings {
                    confidence: *confidence,
                    learning_rate,
                    ..StepSettings::default()
                };
            }
        };
        let (doodles, distillation) = (&adversarial.doodles, &adversarial.distillation);
        // Over nearly a third of the run, so that the classes have time to settle.
        let ramp = ((progress.share() - doodles.start) / 0.3).clamp(0.0, 1.0);
        StepSettings {
            variant: adversarial.variant,
            lambda: adversarial.lambda.at(progress),
            label_smoothing: adversarial.label_smoothing,
            im_weight: doodles.im_weight * ramp,
            consistency_weight: doodles.consistency * ramp,
            confidence: doodles.confidence,
            distillation_weight: distillation.distil,
            learning_rate,
        }
    }
}

#[cfg(test)]
mod tests;
