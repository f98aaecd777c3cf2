//! What a folder holds, by the files in it.

use std::path::Path;

/// The configuration of a run.
pub(super) const CONFIG: &str = "config.json";
/// The stages of a pipeline.
pub(in crate::training::run) const STAGES: &str = "stages.json";

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
