//! Pipelines: the stages of a recipe, each a run in a folder of its own.

use std::path::{Path, PathBuf};

use anyhow::ensure;
use serde::{Deserialize, Serialize};

use super::{CheckedStage, NamedStage, Stage};
use crate::{
    json::{read_json, write_json},
    training::{RunFolder, is_run},
};

/// The file that lists a pipeline's stages.
pub(in crate::training) const STAGES: &str = "stages.json";

/// The stages of a recipe and the folder that they are trained in.
pub struct Pipeline {
    folder: PathBuf,
    stages: Vec<Entry>,
}

/// One stage in `stages.json`.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entry {
    name: String,
    /// The name of its folder.
    folder: String,
    #[serde(rename = "config")]
    stage: Stage,
}

/// What `stages.json` holds.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Stored {
    Now {
        stages: Vec<Entry>,
    },
    /// Format 0: without the folders' names.
    Before(Vec<NamedStage<Stage>>),
}

impl Pipeline {
    /// Starts a pipeline: lists its stages in a folder that was taken for it.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn start(folder: &RunFolder, stages: Vec<NamedStage>) -> anyhow::Result<Self> {
        // Names that sort as the stages follow one another.
        let digits = stages.len().to_string().len();
        let mut entries: Vec<Entry> = Vec::new();
        for (number, NamedStage { name, stage }) in stages.into_iter().enumerate() {
            let mut stage = Stage::from(stage);
            for run in stage.runs_before_mut() {
                // Earlier stages stay names, so that the folder can be moved.
                if !entries.iter().any(|entry| Path::new(&entry.name) == run) {
                    *run = std::path::absolute(&*run)?;
                }
            }
            entries.push(Entry {
                folder: format!("{:0digits$}-{name}", number + 1),
                name,
                stage,
            });
        }
        let pipeline = Self {
            folder: folder.path().to_owned(),
            stages: entries,
        };
        pipeline.save()?;
        Ok(pipeline)
    }

    /// The stages that a folder was started with.
    ///
    /// # Errors
    /// Where there are none, or they cannot be read.
    pub fn open(folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join(STAGES);
        let stages = match read_json(&path)? {
            Stored::Now { stages } => stages,
            Stored::Before(stages) => {
                let stages = stages.into_iter().enumerate();
                stages
                    .map(|(number, NamedStage { name, stage })| Entry {
                        folder: format!("{}-{name}", number + 1),
                        name,
                        stage,
                    })
                    .collect()
            }
        };
        ensure!(!stages.is_empty(), "{} names no stage", path.display());
        Ok(Self {
            folder: std::path::absolute(folder)?,
            stages,
        })
    }

    /// Changes the configuration of every stage, also of those that were started.
    ///
    /// # Errors
    /// Where a file cannot be read or written.
    pub fn change(&mut self, change: impl Fn(&mut Stage)) -> anyhow::Result<()> {
        for entry in &mut self.stages {
            change(&mut entry.stage);
        }
        self.save()?;
        for (place, _) in self.stages() {
            if is_run(&place) {
                let folder = RunFolder::open_to_write(&place)?;
                let mut stage = Stage::from(folder.config()?);
                change(&mut stage);
                folder.save_config(&CheckedStage::of_run(stage))?;
            }
        }
        Ok(())
    }

    /// Each stage's folder and configuration, in order; earlier stages, such as teachers, are given by the paths of their folders.
    pub fn stages(&self) -> impl ExactSizeIterator<Item = (PathBuf, CheckedStage)> {
        let stages = self.stages.iter().enumerate();
        stages.map(|(number, entry)| {
            let mut stage = entry.stage.clone();
            for run in stage.runs_before_mut() {
                let mut earlier = self.stages[..number].iter();
                if let Some(earlier) = earlier.find(|entry| Path::new(&entry.name) == run) {
                    *run = self.folder.join(&earlier.folder);
                }
            }
            (self.folder.join(&entry.folder), CheckedStage::of_run(stage))
        })
    }

    /// The folder of the last stage, whose classifier is the pipeline's.
    fn last(&self) -> Option<PathBuf> {
        self.stages().last().map(|(folder, _)| folder)
    }

    fn save(&self) -> anyhow::Result<()> {
        let stored = Stored::Now {
            stages: self.stages.clone(),
        };
        write_json(&self.folder.join(STAGES), &stored)
    }
}

/// Whether a folder holds a pipeline.
pub fn is_pipeline(folder: &Path) -> bool {
    folder.join(STAGES).is_file()
}

/// The run in a folder: the folder itself, or the last of its stages.
///
/// # Errors
/// Where its stages cannot be read.
pub fn run_of(folder: &Path) -> anyhow::Result<PathBuf> {
    if !is_pipeline(folder) {
        return Ok(folder.to_owned());
    }
    Ok(Pipeline::open(folder)?
        .last()
        .unwrap_or_else(|| folder.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::Preset;

    #[test]
    fn stages_of_format_0_are_read_and_new_folders_sort_as_their_stages_do() {
        let folder = tempfile::tempdir().unwrap();
        let stages = Preset::Best.stages().unwrap();
        write_json(&folder.path().join(STAGES), &stages).unwrap();
        let names = |pipeline: &Pipeline| -> Vec<String> {
            let places = pipeline.stages().map(|(place, _)| place);
            let names = places.map(|place| place.file_name().unwrap().to_str().unwrap().to_owned());
            names.collect()
        };
        let old = names(&Pipeline::open(folder.path()).unwrap());
        assert_eq!((&*old[0], &*old[9]), ("1-first", "10-early"));

        let place = folder.path().join("new");
        let run = RunFolder::create(&place).unwrap();
        let checked = |NamedStage { name, stage }: NamedStage<Stage>| NamedStage {
            name,
            stage: stage.check(false).unwrap(),
        };
        let stages = stages.into_iter().map(checked).collect();
        let pipeline = Pipeline::start(&run, stages).unwrap();
        let new = names(&pipeline);
        assert_eq!((&*new[0], &*new[9]), ("01-first", "10-early"));
        assert!(new.is_sorted());
        assert_eq!(names(&Pipeline::open(&place).unwrap()), new);
        let (_, last) = pipeline.stages().last().unwrap();
        assert_eq!(last.model.pretrained, Some(run.path().join("08-simclr")));

        let moved = folder.path().join("moved");
        std::fs::rename(&place, &moved).unwrap();
        let (_, last) = Pipeline::open(&moved).unwrap().stages().last().unwrap();
        assert_eq!(last.model.pretrained, Some(moved.join("08-simclr")));
    }
}
