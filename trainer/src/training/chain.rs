//! Stages one after another, each a run in a folder of its own.

use std::path::{Path, PathBuf};

use anyhow::ensure;

use super::{Config, Run, Stage, holds_knowledge};
use crate::json::{read_json, write_json};

/// Where a chain keeps its stages.
const STAGES: &str = "stages.json";

/// The stages of a recipe and the folder that they are trained in.
pub struct Chain {
    folder: PathBuf,
    stages: Vec<Stage>,
}

impl Chain {
    /// Writes down what is to be trained in a folder that holds nothing yet.
    ///
    /// Teachers and neighbours that are named for earlier stages become those stages' folders.
    ///
    /// # Errors
    /// Where the folder already holds a run or stages, one of those is neither an earlier stage nor a run, or the folder
    /// cannot be written.
    pub fn start(folder: &Path, mut stages: Vec<Stage>) -> anyhow::Result<Self> {
        ensure_free(folder)?;
        let folder = std::path::absolute(folder)?;
        let names: Vec<String> = stages.iter().map(|stage| stage.name.clone()).collect();
        for (number, stage) in stages.iter_mut().enumerate() {
            for run in stage.config.runs_before_mut() {
                let earlier = names[..number]
                    .iter()
                    .position(|name| Path::new(name) == run);
                *run = match earlier {
                    Some(earlier) => place(&folder, earlier, &names[earlier]),
                    None => std::path::absolute(&*run)?,
                };
                // Now, not after hours of training the stages before.
                ensure!(
                    earlier.is_some() || holds_knowledge(run),
                    "stage {}: {} is neither an earlier stage, a run's folder nor a weights file",
                    stage.name,
                    run.display()
                );
            }
        }
        write_json(&folder.join(STAGES), &stages)?;
        Ok(Self { folder, stages })
    }

    /// The stages that a folder was started with.
    ///
    /// # Errors
    /// Where there are none, or they cannot be read.
    pub fn open(folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join(STAGES);
        let stages: Vec<Stage> = read_json(&path)?;
        ensure!(!stages.is_empty(), "{} names no stage", path.display());
        Ok(Self {
            folder: std::path::absolute(folder)?,
            stages,
        })
    }

    /// Each stage's folder and what it trains, in order.
    pub fn stages(&self) -> impl ExactSizeIterator<Item = (PathBuf, &Config)> {
        let stages = self.stages.iter().enumerate();
        stages.map(|(number, stage)| (place(&self.folder, number, &stage.name), &stage.config))
    }

    /// The folder of the last stage, whose classifier is the chain's.
    fn last(&self) -> Option<PathBuf> {
        self.stages().last().map(|(folder, _)| folder)
    }
}

/// Whether stages were started in a folder.
pub fn is_chain(folder: &Path) -> bool {
    folder.join(STAGES).is_file()
}

/// Whether a folder holds a run, or stages.
pub fn holds_run(folder: &Path) -> bool {
    Run::exists(folder) || is_chain(folder)
}

/// Refuses a folder that holds a run, or stages, already.
pub(super) fn ensure_free(folder: &Path) -> anyhow::Result<()> {
    ensure!(
        !holds_run(folder),
        "{0} already holds a run: go on with `--resume --run {0}`, or give another --run",
        folder.display()
    );
    Ok(())
}

/// The run that a folder stands for: itself, or the last of its stages.
///
/// # Errors
/// Where its stages cannot be read.
pub fn run_of(folder: &Path) -> anyhow::Result<PathBuf> {
    if !is_chain(folder) {
        return Ok(folder.to_owned());
    }
    Ok(Chain::open(folder)?
        .last()
        .unwrap_or_else(|| folder.to_owned()))
}

fn place(folder: &Path, number: usize, name: &str) -> PathBuf {
    folder.join(format!("{}-{name}", number + 1))
}
