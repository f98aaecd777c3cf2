use std::path::Path;

use anyhow::Context;
use shared::classes::ClassNames;

use super::{EpochRecord, RunFolder, Snapshot, run_of};
use crate::training::CheckedStage;

/// Configuration, log and snapshots of a run, read from its folder.
pub struct RunInfo {
    /// The folder; of several stages, that of the last.
    pub folder: RunFolder,
    /// The resolved configuration.
    pub config: CheckedStage,
    /// Names of the classes.
    pub classes: ClassNames,
    /// The log up to the newest checkpoint.
    pub history: Vec<EpochRecord>,
    /// The devices it was trained on, by kind and name.
    pub devices: Vec<String>,
    /// Its snapshots, in order.
    pub snapshots: Vec<Snapshot>,
}

impl RunInfo {
    /// Reads them.
    ///
    /// # Errors
    /// When the folder holds no run, no epoch of it is finished, or its files are damaged.
    pub fn read(folder: &Path) -> anyhow::Result<Self> {
        let folder = RunFolder::open(&run_of(folder)?)?;
        let checkpoint = folder
            .newest_checkpoint()?
            .with_context(|| no_epoch(&folder))?;
        Ok(Self {
            config: folder.config()?,
            snapshots: Snapshot::all(&folder)?,
            classes: checkpoint.classes,
            history: checkpoint.history,
            devices: checkpoint.devices,
            folder,
        })
    }

    /// What the folder is called.
    pub fn name(&self) -> String {
        self.folder.name()
    }
}

/// The error for a run without a checkpoint.
pub(super) fn no_epoch(folder: &RunFolder) -> String {
    format!(
        "{0} has no completed epoch yet: train it with `trainer train --resume --run {0}`",
        folder.path().display()
    )
}
