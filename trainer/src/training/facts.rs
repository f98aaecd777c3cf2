use std::path::{Path, PathBuf};

use shared::classes::ClassNames;

use super::{
    Checkpoint, Config, EpochRecord, Mark, Run,
    chain::run_of,
    learned::{name, newest_place},
};

/// What a run's folder says about the run.
pub struct Facts {
    /// The folder; of several stages, that of the last.
    pub folder: PathBuf,
    /// What was asked for.
    pub config: Config,
    /// Names of the classes.
    pub classes: ClassNames,
    /// The log up to the newest checkpoint.
    pub history: Vec<EpochRecord>,
    /// The devices it was trained on, by kind and name.
    pub devices: Vec<String>,
    /// Its marked epochs, in order.
    pub marks: Vec<Mark>,
}

impl Facts {
    /// Reads them.
    ///
    /// # Errors
    /// When the folder holds no run, no epoch of it is finished, or its files are damaged.
    pub fn read(folder: &Path) -> anyhow::Result<Self> {
        let folder = run_of(folder)?;
        let config = Run::config(&folder)?;
        let checkpoint = Checkpoint::read(&newest_place(&folder)?)?;
        Ok(Self {
            config,
            marks: Mark::all(&folder)?,
            classes: checkpoint.classes,
            history: checkpoint.history,
            devices: checkpoint.devices,
            folder,
        })
    }

    /// What the folder is called.
    pub fn name(&self) -> String {
        name(&self.folder)
    }
}
