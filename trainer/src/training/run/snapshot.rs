//! Snapshots of a run: submission, classifier, criteria without labels and, where labels were given, a score.

use std::{fs, path::PathBuf};

use anyhow::Context;
use serde::{Deserialize, Serialize};
use shared::{classes::ClassNames, model::Classifier};

use super::{
    RunFolder,
    checkpoint::{CLASSIFIER, save_classifier},
};
use crate::{
    data::{Doodles, Labels},
    evaluation::{Criteria, Predictor, Score, Submission},
    json::{read_json, write_json},
};

/// Epoch, classes, criteria and score.
const INFO: &str = "snapshot.json";
/// Its name in runs of earlier versions.
const OLD_INFO: &str = "mark.json";
/// The predictions about all doodles.
const SUBMISSION: &str = "submission.csv";

/// Criteria and score of a run at one epoch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The epoch, from 0.
    pub epoch: u32,
    /// Names of the classes, in the order of the logits.
    pub classes: ClassNames,
    /// Criteria that need no labels.
    pub criteria: Criteria,
    /// Its score on doodles whose labels were given. Reported, and used for nothing.
    pub score: Option<Score>,
}

impl Snapshot {
    /// Predicts all doodles, and writes a CSV file of the predictions, the classifier and its criteria and score below the
    /// run's folder. A snapshot of the same epoch is replaced.
    ///
    /// # Errors
    /// When the labels are of other classes, or the folder cannot be written.
    pub(super) fn make(
        run: &RunFolder,
        epoch: u32,
        classes: &ClassNames,
        doodles: &Doodles,
        labels: Option<&Labels>,
        classifier: &Classifier,
        predictor: &Predictor,
    ) -> anyhow::Result<Self> {
        let predictions = predictor.doodles(&doodles.pictures);
        let criteria = Criteria::new(&predictions, &predictor.mirrored(&doodles.pictures));
        let by_id = || doodles.ids.iter().copied().zip(&predictions);
        let score = labels
            .map(|labels| {
                Score::new(
                    by_id().map(|(id, prediction)| (id, prediction.class)),
                    labels,
                    classes,
                )
            })
            .transpose()?;
        let snapshot = Self {
            epoch,
            classes: classes.clone(),
            criteria,
            score,
        };
        files::replace_folder(&place(run, epoch), |folder| {
            let mut submission = Submission::create(&folder.join(SUBMISSION), classes, false)?;
            for (id, prediction) in by_id() {
                submission.add(id, prediction.class, &prediction.probabilities)?;
            }
            submission.finish()?;
            save_classifier(classifier, folder)?;
            write_json(&folder.join(INFO), &snapshot)
        })?;
        Ok(snapshot)
    }

    /// The file of a snapshot's classifier.
    pub fn classifier(run: &RunFolder, epoch: u32) -> PathBuf {
        place(run, epoch).join(CLASSIFIER)
    }

    /// The snapshots of a run, in order; none where it has none.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn all(run: &RunFolder) -> anyhow::Result<Vec<Self>> {
        let folder = run.snapshots();
        if !folder.exists() {
            return Ok(Vec::new());
        }
        let unreadable = || format!("{} cannot be read", folder.display());
        let mut snapshots = Vec::new();
        for entry in fs::read_dir(&folder).with_context(unreadable)? {
            let name = entry.with_context(unreadable)?.file_name();
            // Others were not finished.
            if let Some(epoch) = name.to_str().and_then(|name| name.parse().ok()) {
                snapshots.push(Self::read(run, epoch)?);
            }
        }
        snapshots.sort_by_key(|snapshot: &Self| snapshot.epoch);
        Ok(snapshots)
    }

    fn read(run: &RunFolder, epoch: u32) -> anyhow::Result<Self> {
        let folder = place(run, epoch);
        let old = folder.join(OLD_INFO);
        if old.is_file() {
            return read_json(&old);
        }
        read_json(&folder.join(INFO))
    }

    /// The one with the highest mutual information, a criterion that needs no labels. Of equals the later one.
    pub fn best(snapshots: &[Self]) -> Option<&Self> {
        let information = |snapshot: &&Self| snapshot.criteria.information;
        snapshots
            .iter()
            .max_by(|one, other| information(one).total_cmp(&information(other)))
    }

    /// The folder that holds it, its classifier included.
    pub(super) fn place(&self, run: &RunFolder) -> PathBuf {
        place(run, self.epoch)
    }

    /// The line printed when it is made.
    pub fn line(&self) -> String {
        let Self {
            epoch, criteria, ..
        } = self;
        let score = self.score.as_ref().map(|score| {
            format!(
                "; {:.4} of {} labelled doodles classified correctly (only reported)",
                score.accuracy, score.scored
            )
        });
        format!(
            "snapshot  {epoch:>4}  without labels: {criteria}{}",
            score.unwrap_or_default()
        )
    }
}

/// Named for the epoch, counted from 0 as in the log.
fn place(run: &RunFolder, epoch: u32) -> PathBuf {
    run.snapshots().join(format!("{epoch:05}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_has_the_highest_information_and_of_equals_is_the_later() {
        let snapshot = |epoch, information| Snapshot {
            epoch,
            classes: ClassNames::default(),
            criteria: Criteria {
                information,
                ..Criteria::default()
            },
            score: None,
        };
        let snapshots = [
            snapshot(0, 0.4),
            snapshot(9, 1.9),
            snapshot(19, 1.9),
            snapshot(29, 1.5),
        ];
        assert_eq!(Snapshot::best(&snapshots).unwrap().epoch, 19);
        assert_eq!(Snapshot::best(&[]), None);
    }
}
