use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
    time::Instant,
};

use anyhow::{Context, ensure};
use burn::tensor::Device;
use indicatif::ProgressBar;
use shared::classes::ClassNames;

use super::{
    Checkpoint, Config, EpochRecord, Networks, StepInput, StepOutput, is_chain, learned, log,
    schedule::Progress,
};
use crate::{
    data::{DataSet, Loader},
    evaluation::{Predictor, Validation},
    files::write_beside,
    progress,
    teaching::SoftLabels,
};

/// Where a run keeps its configuration.
const CONFIG: &str = "config.json";
/// Where a run keeps its checkpoints.
pub(super) const CHECKPOINTS: &str = "checkpoints";
/// Steps between two looks at the losses; each look waits for the device.
const STEPS_PER_LOOK: usize = 10;

/// A training run and its folder: config.json, log.csv and checkpoints/.
pub struct Run {
    /// The run's folder.
    pub folder: PathBuf,
    /// What was asked for, resolved.
    pub config: Config,
    /// Networks as they are now, on a device with autodiff.
    pub networks: Networks,
    checkpoint: Checkpoint,
    device: Device,
}

/// How training ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// All epochs are done.
    Finished,
    /// It was asked to stop; the last whole epoch is on disk.
    Stopped,
}

impl Run {
    /// Starts a run in a folder that holds none yet. `device` must have autodiff.
    ///
    /// # Errors
    /// When the folder already holds a run, or cannot be written.
    pub fn start(
        folder: &Path,
        config: Config,
        classes: ClassNames,
        device: Device,
    ) -> anyhow::Result<Self> {
        ensure!(
            !Self::exists(folder) && !is_chain(folder),
            "{} already holds a run: go on with `--resume --run {}`, or give another --run",
            folder.display(),
            folder.display()
        );
        save_config(folder, &config)?;
        Ok(Self {
            folder: folder.to_path_buf(),
            networks: Networks::new(classes.len(), config.width(), config.seed, &device),
            config,
            checkpoint: Checkpoint::new(classes),
            device,
        })
    }

    /// Whether a folder holds a run.
    pub fn exists(folder: &Path) -> bool {
        folder.join(CONFIG).is_file()
    }

    /// The configuration that a run's folder holds.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub fn config(folder: &Path) -> anyhow::Result<Config> {
        let path = folder.join(CONFIG);
        let text = std::fs::read(&path).with_context(|| {
            format!(
                "{} holds no run to go on with: {} cannot be read",
                folder.display(),
                path.display()
            )
        })?;
        serde_json::from_slice(&text).with_context(|| format!("{} is damaged", path.display()))
    }

    /// Goes on with a run from its newest checkpoint, or from the start where it has none yet.
    ///
    /// `config` is the run's own, but for a later end or another device.
    ///
    /// # Errors
    /// When the checkpoint is damaged or of other classes, or the folder cannot be written.
    pub fn resume(
        folder: &Path,
        config: Config,
        classes: ClassNames,
        device: Device,
    ) -> anyhow::Result<Self> {
        let networks = Networks::new(classes.len(), config.width(), config.seed, &device);
        let (checkpoint, networks) = match Checkpoint::newest(&folder.join(CHECKPOINTS))? {
            Some(place) => {
                let checkpoint = Checkpoint::read(&place)?;
                ensure!(
                    checkpoint.classes == classes,
                    "{} was trained on the classes {}, the data has {}: give the data it was trained on",
                    folder.display(),
                    checkpoint.classes.names().join(", "),
                    classes.names().join(", ")
                );
                let networks = Checkpoint::load_networks(&place, networks, &device)?;
                (checkpoint, networks)
            }
            None => (Checkpoint::new(classes), networks),
        };
        save_config(folder, &config)?;
        Ok(Self {
            folder: folder.to_path_buf(),
            config,
            networks,
            checkpoint,
            device,
        })
    }

    /// Epochs trained so far.
    pub fn epochs(&self) -> u32 {
        self.checkpoint.epochs()
    }

    /// The log so far, one record an epoch.
    pub fn history(&self) -> &[EpochRecord] {
        &self.checkpoint.history
    }

    /// Trains the epochs that are left, with a checkpoint and a line after each, until done or `stop` is set.
    ///
    /// # Errors
    /// When a loss is no longer a number, or the folder cannot be written.
    pub fn train(&mut self, data: &DataSet, stop: &AtomicBool) -> anyhow::Result<Ending> {
        if self.epochs() == self.config.epochs() {
            return Ok(Ending::Finished);
        }
        let (photos, held_out) = data.photos.split(self.config.validation);
        let validation = Validation::new(&held_out, self.config.source_view);
        let loader = Loader::new(&photos, &data.doodles, self.config.batches())?;
        let taught = self.taught(data)?;
        let steps = loader.batches_per_epoch();
        println!(
            "source: {} photos, {:.2} batches of {}; target: {} doodles, {:.2} batches; {steps} steps an epoch",
            photos.pictures.len(),
            photos.pictures.len() as f64 / self.config.batch() as f64,
            self.config.batch(),
            data.doodles.pictures.len(),
            data.doodles.pictures.len() as f64 / self.config.batch() as f64,
        );
        let bar = progress::bar(
            u64::from(self.config.epochs()) * steps as u64,
            u64::from(self.epochs()) * steps as u64,
            "steps",
        );
        while self.epochs() < self.config.epochs() {
            let Some(mut record) = self.epoch(&loader, taught.as_ref(), &bar, stop)? else {
                bar.abandon();
                return Ok(Ending::Stopped);
            };
            record.validation_accuracy = validation.accuracy(&self.predictor());
            self.checkpoint.history.push(record);
            self.checkpoint
                .save(&self.folder.join(CHECKPOINTS), &self.networks)?;
            log::write_log(&self.folder.join("log.csv"), self.history())?;
            bar.suspend(|| println!("{}", record.line()));
        }
        bar.finish();
        Ok(Ending::Finished)
    }

    /// The classifier as it is now, for inference.
    pub fn predictor(&self) -> Predictor {
        Predictor::new(self.networks.for_inference(), self.device.clone().inner())
    }

    /// What this run's teachers make of the doodles, where it has teachers.
    fn taught(&self, data: &DataSet) -> anyhow::Result<Option<SoftLabels>> {
        if !self.config.is_taught() {
            return Ok(None);
        }
        let device = self.device.clone().inner();
        let mut teachers = Vec::new();
        for folder in &self.config.teacher {
            let (teacher, metadata) = learned(folder, &device)
                .with_context(|| format!("--teacher {} cannot teach", folder.display()))?;
            ensure!(
                metadata.classes == data.classes,
                "--teacher {} knows the classes {}, the data has {}: give teachers of the data's classes",
                folder.display(),
                metadata.classes.names().join(", "),
                data.classes.names().join(", ")
            );
            teachers.push(teacher);
        }
        let doodles = &data.doodles.pictures;
        let bar = progress::bar((doodles.len() * teachers.len()) as u64, 0, "doodles");
        bar.set_message("asking the teachers");
        let labels =
            SoftLabels::from_teachers(&teachers, doodles, &device, |more| bar.inc(more as u64));
        bar.finish_and_clear();
        Ok(Some(labels))
    }

    /// One epoch, or nothing when it was stopped in between.
    fn epoch(
        &mut self,
        loader: &Loader,
        taught: Option<&SoftLabels>,
        bar: &ProgressBar,
        stop: &AtomicBool,
    ) -> anyhow::Result<Option<EpochRecord>> {
        let started = Instant::now();
        let (epoch, steps) = (self.epochs(), loader.batches_per_epoch());
        let mut sums: Option<StepOutput> = None;
        let mut lambda = 0.0;
        for (step, batch) in loader.epoch(u64::from(epoch)).enumerate() {
            if stop.load(Ordering::Relaxed) {
                return Ok(None);
            }
            let settings = self.config.step(Progress {
                epoch,
                epochs: self.config.epochs(),
                step,
                steps,
            });
            lambda = settings.lambda;
            let taught = taught.map(|labels| labels.of(&batch.target_places, &self.device));
            let input = StepInput {
                taught,
                ..StepInput::upload(batch, self.config.batch(), &self.device)
            };
            let output = self.networks.step(&settings, input);
            let sum = match sums.take() {
                None => output,
                Some(sum) => StepOutput {
                    domain_loss: sum.domain_loss + output.domain_loss,
                    feature_loss: sum.feature_loss + output.feature_loss,
                    hits: sum.hits + output.hits,
                },
            };
            if (step + 1) % STEPS_PER_LOOK == 0 {
                let mean = mean(&sum, step + 1, self.config.batch());
                check(&mean, epoch)?;
                bar.set_message(format!("D {:.3} F {:.3}", mean.domain, mean.feature));
            }
            sums = Some(sum);
            bar.inc(1);
        }
        let sums = sums.context("an epoch without a step: the batch is larger than the data")?;
        let mean = mean(&sums, steps, self.config.batch());
        check(&mean, epoch)?;
        Ok(Some(EpochRecord {
            epoch,
            domain_loss: mean.domain,
            feature_loss: mean.feature,
            source_accuracy: mean.accuracy,
            lambda,
            validation_accuracy: None,
            seconds: started.elapsed().as_secs_f64(),
        }))
    }
}

fn save_config(folder: &Path, config: &Config) -> anyhow::Result<()> {
    write_beside(&folder.join(CONFIG), &serde_json::to_vec_pretty(config)?)
}

struct Mean {
    domain: f64,
    feature: f64,
    accuracy: f64,
}

/// Reads the sums back: the only place in the loop that waits for the device.
fn mean(sums: &StepOutput, steps: usize, batch: usize) -> Mean {
    let steps = steps as f64;
    Mean {
        domain: f64::from(sums.domain_loss.clone().into_scalar::<f32>()) / steps,
        feature: f64::from(sums.feature_loss.clone().into_scalar::<f32>()) / steps,
        accuracy: sums.hits.clone().into_scalar::<i64>() as f64 / (steps * batch as f64),
    }
}

fn check(mean: &Mean, epoch: u32) -> anyhow::Result<()> {
    ensure!(
        mean.domain.is_finite() && mean.feature.is_finite(),
        "the loss is no longer a number in epoch {epoch}: lower --learning-rate or --lambda"
    );
    Ok(())
}
