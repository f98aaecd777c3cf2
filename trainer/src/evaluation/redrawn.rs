//! How often a classifier is right about doodles that are drawn again on the page.

use std::fmt;

use image::GrayImage;
use rayon::prelude::*;
use serde::Serialize;
use shared::classes::{ClassId, ClassNames};

use super::{Predictor, Score, ScoreError};
use crate::data::{Doodles, Labels};
use crate::redraw::{Distortion, trace};

/// How often, for one way of drawing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RedrawnScore {
    /// How the doodles were drawn again; none for the bitmaps as they are.
    pub drawn: Option<Distortion>,
    /// The share classified correctly, in [0, 1].
    pub accuracy: f64,
    /// The mean of the classes' own accuracies, in [0, 1].
    pub balanced_accuracy: f64,
    /// The accuracy less that of the bitmaps as they are, in [-1, 1].
    pub difference: f64,
}

/// How often for every way of drawing, the bitmaps as they are first.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Redrawn(Vec<RedrawnScore>);

impl Redrawn {
    /// For the bitmaps first, then for each of [`Distortion::ALL`].
    pub fn scores(&self) -> &[RedrawnScore] {
        &self.0
    }
}

impl fmt::Display for Redrawn {
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
                score.drawn.map_or("bitmaps as they are", Distortion::words),
                score.accuracy,
                score.balanced_accuracy,
                score.difference
            )?;
        }
        Ok(())
    }
}

/// What a classifier makes of doodles as they are and of the same doodles drawn again, a few at a time.
pub struct Redrawing {
    predictions: Vec<Vec<(u64, ClassId)>>,
}

impl Default for Redrawing {
    fn default() -> Self {
        Self {
            predictions: vec![Vec::new(); 1 + Distortion::ALL.len()],
        }
    }
}

impl Redrawing {
    /// Draws these again in every way, on all cores, and names them. A doodle's number is the seed of what is random about it.
    pub fn add(&mut self, predictor: &Predictor, doodles: &Doodles) {
        let Doodles { ids, pictures, .. } = doodles;
        let drawings: Vec<_> = pictures.par_iter().map(trace).collect();
        let (as_they_are, redrawn) = self.predictions.split_at_mut(1);
        extend(&mut as_they_are[0], ids, predictor, pictures);
        for (predictions, distortion) in redrawn.iter_mut().zip(Distortion::ALL) {
            let pictures: Vec<GrayImage> = drawings
                .par_iter()
                .zip(ids)
                .map(|(drawing, id)| distortion.bitmap(drawing, *id))
                .collect();
            extend(predictions, ids, predictor, &pictures);
        }
    }

    /// The scores of all that were added.
    ///
    /// # Errors
    /// Where there are no labels, a labelled doodle was not added, or a class is not among `classes`.
    pub fn finish(self, labels: &Labels, classes: &ClassNames) -> Result<Redrawn, ScoreError> {
        let ways = [None]
            .into_iter()
            .chain(Distortion::ALL.into_iter().map(Some));
        let mut scores: Vec<RedrawnScore> = Vec::with_capacity(self.predictions.len());
        for (drawn, predictions) in ways.zip(self.predictions) {
            let score = Score::new(predictions, labels, classes)?;
            let own = scores.first().map_or(score.accuracy, |own| own.accuracy);
            scores.push(RedrawnScore {
                drawn,
                accuracy: score.accuracy,
                balanced_accuracy: score.balanced_accuracy,
                difference: score.accuracy - own,
            });
        }
        Ok(Redrawn(scores))
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
    fn every_way_of_drawing_has_its_row() {
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
        let mut redrawing = Redrawing::default();
        redrawing.add(&predictor, &few);
        let redrawn = redrawing.finish(&labels, &ClassNames::default()).unwrap();
        assert_eq!(redrawn.scores().len(), 15);
        assert_eq!(redrawn.scores()[0].difference, 0.0);
        let text = redrawn.to_string();
        assert_eq!(text.lines().count(), 16);
        assert!(
            text.lines()
                .all(|line| line.len() == text.lines().next().unwrap().len()),
            "{text}"
        );
        let json = serde_json::to_value(&redrawn).unwrap();
        assert_eq!(json[0]["drawn"], serde_json::Value::Null);
        assert_eq!(json[4]["drawn"], "off-centre");
    }

    #[test]
    fn nothing_added_is_no_score() {
        let labels = Labels::from_iter([(1, ClassId(0))]);
        let refused = Redrawing::default().finish(&labels, &ClassNames::default());
        assert_eq!(refused.unwrap_err(), ScoreError::NotPredicted(1));
    }
}
