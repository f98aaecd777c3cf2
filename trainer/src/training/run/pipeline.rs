//! Pipelines: the stages of a recipe, each a run in a folder of its own.

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use serde::{Deserialize, Serialize};

use super::{
    RunFolder, is_run,
    run_folder::{STAGES, is_pipeline},
};
use crate::{
    json::{read_json, write_json},
    training::{CheckedStage, NamedStage, Stage},
};

/// The stages of a recipe and the folder that they are trained in.
pub struct Pipeline {
    folder: PathBuf,
    stages: Vec<Entry>,
    /// The seeds that the recipe is trained with, one after another; none where it is trained once.
    seeds: Vec<u64>,
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
        #[serde(default)]
        seeds: Vec<u64>,
    },
    /// Format 0: without the folders' names.
    Before(Vec<NamedStage<Stage>>),
}

impl Pipeline {
    /// Starts a pipeline: lists its stages in a folder that was taken for it. They are a recipe with each of the
    /// `seeds`, as [`with_seeds`] makes them, or once where there are none.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn start(
        folder: &RunFolder,
        stages: Vec<NamedStage>,
        seeds: Vec<u64>,
    ) -> anyhow::Result<Self> {
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
            seeds,
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
        let mut seeds = Vec::new();
        let stages = match read_json(&path)? {
            Stored::Now {
                stages,
                seeds: stored,
            } => {
                seeds = stored;
                stages
            }
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
        ensure!(
            stages.len().is_multiple_of(seeds.len().max(1)),
            "{}: {} stages cannot be those of {} seeds; the file was changed",
            path.display(),
            stages.len(),
            seeds.len()
        );
        Ok(Self {
            folder: std::path::absolute(folder)?,
            stages,
            seeds,
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

    /// The seeds that the recipe is trained with; none where it is trained once.
    pub fn seeds(&self) -> &[u64] {
        &self.seeds
    }

    /// The folder of each seed's last stage.
    pub fn last_stages(&self) -> Vec<PathBuf> {
        let stages = self.stages.len() / self.seeds.len().max(1);
        let folders = self.stages().map(|(folder, _)| folder);
        folders.skip(stages - 1).step_by(stages).collect()
    }

    fn save(&self) -> anyhow::Result<()> {
        let stored = Stored::Now {
            stages: self.stages.clone(),
            seeds: self.seeds.clone(),
        };
        write_json(&self.folder.join(STAGES), &stored)
    }
}

/// The stages of a recipe with each of several seeds, one after another. Those of each are named for it, and its distance from the first is
/// added to their own seeds, which those of the first have already.
///
/// # Errors
/// Where a seed grows too large.
pub fn with_seeds(
    stages: &[NamedStage<Stage>],
    seeds: &[u64],
) -> anyhow::Result<Vec<NamedStage<Stage>>> {
    let mut all = Vec::new();
    let first = seeds.first().copied().unwrap_or_default();
    for seed in seeds {
        let name = |stage: &str| match stages {
            [_] => format!("seed-{seed}"),
            _ => format!("seed-{seed}-{stage}"),
        };
        for named in stages {
            let mut stage = named.stage.clone();
            for run in stage.runs_before_mut() {
                if let Some(earlier) = stages.iter().find(|stage| Path::new(&stage.name) == run) {
                    *run = name(&earlier.name).into();
                }
            }
            let own = stage.optimiser.seed;
            stage.optimiser.seed = own.checked_add(seed - first).with_context(|| {
                format!(
                    "the seed of stage {}, {own}, grows too large: give a smaller --seed",
                    named.name
                )
            })?;
            all.push(NamedStage {
                name: name(&named.name),
                stage,
            });
        }
    }
    Ok(all)
}

/// The run in a folder: the folder itself, or the last of its stages.
///
/// # Errors
/// Where its stages cannot be read, or are those of several seeds.
pub fn run_of(folder: &Path) -> anyhow::Result<PathBuf> {
    if !is_pipeline(folder) {
        return Ok(folder.to_owned());
    }
    let mut last = Pipeline::open(folder)?.last_stages();
    ensure!(
        last.len() == 1,
        "{} holds the runs of {} seeds: give one of them, such as {}",
        folder.display(),
        last.len(),
        last[0].display()
    );
    Ok(last.swap_remove(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::Preset;

    /// Ten stages, of which the last starts from the eighth.
    fn ten_stages(folder: &Path) -> Vec<NamedStage<Stage>> {
        let mut text: String = (1..10)
            .map(|number| format!("[[stage]]\nname = \"n{number}\"\n"))
            .collect();
        text += "[[stage]]\nname = \"last\"\npretrained = \"n8\"";
        let file = folder.join("recipe.toml");
        std::fs::write(&file, text).unwrap();
        Preset::File(file).stages().unwrap()
    }

    fn checked(NamedStage { name, stage }: NamedStage<Stage>) -> NamedStage {
        NamedStage {
            name,
            stage: stage.check(false).unwrap(),
        }
    }

    #[test]
    fn stages_of_format_0_are_read_and_new_folders_sort_as_their_stages_do() {
        let folder = tempfile::tempdir().unwrap();
        let stages = ten_stages(folder.path());
        write_json(&folder.path().join(STAGES), &stages).unwrap();
        let names = |pipeline: &Pipeline| -> Vec<String> {
            let places = pipeline.stages().map(|(place, _)| place);
            let names = places.map(|place| place.file_name().unwrap().to_str().unwrap().to_owned());
            names.collect()
        };
        let old = names(&Pipeline::open(folder.path()).unwrap());
        assert_eq!((&*old[0], &*old[9]), ("1-n1", "10-last"));

        let place = folder.path().join("new");
        let run = RunFolder::create(&place).unwrap();
        let stages = stages.into_iter().map(checked).collect();
        let pipeline = Pipeline::start(&run, stages, Vec::new()).unwrap();
        let new = names(&pipeline);
        assert_eq!((&*new[0], &*new[9]), ("01-n1", "10-last"));
        assert!(new.is_sorted());
        assert_eq!(names(&Pipeline::open(&place).unwrap()), new);
        let (_, last) = pipeline.stages().last().unwrap();
        assert_eq!(last.model.pretrained, Some(run.path().join("08-n8")));

        let moved = folder.path().join("moved");
        std::fs::rename(&place, &moved).unwrap();
        let (_, last) = Pipeline::open(&moved).unwrap().stages().last().unwrap();
        assert_eq!(last.model.pretrained, Some(moved.join("08-n8")));
    }

    #[test]
    fn a_recipe_with_several_seeds_is_its_stages_again_with_their_own_teachers() {
        let stages = Preset::Best.stages().unwrap();
        let all = with_seeds(&stages, &[7, 8]).unwrap();
        assert_eq!(all.len(), 2 * stages.len());
        let (first, second) = (&all[stages.len() - 1], &all[2 * stages.len() - 1]);
        assert_eq!(second.stage.optimiser.seed, first.stage.optimiser.seed + 1);
        assert_eq!(second.name, first.name.replace("seed-7", "seed-8"));

        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("seeds");
        let run = RunFolder::create(&place).unwrap();
        let all = all.into_iter().map(checked).collect();
        Pipeline::start(&run, all, vec![7, 8]).unwrap();
        let pipeline = Pipeline::open(&place).unwrap();
        assert_eq!(pipeline.seeds(), [7, 8]);
        assert_eq!(pipeline.last_stages().len(), 2);
        for (_, stage) in pipeline.stages().skip(stages.len()) {
            for (_, run) in stage.runs_before() {
                assert!(run.to_string_lossy().contains("seed-8"), "{run:?}");
            }
        }
        let error = run_of(&place).unwrap_err().to_string();
        assert!(error.contains("the runs of 2 seeds"), "{error}");
    }
}
