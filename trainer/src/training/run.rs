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
    Checkpoint, Config, EpochRecord, Networks, Parallel, chain::ensure_free, learned, log,
    schedule::Progress, sums::Sums,
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
    /// Networks as they are now, on the first device, with autodiff.
    pub networks: Networks,
    checkpoint: Checkpoint,
    device: Device,
    parallel: Parallel,
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
    /// Starts a run in a folder that holds none yet, on one device or, with others, on several CUDA cards. All must
    /// have autodiff.
    ///
    /// # Errors
    /// When the folder already holds a run, or cannot be written.
    pub fn start(
        folder: &Path,
        config: Config,
        classes: ClassNames,
        device: Device,
        others: &[Device],
    ) -> anyhow::Result<Self> {
        ensure_free(folder)?;
        save_config(folder, &config)?;
        let mut networks = Networks::new(classes.len(), config.width(), config.seed, &device);
        Ok(Self {
            folder: folder.to_path_buf(),
            config,
            checkpoint: Checkpoint::new(classes),
            parallel: Parallel::new(&mut networks, device.clone(), others),
            device,
            networks,
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
    /// `config` is the run's own, but for a later end or other devices.
    ///
    /// # Errors
    /// When the checkpoint is damaged or of other classes, or the folder cannot be written.
    pub fn resume(
        folder: &Path,
        config: Config,
        classes: ClassNames,
        device: Device,
        others: &[Device],
    ) -> anyhow::Result<Self> {
        let networks = Networks::new(classes.len(), config.width(), config.seed, &device);
        let (checkpoint, mut networks) = match Checkpoint::newest(&folder.join(CHECKPOINTS))? {
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
            checkpoint,
            parallel: Parallel::new(&mut networks, device.clone(), others),
            device,
            networks,
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
            log::write_log(&self.folder, self.history())?;
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
        let mut sums = Sums::default();
        let mut lambda = 0.0;
        for (step, mut batch) in loader.epoch(u64::from(epoch)).enumerate() {
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
            batch.taught = taught.map(|labels| labels.of(&batch.target_places));
            let outputs = self.parallel.step(&mut self.networks, &settings, batch)?;
            sums.add(outputs);
            if (step + 1) % STEPS_PER_LOOK == 0 {
                let means = sums.means(self.config.batch(), epoch)?;
                bar.set_message(format!("D {:.3} F {:.3}", means.domain, means.feature));
            }
            bar.inc(1);
        }
        let means = sums.means(self.config.batch(), epoch)?;
        Ok(Some(EpochRecord {
            epoch,
            domain_loss: means.domain,
            feature_loss: means.feature,
            source_accuracy: means.accuracy,
            lambda,
            validation_accuracy: None,
            seconds: started.elapsed().as_secs_f64(),
        }))
    }
}

fn save_config(folder: &Path, config: &Config) -> anyhow::Result<()> {
    write_beside(&folder.join(CONFIG), &serde_json::to_vec_pretty(config)?)
}
