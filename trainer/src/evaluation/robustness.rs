//! Accuracy of a classifier on doodles that are traced and drawn on the page, with perturbations.

use std::fmt;

use image::GrayImage;
use rayon::prelude::*;
use serde::Serialize;
use shared::classes::{ClassId, ClassNames};

use super::{Predictor, Score, ScoreError};
use crate::data::{Doodles, Labels};
use crate::strokes::{Perturbation, trace};

/// Accuracy under one perturbation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PerturbationScore {
    /// The perturbation; none for the bitmaps as they are.
    pub perturbation: Option<Perturbation>,
    /// The share classified correctly, in [0, 1].
    pub accuracy: f64,
    /// The mean of the classes' own accuracies, in [0, 1].
    pub balanced_accuracy: f64,
    /// The accuracy less that of the bitmaps as they are, in [-1, 1].
    pub difference: f64,
}

/// Accuracy under every perturbation, of the bitmaps as they are first.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Robustness(Vec<PerturbationScore>);

impl Robustness {
    /// For the bitmaps first, then for each of [`Perturbation::ALL`].
    pub fn scores(&self) -> &[PerturbationScore] {
        &self.0
    }
}

impl fmt::Display for Robustness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:34}  accuracy  balanced  difference",
            "drawn on the page"
        )?;
        for score in &self.0 {
            write!(
                f,
                "\n{:34}  {:8.4}  {:8.4}  {:+10.4}",
                score
                    .perturbation
                    .map_or("bitmaps as they are", Perturbation::words),
                score.accuracy,
                score.balanced_accuracy,
                score.difference
            )?;
        }
        Ok(())
    }
}

/// Predictions about doodles as they are and with each perturbation, a few at a time.
pub struct RobustnessTally {
    predictions: Vec<Vec<(u64, ClassId)>>,
}

impl Default for RobustnessTally {
    fn default() -> Self {
        Self {
            predictions: vec![Vec::new(); 1 + Perturbation::ALL.len()],
        }
    }
}

impl RobustnessTally {
    /// Adds predictions about these doodles and their perturbed drawings. A doodle's number is the seed of what is random about it.
    pub fn add(&mut self, predictor: &Predictor, doodles: &Doodles) {
        let Doodles { ids, pictures, .. } = doodles;
        let drawings: Vec<_> = pictures.par_iter().map(trace).collect();
        let (as_they_are, perturbed) = self.predictions.split_at_mut(1);
        extend(&mut as_they_are[0], ids, predictor, pictures);
        for (predictions, perturbation) in perturbed.iter_mut().zip(Perturbation::ALL) {
            let pictures: Vec<GrayImage> = drawings
                .par_iter()
                .zip(ids)
                .map(|(drawing, id)| perturbation.bitmap(drawing, *id))
                .collect();
            extend(predictions, ids, predictor, &pictures);
        }
    }

    /// The scores of all that were added.
    ///
    /// # Errors
    /// Where there are no labels, a labelled doodle was not added, or a class is not among `classes`.
    pub fn finish(self, labels: &Labels, classes: &ClassNames) -> Result<Robustness, ScoreError> {
        let perturbations = [None]
            .into_iter()
            .chain(Perturbation::ALL.into_iter().map(Some));
        let mut scores: Vec<PerturbationScore> = Vec::with_capacity(self.predictions.len());
        for (perturbation, predictions) in perturbations.zip(self.predictions) {
            let score = Score::new(predictions, labels, classes)?;
            let own = scores.first().map_or(score.accuracy, |own| own.accuracy);
            scores.push(PerturbationScore {
                perturbation,
                accuracy: score.accuracy,
                balanced_accuracy: score.balanced_accuracy,
                difference: score.accuracy - own,
            });
        }
        Ok(Robustness(scores))
    }
}

fn extend(
    known: &mut Vec<(u64, ClassId)>,
    ids: &[u64],
    predictor: &Predictor,
    pictures: &[GrayImage],
) {
    let predictions = predictor.doodles(pictures);
    known.extend(
        ids.iter()
            .zip(predictions)
            .map(|(id, prediction)| (*id, prediction.class)),
    );
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;
    use shared::model::{ClassifierConfig, FeatureExtractorConfig};

    use super::*;
    use crate::data::held_out;

    #[test]
    fn every_perturbation_has_its_row() {
        let device = Device::flex();
        device.seed(1);
        let config = ClassifierConfig::new(10, FeatureExtractorConfig::new().with_width(2));
        let predictor = Predictor::new(config.init(&device), device);
        let (doodles, labels) = held_out(0);
        let few = doodles.filtered(|id| id < 20);
        let labels: Labels = labels
            .iter()
            .filter(|(id, _)| few.ids.contains(id))
            .collect();
        let mut tally = RobustnessTally::default();
        tally.add(&predictor, &few);
        let robustness = tally.finish(&labels, &ClassNames::default()).unwrap();
        assert_eq!(robustness.scores().len(), 15);
        assert_eq!(robustness.scores()[0].difference, 0.0);
        let text = robustness.to_string();
        assert_eq!(text.lines().count(), 16);
        assert!(
            text.lines()
                .all(|line| line.len() == text.lines().next().unwrap().len()),
            "{text}"
        );
        let json = serde_json::to_value(&robustness).unwrap();
        assert_eq!(json[0]["perturbation"], serde_json::Value::Null);
        assert_eq!(json[4]["perturbation"], "off-centre");
    }

    #[test]
    fn nothing_added_is_no_score() {
        let labels = Labels::from_iter([(1, ClassId(0))]);
        let refused = RobustnessTally::default().finish(&labels, &ClassNames::default());
        assert_eq!(refused.unwrap_err(), ScoreError::NotPredicted(1));
    }
}
