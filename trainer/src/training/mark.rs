//! Marked epochs: what a run hands in on the way, and how it looks there with and without labels.

use std::{fs, path::PathBuf};

use anyhow::Context;
use serde::{Deserialize, Serialize};
use shared::{classes::ClassNames, model::Classifier};

use super::{RunFolder, checkpoint::save_classifier};
use crate::{
    data::{Doodles, Labels},
    evaluation::{Criteria, Predictor, Score, Submission},
    json::{read_json, write_json},
};

/// What is known about a marked epoch.
const FACTS: &str = "mark.json";
/// The predictions about all doodles there.
const SUBMISSION: &str = "submission.csv";

/// What is known about a marked epoch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// The epoch, from 0.
    pub epoch: u32,
    /// Names of the classes, in the order of the logits.
    pub classes: ClassNames,
    /// How it looks without labels.
    pub criteria: Criteria,
    /// How often it is right about doodles whose labels were given. Reported, and used for nothing.
    pub score: Option<Score>,
}

impl Mark {
    /// Predicts all doodles, and writes a CSV file of the predictions, the classifier and its criteria and score below the
    /// run's folder. A mark of the same epoch is replaced.
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
        let mark = Self {
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
            write_json(&folder.join(FACTS), &mark)
        })?;
        Ok(mark)
    }

    /// The marked epochs of a run, in order; none where it has none.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn all(run: &RunFolder) -> anyhow::Result<Vec<Self>> {
        let folder = run.snapshots();
        if !folder.exists() {
            return Ok(Vec::new());
        }
        let unreadable = || format!("{} cannot be read", folder.display());
        let mut marks = Vec::new();
        for entry in fs::read_dir(&folder).with_context(unreadable)? {
            let name = entry.with_context(unreadable)?.file_name();
            // Others were not finished.
            if let Some(epoch) = name.to_str().and_then(|name| name.parse().ok()) {
                marks.push(Self::read(run, epoch)?);
            }
        }
        marks.sort_by_key(|mark: &Self| mark.epoch);
        Ok(marks)
    }

    fn read(run: &RunFolder, epoch: u32) -> anyhow::Result<Self> {
        read_json(&place(run, epoch).join(FACTS))
    }

    /// The one that looks best without labels: whose predictions say most. Of equals the later one.
    pub fn best(marks: &[Self]) -> Option<&Self> {
        let information = |mark: &&Self| mark.criteria.information;
        marks
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
            "mark  {epoch:>4}  without labels: {criteria}{}",
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
    fn the_best_says_most_and_of_equals_is_the_later() {
        let mark = |epoch, information| Mark {
            epoch,
            classes: ClassNames::default(),
            criteria: Criteria {
                information,
                ..Criteria::default()
            },
            score: None,
        };
        let marks = [mark(0, 0.4), mark(9, 1.9), mark(19, 1.9), mark(29, 1.5)];
        assert_eq!(Mark::best(&marks).unwrap().epoch, 19);
        assert_eq!(Mark::best(&[]), None);
    }
}
