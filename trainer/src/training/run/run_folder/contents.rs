//! The names in a run's folder, and what a folder holds by them.

use std::path::{Component, Path};

use anyhow::{bail, ensure};
use serde::{Deserialize, Serialize};

use crate::json::read_json;

/// The configuration of a run.
pub(super) const CONFIG: &str = "config.json";
/// The stages of a pipeline.
pub(in crate::training::run) const STAGES: &str = "stages.json";

/// The format.
pub(super) const INFO: &str = "run.json";
/// The log, one line an epoch.
pub(super) const LOG: &str = "log.csv";
/// Networks and optimisers after an epoch.
pub(super) const CHECKPOINTS: &str = "checkpoints";
/// Submission, classifier and criteria at some epochs.
pub(super) const SNAPSHOTS: &str = "snapshots";
/// Where runs of earlier versions have them.
pub(super) const OLD_SNAPSHOTS: &str = "marks";
/// t-SNE embeddings of the snapshots.
pub(super) const EMBEDDINGS: &str = "tsne";
/// The folder of TensorBoard's event file.
const TENSORBOARD: &str = "tensorboard";
/// That file. TensorBoard looks for `tfevents` in a name.
pub(super) const EVENT_FILE: &str = "tensorboard/events.out.tfevents.edgewise";
/// The file that is locked. It stays: only the lock on it counts, which ends with the process.
pub(super) const LOCK: &str = ".lock";
/// The run's pictures with their roles.
pub(super) const MANIFEST: &str = "manifest.csv";
/// The soft labels of a student.
pub(super) const SOFT_LABELS: &str = "soft_labels.safetensors";

/// What training writes besides the settings: it belongs to a run, and a new run would overwrite it.
const WRITTEN: [&str; 6] = [
    LOG,
    CHECKPOINTS,
    SNAPSHOTS,
    OLD_SNAPSHOTS,
    MANIFEST,
    SOFT_LABELS,
];

/// What `run.json` holds.
#[derive(Serialize, Deserialize)]
pub(super) struct Info {
    /// The format of what is in the folder.
    pub format: u32,
    /// The version of this program that started it.
    pub program: String,
}

/// Whether a folder holds a run, or the stages of a recipe.
pub fn holds_run(folder: &Path) -> bool {
    is_run(folder) || is_pipeline(folder)
}

/// Whether a folder holds a single run.
pub fn is_run(folder: &Path) -> bool {
    folder.join(CONFIG).is_file()
}

/// Whether a folder holds a pipeline.
pub fn is_pipeline(folder: &Path) -> bool {
    folder.join(STAGES).is_file()
}

/// The folder of the run, if there is one, that a file belongs to: whose settings, log, pictures, soft labels, checkpoints or snapshots
/// it is part of. What is made of a run, such as its report, does not belong to it.
pub fn run_that_owns(file: &Path) -> Option<&Path> {
    let is_part = |name: &Component<'_>| {
        let parts = [INFO, CONFIG, STAGES, TENSORBOARD, LOCK];
        let mut parts = parts.iter().chain(&WRITTEN);
        parts.any(|part| *name == Component::Normal(part.as_ref()))
    };
    file.ancestors().skip(1).find(|folder| {
        let below = file.strip_prefix(folder).ok();
        let first = below.and_then(|below| below.components().next());
        holds_run(folder) && first.is_some_and(|name| is_part(&name))
    })
}

/// Refuses a folder that holds a run already, or what a run would overwrite.
pub fn ensure_free(folder: &Path) -> anyhow::Result<()> {
    ensure!(
        !holds_run(folder),
        "{0} already holds a run: resume it with `trainer train --resume --run {0}`, or give another --run",
        folder.display()
    );
    let mut ours = WRITTEN.iter().chain(&[EVENT_FILE, EMBEDDINGS]);
    if let Some(name) = ours.find(|name| folder.join(name).exists()) {
        bail!(
            "{} holds {name}, which a run would overwrite: give another --run, or move it away",
            folder.display()
        );
    }
    // One of ours is left where a start was cut off.
    let info = folder.join(INFO);
    ensure!(
        !info.exists() || read_json::<Info>(&info).is_ok(),
        "{} holds another {INFO}, which a run would overwrite: give another --run, or move it away",
        folder.display()
    );
    Ok(())
}
