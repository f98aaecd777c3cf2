//! Pipelines: the stages of a recipe, each a run in a folder of its own.

use std::path::{Path, PathBuf};

use anyhow::ensure;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    RunFolder, is_run,
    run_folder::{STAGES, is_pipeline},
};
use crate::{
    absolute::absolute,
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
    /// `seeds`, as [`with_seeds`](crate::training::with_seeds) makes them, or once where there are none.
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
                    *run = absolute(run)?;
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
            folder: absolute(folder)?,
            stages,
            seeds,
        })
    }

    /// Refuses stages with epochs left that an earlier version was to train by losses that this one does not have. `folder` is the
    /// pipeline's.
    ///
    /// # Errors
    /// The first such stage, or a file that cannot be read.
    pub fn ensure_known_losses(&self, folder: &RunFolder) -> anyhow::Result<()> {
        let stored: Value = read_json(&self.folder.join(STAGES))?;
        let stored = stored.get("stages").unwrap_or(&stored);
        for (number, (place, stage)) in self.stages().enumerate() {
            if is_run(&place) {
                let run = RunFolder::open(&place)?;
                run.ensure_known_losses(run.epochs_done()?, &stage)?;
            } else {
                folder.ensure_known_losses_of(&stored[number]["config"], &stage)?;
            }
        }
        Ok(())
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
    use crate::training::{Preset, with_seeds};

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

    #[test]
    fn a_recipe_of_an_earlier_version_with_losses_that_are_gone_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("old");
        let run = RunFolder::create(&place).unwrap();
        let stages: Vec<_> = ten_stages(folder.path()).into_iter().map(checked).collect();
        let pipeline = Pipeline::start(&run, stages.clone(), Vec::new()).unwrap();
        pipeline.ensure_known_losses(&run).unwrap();
        let old = r#"{"format": 1, "program": "0.1.0"}"#;
        std::fs::write(place.join("run.json"), old).unwrap();
        let run = RunFolder::open(&place).unwrap();
        pipeline.ensure_known_losses(&run).unwrap();

        // One that was not begun.
        let listed = place.join(STAGES);
        let mut stored: Value = read_json(&listed).unwrap();
        stored["stages"][1]["config"]["contrast"] = 0.5.into();
        write_json(&listed, &stored).unwrap();
        let refused = |run: &RunFolder| pipeline.ensure_known_losses(run).unwrap_err().to_string();
        assert!(
            refused(&run).contains("contrastive loss"),
            "{}",
            refused(&run)
        );
        stored["stages"][1]["config"]["contrast"] = 0.0.into();
        write_json(&listed, &stored).unwrap();
        pipeline.ensure_known_losses(&run).unwrap();

        // One that was.
        let (begun, _) = pipeline.stages().next().unwrap();
        std::fs::create_dir(&begun).unwrap();
        let mut config = serde_json::to_value(&stages[0].stage).unwrap();
        config["contrast"] = 0.5.into();
        write_json(&begun.join("config.json"), &config).unwrap();
        assert!(
            refused(&run).contains("01-n1 was begun"),
            "{}",
            refused(&run)
        );
    }
}
