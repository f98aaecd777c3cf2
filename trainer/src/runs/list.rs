//! The runs in a folder.

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use serde::Serialize;

use super::Summary;
use crate::training::{Pipeline, is_pipeline, is_run, runs_in};

/// What a folder among others holds.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Listed {
    /// A single run.
    Run(Box<Summary>),
    /// The stages of a recipe.
    Recipe {
        /// The folder that holds the stages' folders.
        folder: PathBuf,
        /// How many stages it is to have.
        stages: usize,
        /// Those that were started, in order.
        started: Vec<Summary>,
    },
    /// A run that cannot be read.
    Unreadable {
        /// Its folder.
        folder: PathBuf,
        /// Why.
        reason: String,
    },
}

/// The runs in `folder`, by their names; other files and folders in it are passed over.
///
/// # Errors
/// Where the folder cannot be read or holds no run.
pub fn list(folder: &Path) -> anyhow::Result<Vec<Listed>> {
    let folders = runs_in(folder).with_context(|| {
        format!(
            "{} cannot be read: give the folder that holds your runs with --in",
            folder.display()
        )
    })?;
    ensure!(
        !folders.is_empty(),
        "{} holds no run: give the folder that holds your runs with --in, or train one with `trainer train`",
        folder.display()
    );
    let listed = folders.into_iter().map(|folder| {
        read(&folder).unwrap_or_else(|error| Listed::Unreadable {
            reason: format!("{error:#}"),
            folder,
        })
    });
    Ok(listed.collect())
}

fn read(folder: &Path) -> anyhow::Result<Listed> {
    if !is_pipeline(folder) {
        return Ok(Listed::Run(Box::new(Summary::read(folder)?)));
    }
    let pipeline = Pipeline::open(folder)?;
    let stages = pipeline.stages();
    Ok(Listed::Recipe {
        folder: folder.to_owned(),
        stages: stages.len(),
        started: stages
            .map(|(place, _)| place)
            .filter(|place| is_run(place))
            .map(|place| Summary::read(&place))
            .collect::<anyhow::Result<_>>()?,
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_folder_without_runs_is_refused_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("notes.txt"), "mine").unwrap();
        let error = list(folder.path()).unwrap_err().to_string();
        assert!(error.contains("holds no run"), "{error}");
        assert!(error.contains("--in"), "{error}");
        let error = list(&folder.path().join("absent")).unwrap_err().to_string();
        assert!(error.contains("absent cannot be read"), "{error}");
    }

    #[test]
    fn a_damaged_run_hides_no_other() {
        let folder = tempfile::tempdir().unwrap();
        for (name, config) in [("a", "not JSON"), ("b", "{}")] {
            let run = folder.path().join(name);
            fs::create_dir(&run).unwrap();
            fs::write(run.join("config.json"), config).unwrap();
        }
        let listed = list(folder.path()).unwrap();
        assert_eq!(listed.len(), 2);
        let Listed::Unreadable { folder, reason } = &listed[0] else {
            panic!("a run that is no JSON was read: {listed:?}");
        };
        assert!(folder.ends_with("a"), "{folder:?}");
        assert!(reason.contains("config.json"), "{reason}");
    }
}
