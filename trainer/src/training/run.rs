use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
    time::Instant,
};

use anyhow::{Context, ensure};
use burn::tensor::Device;
use indicatif::ProgressBar;
use shared::{
    classes::ClassNames,
    model::{Classifier, FeatureExtractor},
};

use super::{
    Checkpoint, Config, EpochRecord, Mark, Networks, Parallel, StepInput, StepOutput, StepSettings,
    chain::ensure_free, chart::chart, knowledge, log, refinement::follow, schedule::Progress,
    sums::Sums,
};
use crate::{
    data::{Batch, DataSet, Labels, Loader},
    evaluation::{Predictor, Validation},
    json::{read_json, write_json},
    progress, say,
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
    /// Of the pseudo-label stage, without autodiff.
    teacher: Option<Classifier>,
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
        Self::begin(folder, config, classes, device, others)
    }

    fn begin(
        folder: &Path,
        config: Config,
        classes: ClassNames,
        device: Device,
        others: &[Device],
    ) -> anyhow::Result<Self> {
        let mut networks = new_networks(&config, &classes, &device);
        let mut teacher = None;
        if let Some(folder) = &config.pretrained {
            networks.classifier.extractor = pretrained(folder, config.width(), &device)?;
        }
        if let Some(refinement) = &config.refinement {
            networks.classifier = refinement.classifier(&classes, &device)?;
            teacher = Some(refinement.classifier(&classes, &device.clone().inner())?);
        }
        save_config(folder, &config)?;
        Ok(Self {
            folder: folder.to_path_buf(),
            config,
            teacher,
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
        read_json(&folder.join(CONFIG))
            .with_context(|| format!("{} holds no run to go on with", folder.display()))
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
        let Some(place) = Checkpoint::newest(&folder.join(CHECKPOINTS))? else {
            return Self::begin(folder, config, classes, device, others);
        };
        let checkpoint = Checkpoint::read(&place)?;
        ensure!(
            checkpoint.classes == classes,
            "{} was trained on the classes {}, the data has {}: give the data it was trained on",
            folder.display(),
            checkpoint.classes.names().join(", "),
            classes.names().join(", ")
        );
        let networks = new_networks(&config, &classes, &device);
        let mut networks = Checkpoint::load_networks(&place, networks, &device)?;
        let teacher = config.refinement.is_some().then(|| {
            let inner = device.clone().inner();
            Checkpoint::load_teacher(&place, networks.for_inference(), &inner)
        });
        save_config(folder, &config)?;
        Ok(Self {
            folder: folder.to_path_buf(),
            config,
            teacher: teacher.transpose()?,
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

    /// Writes down which device trains from now on, by kind and name.
    pub fn trained_on(&mut self, device: &str) {
        let devices = &mut self.checkpoint.devices;
        if !devices.iter().any(|known| known == device) {
            devices.push(device.to_owned());
        }
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
        let labels = self.labels(data)?;
        let steps = loader.batches_per_epoch();
        say!(
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
            // Before the checkpoint: whoever goes on from that finds the epoch marked.
            let mark = self.mark(record.epoch, data, labels.as_ref())?;
            self.checkpoint.history.push(record);
            self.checkpoint.save(
                &self.folder.join(CHECKPOINTS),
                &self.networks,
                self.teacher.as_ref(),
            )?;
            log::write_log(&self.folder, self.history())?;
            bar.suspend(|| {
                say!("{}", record.line());
                if let Some(mark) = mark {
                    say!("{}", mark.line());
                }
            });
        }
        bar.finish();
        Ok(Ending::Finished)
    }

    /// The classifier as it is now, for inference.
    pub fn predictor(&self) -> Predictor {
        Predictor::new(self.networks.for_inference(), self.device.clone().inner())
    }

    /// The labels that marked epochs are scored with, where some were given.
    fn labels(&self, data: &DataSet) -> anyhow::Result<Option<Labels>> {
        let file = self.config.labels.as_deref();
        let read = |file| Labels::read(file, &data.doodles.ids, &data.classes);
        Ok(file.map(read).transpose()?)
    }

    /// Marks an epoch that was just trained, where it is to be.
    fn mark(
        &self,
        epoch: u32,
        data: &DataSet,
        labels: Option<&Labels>,
    ) -> anyhow::Result<Option<Mark>> {
        if !self.config.marks().include(epoch, self.config.epochs()) {
            return Ok(None);
        }
        let predictor = self.predictor().with_copies(self.config.tta);
        let classifier = &self.networks.classifier;
        let doodles = &data.doodles;
        let classes = &data.classes;
        Mark::make(
            &self.folder,
            epoch,
            classes,
            doodles,
            labels,
            classifier,
            &predictor,
        )
        .map(Some)
    }

    /// What this run's teachers make of the doodles, where it has teachers.
    fn taught(&self, data: &DataSet) -> anyhow::Result<Option<SoftLabels>> {
        if !self.config.is_taught() {
            return Ok(None);
        }
        let device = self.device.clone().inner();
        let load = |option: &str, folders: &[PathBuf]| -> anyhow::Result<Vec<Classifier>> {
            let load = |folder: &PathBuf| {
                let (classifier, metadata) = knowledge(folder, &device)
                    .with_context(|| format!("--{option} {} cannot teach", folder.display()))?;
                ensure!(
                    metadata.classes == data.classes,
                    "--{option} {} knows the classes {}, the data has {}: give runs of the data's classes",
                    folder.display(),
                    metadata.classes.names().join(", "),
                    data.classes.names().join(", ")
                );
                Ok(classifier)
            };
            folders.iter().map(load).collect()
        };
        let teachers = load("teacher", &self.config.teacher)?;
        let neighbours = load("neighbours", &self.config.neighbours)?;
        let doodles = &data.doodles.pictures;
        let looks = doodles.len() * (teachers.len() + neighbours.len());
        let bar = progress::bar(looks as u64, 0, "doodles");
        bar.set_message("asking the teachers");
        let labels = SoftLabels::from_teachers(
            &teachers,
            self.config.distil_labels,
            &neighbours,
            doodles,
            &device,
            |more| bar.inc(more as u64),
        );
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
            sums.add(self.learn(&settings, batch)?);
            if (step + 1) % STEPS_PER_LOOK == 0 {
                let means = sums.means(self.config.batch(), epoch)?;
                let domain = means.domain.map(|loss| format!("D {loss:.3} "));
                bar.set_message(format!(
                    "{}F {:.3}{}",
                    domain.unwrap_or_default(),
                    means.feature,
                    chart(self.history())
                ));
            }
            bar.inc(1);
        }
        if let (Some(teacher), Some(refinement)) = (self.teacher.take(), &self.config.refinement) {
            let student = &self.networks.classifier;
            self.teacher = Some(follow(teacher, student, refinement.momentum));
        }
        let means = sums.means(self.config.batch(), epoch)?;
        Ok(Some(EpochRecord {
            epoch,
            domain_loss: means.domain,
            feature_loss: means.feature,
            source_accuracy: means.accuracy,
            lambda: means.domain.is_some().then_some(lambda),
            used_rate: means.used,
            validation_accuracy: None,
            seconds: started.elapsed().as_secs_f64(),
        }))
    }

    /// One step, on each device.
    fn learn(&mut self, settings: &StepSettings, batch: Batch) -> anyhow::Result<Vec<StepOutput>> {
        let Some(teacher) = &self.teacher else {
            return self.parallel.step(&mut self.networks, settings, batch);
        };
        let size = batch.labels.len();
        let input = StepInput::upload(batch, size, &self.device);
        Ok(vec![self.networks.refine(teacher, settings, input)])
    }
}

fn new_networks(config: &Config, classes: &ClassNames, device: &Device) -> Networks {
    let networks = Networks::new(classes.len(), config.width(), config.seed, device);
    if config.is_contrasted() {
        networks.with_projection(config.width(), device)
    } else {
        networks
    }
}

/// The feature extractor of a finished run, to begin with.
fn pretrained(folder: &Path, width: usize, device: &Device) -> anyhow::Result<FeatureExtractor> {
    let (classifier, metadata) = knowledge(folder, device)
        .with_context(|| format!("--pretrained {} cannot be begun with", folder.display()))?;
    ensure!(
        metadata.width == width,
        "--pretrained {} has --width {}, this run {width}: give both the same",
        folder.display(),
        metadata.width,
    );
    Ok(classifier.extractor)
}

fn save_config(folder: &Path, config: &Config) -> anyhow::Result<()> {
    write_json(&folder.join(CONFIG), config)
}
