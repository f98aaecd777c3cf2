//! What a run is and how it ended, in a few values.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::{
    evaluation::Criteria,
    training::{CheckedStage, Objective, RunFolder, Snapshot, Variant},
};

/// A result of a run, if it has it.
type Value = fn(&Summary) -> Option<f64>;

/// The results of a run by which runs are compared, with their names in tables and in JSON.
pub const RESULTS: [(&str, Value); 9] = [
    ("source accuracy", |run| run.source_accuracy),
    ("held out", |run| run.validation_accuracy),
    ("balance", |run| Some(run.criteria?.balance)),
    ("entropy", |run| Some(run.criteria?.entropy)),
    ("information", |run| Some(run.criteria?.information)),
    ("agreement", |run| Some(run.criteria?.agreement)),
    ("accuracy", |run| run.accuracy),
    ("balanced accuracy", |run| run.balanced_accuracy),
    ("seconds", |run| Some(run.seconds)),
];

/// A run in a few values. Accuracies are from 0 to 1.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// Its folder.
    pub folder: PathBuf,
    /// What is trained, in a word or two: `DANN`, `source only`, `student`, `pseudo-labels`.
    pub objective: &'static str,
    /// Completed epochs.
    pub epochs: u32,
    /// Epochs that it is to have.
    pub planned: u32,
    /// The devices it was trained on.
    pub devices: Vec<String>,
    /// Seconds that its epochs took.
    pub seconds: f64,
    /// Accuracy on photos while training, in the last epoch.
    pub source_accuracy: Option<f64>,
    /// Accuracy on the held-out photos, after the last epoch.
    pub validation_accuracy: Option<f64>,
    /// Criteria without labels of the newest snapshot.
    pub criteria: Option<Criteria>,
    /// Accuracy on the labelled doodles at that snapshot, where the run was given labels.
    pub accuracy: Option<f64>,
    /// Balanced accuracy on them.
    pub balanced_accuracy: Option<f64>,
    /// All settings.
    #[serde(skip)]
    pub stage: CheckedStage,
}

impl Summary {
    /// Reads a run, which may still be in training.
    ///
    /// # Errors
    /// Where the folder holds no single run, or its files are damaged.
    pub fn read(folder: &Path) -> anyhow::Result<Self> {
        let run = RunFolder::open(folder)?;
        let stage = run.config()?;
        let checkpoint = run.newest_checkpoint()?;
        let (history, devices) = checkpoint
            .map(|checkpoint| (checkpoint.history, checkpoint.devices))
            .unwrap_or_default();
        let newest = Snapshot::all(&run)?.pop();
        let score = newest.as_ref().and_then(|snapshot| snapshot.score.as_ref());
        let last = history.last();
        Ok(Self {
            folder: folder.to_owned(),
            objective: objective(&stage),
            epochs: u32::try_from(history.len())?,
            planned: stage.epochs(),
            devices,
            // An empty sum would be -0.
            seconds: history.iter().fold(0.0, |sum, epoch| sum + epoch.seconds),
            source_accuracy: last.map(|epoch| epoch.source_accuracy),
            validation_accuracy: last.and_then(|epoch| epoch.validation_accuracy),
            accuracy: score.map(|score| score.accuracy),
            balanced_accuracy: score.map(|score| score.balanced_accuracy),
            criteria: newest.map(|snapshot| snapshot.criteria),
            stage,
        })
    }

    /// The name of its folder.
    pub fn name(&self) -> String {
        let name = self.folder.file_name().unwrap_or(self.folder.as_os_str());
        name.to_string_lossy().into_owned()
    }
}

fn objective(stage: &CheckedStage) -> &'static str {
    match &stage.objective {
        Objective::SelfTraining(_) => "pseudo-labels",
        objective if objective.distillation().is_some() => "student",
        Objective::Adversarial(adversarial) if adversarial.variant == Variant::SourceOnly => {
            "source only"
        }
        Objective::Adversarial(_) => "DANN",
    }
}
