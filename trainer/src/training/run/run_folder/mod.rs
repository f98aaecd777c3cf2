//! A run's folder: its layout, its format, and the lock for writing.

mod contents;
mod manifest;
mod newest;
mod soft_labels;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail, ensure};
use files::{FileError, Lock};
use serde_json::Value;

use super::{Checkpoint, EpochRecord};
use crate::{
    absolute::absolute,
    date,
    distillation::SoftLabels,
    json::{read_json, write_json},
    training::{CheckedStage, Stage},
};
pub(super) use contents::STAGES;
use contents::{
    CHECKPOINTS, CONFIG, EMBEDDINGS, EVENT_FILE, INFO, Info, LOCK, LOG, MANIFEST, OLD_SNAPSHOTS,
    SNAPSHOTS, SOFT_LABELS,
};
pub use contents::{ensure_free, holds_run, is_pipeline, is_run, run_that_owns};
pub use manifest::{DataChanged, Manifest};
pub use newest::{newest_unfinished, runs_in};

/// The format of what this program writes. Runs of format 0 have no `run.json`, no manifest and no stored soft labels. Students of formats
/// before 2 were trained by other losses.
const FORMAT: u32 = 2;

/// The folder of one run, or of the stages of a recipe. A process that trains in it holds its lock.
#[derive(Debug)]
pub struct RunFolder {
    path: PathBuf,
    format: u32,
    lock: Option<Lock>,
}

impl RunFolder {
    /// Takes a folder for a new run, which is made where it is missing.
    ///
    /// # Errors
    /// When it already holds a run or files with the names of a run's, cannot be written, or another process trains in it.
    pub fn create(path: &Path) -> anyhow::Result<Self> {
        ensure_free(path)?;
        fs::create_dir_all(path).map_err(FileError::at(path))?;
        Self::take(path)
    }

    /// Takes a new folder below `parent`, named for the time, so that two starts never share one.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn create_dated(parent: &Path) -> anyhow::Result<Self> {
        fs::create_dir_all(parent).map_err(FileError::at(parent))?;
        let timestamp = date::timestamp();
        for number in 1_u32.. {
            let name = match number {
                1 => timestamp.clone(),
                number => format!("{timestamp}-{number}"),
            };
            let path = parent.join(name);
            match fs::create_dir(&path) {
                Ok(()) => return Self::take(&path),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(FileError::at(&path)(error).into()),
            }
        }
        bail!(
            "{}: there are too many runs of one second",
            parent.display()
        )
    }

    fn take(path: &Path) -> anyhow::Result<Self> {
        let lock = lock(path)?;
        // Again: another process may have started a run here and ended in between.
        ensure_free(path)?;
        let info = Info {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
        };
        let folder = Self {
            path: absolute(path)?,
            format: FORMAT,
            lock: Some(lock),
        };
        if let Err(error) = write_json(&path.join(INFO), &info) {
            folder.abandon();
            return Err(error);
        }
        Ok(folder)
    }

    /// Removes what was written to a folder in which a run could not be started; other files in it stay.
    pub fn abandon(self) {
        for file in [INFO, CONFIG, MANIFEST, SOFT_LABELS] {
            let _ = fs::remove_file(self.path.join(file));
        }
        if let Some(lock) = self.lock {
            lock.remove();
        }
        // Fails where other files are in it, which stay.
        let _ = fs::remove_dir(&self.path);
    }

    /// Opens a folder to read what a run left in it.
    ///
    /// # Errors
    /// When it holds no run, or one that a newer version of this program wrote.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        ensure!(
            holds_run(path),
            "{} holds no run: give the folder of a run",
            path.display()
        );
        let info = path.join(INFO);
        let format = if info.is_file() {
            read_json::<Info>(&info)?.format
        } else {
            0
        };
        ensure!(
            format <= FORMAT,
            "{} was written by a newer version of this program (format {format}, this one reads {FORMAT}): use that version",
            path.display()
        );
        Ok(Self {
            path: absolute(path)?,
            format,
            lock: None,
        })
    }

    /// Opens a folder to resume the run in it.
    ///
    /// # Errors
    /// As [`open`](Self::open), and when another process trains in it.
    pub fn open_to_write(path: &Path) -> anyhow::Result<Self> {
        let mut folder = Self::open(path)?;
        folder.lock = Some(lock(path)?);
        folder.remove_leftovers()?;
        Ok(folder)
    }

    /// Its absolute path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its name.
    pub fn name(&self) -> String {
        let name = self.path.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    /// Whether it is from before there were manifests.
    pub fn is_of_format_0(&self) -> bool {
        self.format == 0
    }

    /// The configuration of its run.
    ///
    /// # Errors
    /// When it cannot be read, or its sizes are none that can be trained.
    pub fn config(&self) -> anyhow::Result<CheckedStage> {
        let path = self.path.join(CONFIG);
        let stage: Stage = read_json(&path)?;
        let stage = CheckedStage::of_run(stage);
        stage
            .check_sizes()
            .with_context(|| format!("{} was changed", path.display()))?;
        Ok(stage)
    }

    /// Refuses a run that an earlier version was to train by losses that this one does not have.
    ///
    /// # Errors
    /// When it has epochs left, and teachers or the contrastive loss of an earlier version.
    pub(super) fn ensure_known_losses(
        &self,
        done: u32,
        config: &CheckedStage,
    ) -> anyhow::Result<()> {
        if done >= config.epochs() {
            return Ok(());
        }
        self.ensure_known_losses_of(&read_json(&self.path.join(CONFIG))?, config)
    }

    /// Refuses settings, as they are `stored` here, by which an earlier version was to train by losses that this one does not have.
    ///
    /// # Errors
    /// When they have teachers or the contrastive loss of an earlier version.
    pub(super) fn ensure_known_losses_of(
        &self,
        stored: &Value,
        config: &CheckedStage,
    ) -> anyhow::Result<()> {
        let contrast = stored.get("contrast").and_then(Value::as_f64);
        ensure!(
            self.format == FORMAT
                || contrast.unwrap_or_default() == 0.0 && config.objective.distillation().is_none(),
            "{} was begun by an earlier version, and is a student or has a contrastive loss, which this version trains in another way or not \
             at all: start it anew, or finish it with that version, which run.json names",
            self.path.display()
        );
        Ok(())
    }

    /// Replaces the configuration.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save_config(&self, config: &CheckedStage) -> anyhow::Result<()> {
        write_json(&self.path.join(CONFIG), config)
    }

    /// The folder of its checkpoints.
    pub fn checkpoints(&self) -> PathBuf {
        self.path.join(CHECKPOINTS)
    }

    /// The folder of its snapshots. An older run keeps the name that it has there.
    pub fn snapshots(&self) -> PathBuf {
        let old = self.path.join(OLD_SNAPSHOTS);
        if old.is_dir() {
            return old;
        }
        self.path.join(SNAPSHOTS)
    }

    /// The folder of its t-SNE embeddings.
    pub fn embeddings(&self) -> PathBuf {
        self.path.join(EMBEDDINGS)
    }

    /// What its newest checkpoint holds besides the networks, where it has one.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn newest_checkpoint(&self) -> anyhow::Result<Option<Checkpoint>> {
        let newest = Checkpoint::newest(&self.checkpoints())?;
        Ok(newest.map(|place| Checkpoint::read(&place)).transpose()?)
    }

    /// The newest checkpoint that can be read, from which training resumes, without its networks; none before the first.
    ///
    /// # Errors
    /// When there are some and none can be read; it is about the newest.
    pub fn checkpoint_to_resume(&self) -> anyhow::Result<Option<Checkpoint>> {
        let mut first = None;
        for place in Checkpoint::newest_first(&self.checkpoints())? {
            match Checkpoint::read(&place) {
                Ok(checkpoint) => return Ok(Some(checkpoint)),
                Err(error) => first = first.or(Some(error)),
            }
        }
        first.map_or(Ok(None), |error| Err(error.into()))
    }

    /// The epochs that training resumes after; 0 where it has no checkpoint.
    ///
    /// # Errors
    /// When no checkpoint can be read.
    pub fn epochs_done(&self) -> anyhow::Result<u32> {
        let checkpoint = self.checkpoint_to_resume()?;
        Ok(checkpoint.map_or(0, |checkpoint| checkpoint.epochs()))
    }

    /// Writes the whole log as CSV from the checkpoint's history, so that an epoch that was trained twice because of a crash is in it
    /// once.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(super) fn write_log(&self, history: &[EpochRecord]) -> anyhow::Result<()> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for record in history {
            writer.serialize(record)?;
        }
        let bytes = writer.into_inner().context("cannot format the log")?;
        Ok(files::write(&self.path.join(LOG), &bytes)?)
    }

    /// The path of its TensorBoard event file.
    pub(super) fn event_file(&self) -> PathBuf {
        self.path.join(EVENT_FILE)
    }

    /// Which pictures its run has; none in a run of format 0.
    ///
    /// # Errors
    /// When it is missing in a later one, or damaged.
    pub fn manifest(&self) -> anyhow::Result<Option<Manifest>> {
        let path = self.path.join(MANIFEST);
        if self.is_of_format_0() && !path.exists() {
            return Ok(None);
        }
        Manifest::read(&path).map(Some)
    }

    /// Writes which pictures its run has.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn save_manifest(&self, manifest: &Manifest) -> anyhow::Result<()> {
        manifest.write(&self.path.join(MANIFEST))
    }

    /// The soft labels that its student is distilled from, where they were written already.
    ///
    /// # Errors
    /// When they are damaged.
    pub(super) fn soft_labels(&self) -> anyhow::Result<Option<SoftLabels>> {
        soft_labels::read(&self.path.join(SOFT_LABELS))
    }

    /// Stores them, so that the run needs its teachers only once.
    ///
    /// # Errors
    /// When they cannot be written.
    pub(super) fn save_soft_labels(&self, labels: &SoftLabels) -> anyhow::Result<()> {
        soft_labels::write(&self.path.join(SOFT_LABELS), labels)
    }

    /// Removes what a process that was killed left unfinished. Only called under the lock: folders are made by its holder alone.
    fn remove_leftovers(&self) -> anyhow::Result<()> {
        for folder in [self.checkpoints(), self.snapshots()] {
            for path in entries(&folder)? {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let of_format_0 = name.starts_with("epoch-") && name.ends_with(".new");
                if path.is_dir() && (name.starts_with(files::TEMPORARY) || of_format_0) {
                    fs::remove_dir_all(&path).map_err(FileError::at(&path))?;
                }
            }
        }
        let root = self.path.clone();
        for folder in [
            root,
            self.checkpoints(),
            self.snapshots(),
            self.embeddings(),
        ] {
            for path in entries(&folder)? {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                if name.starts_with(files::TEMPORARY) {
                    // Reports, figures and exports are written without the lock.
                    files::remove_abandoned(&path)?;
                }
            }
        }
        Ok(())
    }
}

/// Takes the right to train in a folder.
fn lock(folder: &Path) -> anyhow::Result<Lock> {
    Lock::acquire(&folder.join(LOCK))?.with_context(|| {
        format!(
            "{} is in use by another process: wait until that has ended, or give another --run",
            folder.display()
        )
    })
}

/// The paths in a folder; none where it is missing.
fn entries(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let unreadable = || format!("{} cannot be read", folder.display());
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.with_context(unreadable)?,
    };
    let paths: io::Result<Vec<_>> = entries.map(|entry| Ok(entry?.path())).collect();
    paths.with_context(unreadable)
}

#[cfg(test)]
mod tests;
