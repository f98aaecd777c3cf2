mod start;

use std::{
    path::PathBuf,
    sync::atomic::{AtomicBool, Ordering},
    time::Instant,
};

use anyhow::{Context, ensure};
use burn::tensor::Device;
use shared::dann::LossName;
use shared::model::Classifier;

pub(super) use start::new_networks;

use super::{
    Checkpoint, EpochRecord, Manifest, RunFolder, Snapshot, epoch_averages::RunningAverages,
    event_file::EventFile, load_model::load_teacher,
};
use crate::{
    data::{Batch, DataSet, Labels, Loader},
    distillation::SoftLabels,
    evaluation::{Predictor, Validation},
    training::{
        CheckedStage, Ending, Extent, Networks, Observer, Parallel, Progress, StepOutput,
        StepSettings, Warning, step::follow,
    },
};

/// Steps between two readings of the losses; each waits for the device.
const STEPS_PER_LOOK: usize = 10;

/// A training run and its folder.
pub struct Run {
    folder: RunFolder,
    /// Its configuration, resolved.
    pub config: CheckedStage,
    /// The networks, on the first device, with autodiff.
    pub networks: Networks,
    /// Of the pseudo-label stage, without autodiff.
    teacher: Option<Classifier>,
    checkpoint: Checkpoint,
    /// None where it resumes a run of format 0.
    manifest: Option<Manifest>,
    device: Device,
    parallel: Parallel,
}

impl Run {
    /// Its folder.
    pub fn folder(&self) -> &RunFolder {
        &self.folder
    }

    /// Epochs of the newest checkpoint on disk; 0 where it cannot be read.
    pub fn epochs_on_disk(&self) -> u32 {
        self.folder.epochs_done().unwrap_or_default()
    }

    /// Epochs trained so far.
    pub fn epochs(&self) -> u32 {
        self.checkpoint.epochs()
    }

    /// The log so far, one record an epoch.
    pub fn history(&self) -> &[EpochRecord] {
        &self.checkpoint.history
    }

    /// Records the device that trains from now on, by kind and name.
    pub fn trained_on(&mut self, device: &str) {
        let devices = &mut self.checkpoint.devices;
        if !devices.iter().any(|known| known == device) {
            devices.push(device.to_owned());
        }
    }

    /// Trains the remaining epochs, with a checkpoint after each, until all are done or `stop` is set.
    ///
    /// # Errors
    /// When a loss is no longer a number, or the folder cannot be written.
    pub fn train(
        &mut self,
        data: &DataSet,
        stop: &AtomicBool,
        observer: &dyn Observer,
    ) -> anyhow::Result<Ending> {
        if self.epochs() == self.config.epochs() {
            return Ok(Ending::Finished);
        }
        let held_out = match &self.manifest {
            Some(manifest) => manifest.held_out_photos(),
            None => data.photos.held_out(self.config.data.validation),
        };
        let (photos, held_out) = data.photos.split_by(&held_out);
        let validation = Validation::new(&held_out, self.config.data.source_transform);
        let loader = Loader::new(&photos, &data.doodles, self.config.batches())?;
        let soft_labels = self.soft_labels(data, observer)?;
        let labels = self.labels(data, observer);
        observer.begin(&Extent {
            photos: photos.pictures.len(),
            doodles: match self.config.objective.reads_doodles() {
                true => data.doodles.pictures.len(),
                false => 0,
            },
            batch: self.config.batch(),
            steps: loader.batches_per_epoch(),
            epochs: self.config.epochs(),
            done: self.epochs(),
        });
        let events = self.folder.event_file();
        let is_wanted = self.config.evaluation.tensorboard;
        let mut events = is_wanted
            .then(|| EventFile::open(&events, self.history()))
            .transpose()?;
        while self.epochs() < self.config.epochs() {
            let Some(mut record) = self.epoch(&loader, soft_labels.as_ref(), stop, observer)?
            else {
                // A graphics card's driver panics if the program ends while the card still computes.
                self.device.sync()?;
                observer.end(Ending::Stopped);
                return Ok(Ending::Stopped);
            };
            // Before anything of this epoch is kept.
            self.networks
                .ensure_finite(self.teacher.as_ref(), record.epoch)?;
            record.validation_accuracy = validation.accuracy(&self.predictor());
            // Both before the checkpoint: whoever resumes from that finds the epoch in the log, and its snapshot.
            let snapshot = self.snapshot(record.epoch, data, labels.as_ref())?;
            self.checkpoint.history.push(record);
            self.folder.write_log(self.history())?;
            self.checkpoint.save(
                &self.folder.checkpoints(),
                &self.networks,
                self.teacher.as_ref(),
            )?;
            if let Some(record) = self.history().last() {
                if let Some(events) = &mut events {
                    events.add(record)?;
                }
                observer.epoch(record, snapshot.as_ref());
            }
        }
        observer.end(Ending::Finished);
        Ok(Ending::Finished)
    }

    /// The current classifier, for inference.
    pub fn predictor(&self) -> Predictor {
        Predictor::new(self.networks.for_inference(), self.device.clone().inner())
    }

    /// The labels that snapshots are scored with, where some were given. If a resumed run can no longer read them, it continues
    /// without: they decide nothing.
    fn labels(&self, data: &DataSet, observer: &dyn Observer) -> Option<Labels> {
        let file = self.config.evaluation.labels.as_deref()?;
        let labels = Labels::read(file, &data.doodles, &data.classes);
        labels
            .inspect_err(|error| observer.warning(&Warning::LabelsUnreadable(error)))
            .ok()
    }

    /// Takes a snapshot of the epoch that was just trained, where one is due.
    fn snapshot(
        &self,
        epoch: u32,
        data: &DataSet,
        labels: Option<&Labels>,
    ) -> anyhow::Result<Option<Snapshot>> {
        if !self
            .config
            .snapshot_epochs()
            .include(epoch, self.config.epochs())
        {
            return Ok(None);
        }
        let predictor = self.predictor().with_tta_copies(self.config.tta());
        let classifier = &self.networks.classifier;
        let doodles = &data.doodles;
        let classes = &data.classes;
        Snapshot::make(
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

    /// The soft labels that this run is distilled from, where it has teachers. They are computed before the first epoch and read from
    /// the folder afterwards, so that the teachers may change or be deleted.
    fn soft_labels(
        &self,
        data: &DataSet,
        observer: &dyn Observer,
    ) -> anyhow::Result<Option<SoftLabels>> {
        let Some(distillation) = self.config.objective.distillation() else {
            return Ok(None);
        };
        let name = self.folder.path().display();
        if let Some(labels) = self.folder.soft_labels()? {
            let expected = data.doodles.pictures.len() * data.classes.len();
            ensure!(
                labels.values().len() == expected && labels.classes() == data.classes.len(),
                "{name}: its soft labels are not of its doodles and classes: put back a copy of the file, or start the run anew"
            );
            return Ok(Some(labels));
        }
        ensure!(
            self.epochs() == 0 || self.folder.is_of_format_0(),
            "{name} lacks the soft labels that it was distilled from: put back a copy of the file, or start the run anew"
        );
        let device = self.device.clone().inner();
        let load = |folder: &PathBuf| {
            let teacher = load_teacher(folder, &device);
            let teacher = teacher
                .with_context(|| format!("--teacher {} cannot be used", folder.display()))?;
            Ok(teacher.0)
        };
        let teachers = distillation.teacher.iter().map(load);
        let teachers = teachers.collect::<anyhow::Result<Vec<Classifier>>>()?;
        let doodles = &data.doodles.pictures;
        let total = doodles.len() * teachers.len();
        let copies = distillation.soft_label_copies;
        let labels = SoftLabels::from_teachers(&teachers, doodles, copies, &device, |more| {
            observer.soft_labels(more, total)
        });
        self.folder.save_soft_labels(&labels)?;
        Ok(Some(labels))
    }

    /// One epoch, or nothing when it was stopped in between.
    fn epoch(
        &mut self,
        loader: &Loader,
        soft_labels: Option<&SoftLabels>,
        stop: &AtomicBool,
        observer: &dyn Observer,
    ) -> anyhow::Result<Option<EpochRecord>> {
        let started = Instant::now();
        let (epoch, steps) = (self.epochs(), loader.batches_per_epoch());
        let mut running = RunningAverages::default();
        let (mut lambda, mut learning_rate) = (0.0, 0.0);
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
            (lambda, learning_rate) = (settings.lambda, settings.learning_rate);
            batch.soft_targets = soft_labels.map(|labels| labels.of(&batch.target_places));
            running.add(self.learn(&settings, batch)?);
            if (step + 1) % STEPS_PER_LOOK == 0 {
                let averages = running.averages(self.config.batch(), epoch)?;
                observer.losses(averages.domain, averages.feature, self.history());
            }
            observer.step();
        }
        if let (Some(teacher), Some(refinement)) =
            (self.teacher.take(), self.config.objective.refinement())
        {
            let student = &self.networks.classifier;
            self.teacher = Some(follow(teacher, student, refinement.momentum));
        }
        let averages = running.averages(self.config.batch(), epoch)?;
        let seconds = started.elapsed().as_secs_f64();
        let domains = 1 + usize::from(self.config.objective.reads_doodles());
        let pictures = (domains * self.config.batch() * steps) as f64;
        Ok(Some(EpochRecord {
            epoch,
            domain_loss: averages.domain,
            feature_loss: averages.feature,
            source_accuracy: averages.accuracy,
            lambda: averages.domain.is_some().then_some(lambda),
            used_rate: averages.used,
            validation_accuracy: None,
            seconds,
            class_loss: averages.loss(LossName::Class),
            confusion_loss: averages.loss(LossName::Confusion),
            information_maximisation_loss: averages.loss(LossName::InformationMaximisation),
            consistency_loss: averages.loss(LossName::Consistency),
            distillation_loss: averages.loss(LossName::Distillation),
            pseudo_label_loss: averages.loss(LossName::PseudoLabel),
            domain_accuracy: averages.domain_accuracy,
            gradient_norm: averages.gradient_norm,
            learning_rate: Some(learning_rate),
            pictures_per_second: (seconds > 0.0).then(|| pictures / seconds),
        }))
    }

    /// One step, on each device.
    fn learn(&mut self, settings: &StepSettings, batch: Batch) -> anyhow::Result<Vec<StepOutput>> {
        let Some(teacher) = &self.teacher else {
            return self.parallel.step(&mut self.networks, settings, batch);
        };
        let size = batch.labels.len();
        let input = batch.upload(size, &self.device);
        Ok(vec![self.networks.refine(teacher, settings, input)])
    }
}
