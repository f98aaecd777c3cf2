use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::Context;
use jiff::Timestamp;

use super::{CONFIG, RunFolder, STAGES, holds_run, is_run};
use crate::{date, training::Pipeline};

/// The folders right below a folder that hold a run or the stages of a recipe, by their names; other files and folders are passed over.
///
/// # Errors
/// When the folder cannot be read.
pub fn runs_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?;
    let mut folders: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| holds_run(path))
        .collect();
    folders.sort();
    Ok(folders)
}

/// The unfinished run below a folder that was trained last: by the time of its last checkpoint or, where it has none, of its start.
///
/// Folders whose run cannot be read are passed over, as long as there is another.
///
/// # Errors
/// When there is none.
pub fn newest_unfinished(runs: &Path) -> anyhow::Result<PathBuf> {
    let nothing = || format!("no run under {} to resume: give --run", runs.display());
    let folders = runs_in(runs).with_context(nothing)?;
    let count = folders.len();
    let mut unreadable = None;
    let newest = folders
        .into_iter()
        .filter_map(|path| match unfinished_since(&path) {
            Ok(since) => Some((since?, path)),
            Err(error) => {
                unreadable = Some(error.context(format!(
                    "of the {count} runs under {} those that can be read are finished, and {} cannot",
                    runs.display(),
                    path.display()
                )));
                None
            }
        })
        .max();
    if let (None, Some(error)) = (&newest, unreadable) {
        return Err(error);
    }
    newest.map(|(_, path)| path).with_context(|| match count {
        0 => nothing(),
        _ => format!(
            "all {count} runs under {} are finished: give --run, with --epochs to train one further",
            runs.display()
        ),
    })
}

/// When an unfinished run, or one of the stages of an unfinished recipe, was last trained; none where all is done.
fn unfinished_since(path: &Path) -> anyhow::Result<Option<Timestamp>> {
    if is_run(path) {
        return run(path);
    }
    let pipeline = Pipeline::open(path)?;
    let mut last = modified(&path.join(STAGES))?;
    for (place, _) in pipeline.stages() {
        if !is_run(&place) {
            return Ok(Some(last));
        }
        match run(&place)? {
            Some(time) => return Ok(Some(time.max(last))),
            None => last = last.max(saved(&RunFolder::open(&place)?)?),
        }
    }
    Ok(None)
}

fn run(path: &Path) -> anyhow::Result<Option<Timestamp>> {
    let folder = RunFolder::open(path)?;
    let is_finished = folder.epochs_done()? >= folder.config()?.epochs();
    (!is_finished).then(|| saved(&folder)).transpose()
}

/// The time of the last checkpoint, or of the start.
fn saved(folder: &RunFolder) -> anyhow::Result<Timestamp> {
    let Some(checkpoint) = folder.checkpoint_to_resume()? else {
        return modified(&folder.path().join(CONFIG));
    };
    match checkpoint.saved {
        Some(time) => Ok(time),
        // Those of earlier versions have none.
        None => modified(&folder.checkpoints()),
    }
}

fn modified(path: &Path) -> anyhow::Result<Timestamp> {
    let time = fs::metadata(path).and_then(|metadata| metadata.modified());
    let time = time.with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(date::timestamp_from(time))
}
