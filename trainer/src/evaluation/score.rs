//! Accuracy, balanced accuracy and the confusion matrix.

use std::fmt;

use serde::{Deserialize, Serialize};
use shared::classes::{ClassId, ClassNames};

use crate::data::Labels;

/// How well predictions fit labels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Pictures with a label.
    pub scored: usize,
    /// The share of them classified correctly, in [0, 1].
    pub accuracy: f64,
    /// The mean of the classes' own accuracies, over the classes that have labels, in [0, 1].
    pub balanced_accuracy: f64,
    /// Each class by itself.
    pub per_class: Vec<ClassScore>,
    /// `confusion[label][prediction]`: how many pictures.
    pub confusion: Vec<Vec<u32>>,
}

/// One class's share of a [`Score`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClassScore {
    /// The class's name.
    pub class: String,
    /// The share of its pictures classified correctly (its recall), in [0, 1]; none where it has no labels.
    pub accuracy: Option<f64>,
    /// Its labelled pictures.
    pub count: u32,
}

/// Why predictions cannot be scored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScoreError {
    /// A labelled picture without a prediction.
    #[error("picture {0} has a label but no prediction; predict all labelled pictures")]
    NotPredicted(u64),
    /// A label or prediction beyond the classes.
    #[error(
        "picture {id} has class {class}, and there are {classes} classes; labels and weights must be of the same classes"
    )]
    NoSuchClass {
        /// The picture.
        id: u64,
        /// Its class or predicted class.
        class: ClassId,
        /// How many there are.
        classes: usize,
    },
    /// Nothing to score.
    #[error("there are no labels; give at least one")]
    NoLabels,
}

impl Score {
    /// Scores the predictions (id and class) of pictures that have a label; the other predictions are ignored.
    ///
    /// # Errors
    /// Where there are no labels, a label has no prediction, or a class is not among `classes`.
    pub fn new(
        predictions: impl IntoIterator<Item = (u64, ClassId)>,
        labels: &Labels,
        classes: &ClassNames,
    ) -> Result<Self, ScoreError> {
        let mut confusion = vec![vec![0_u32; classes.len()]; classes.len()];
        let predictions: Labels = predictions.into_iter().collect();
        for (id, label) in labels.iter() {
            let prediction = predictions.get(id).ok_or(ScoreError::NotPredicted(id))?;
            for class in [label, prediction] {
                if classes.name(class).is_none() {
                    return Err(ScoreError::NoSuchClass {
                        id,
                        class,
                        classes: classes.len(),
                    });
                }
            }
            confusion[usize::from(label.0)][usize::from(prediction.0)] += 1;
        }
        if labels.is_empty() {
            return Err(ScoreError::NoLabels);
        }
        let correct: u32 = (0..classes.len())
            .map(|class| confusion[class][class])
            .sum();
        let per_class: Vec<ClassScore> = classes
            .names()
            .iter()
            .zip(confusion.iter().enumerate())
            .map(|(name, (class, row))| {
                let count = row.iter().sum();
                let accuracy = (count > 0).then(|| f64::from(row[class]) / f64::from(count));
                ClassScore {
                    class: name.clone(),
                    accuracy,
                    count,
                }
            })
            .collect();
        let known: Vec<f64> = per_class
            .iter()
            .filter_map(|class| class.accuracy)
            .collect();
        Ok(Self {
            scored: labels.len(),
            accuracy: f64::from(correct) / labels.len() as f64,
            balanced_accuracy: known.iter().sum::<f64>() / known.len() as f64,
            per_class,
            confusion,
        })
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "accuracy          {:.4} of {} pictures",
            self.accuracy, self.scored
        )?;
        writeln!(f, "balanced accuracy {:.4}", self.balanced_accuracy)?;
        let longest = self
            .per_class
            .iter()
            .map(|class| class.class.chars().count())
            .fold("class".len(), usize::max);
        let cell = self
            .confusion
            .iter()
            .flatten()
            .map(|count| count.to_string().len())
            .fold(4, usize::max)
            + 1;
        write!(f, "\n{:longest$}  accuracy  count", "class")?;
        for class in &self.per_class {
            let accuracy = class
                .accuracy
                .map_or("-".to_owned(), |accuracy| format!("{accuracy:.4}"));
            write!(
                f,
                "\n{:longest$}  {accuracy:>8}  {:>5}",
                class.class, class.count
            )?;
        }
        write!(f, "\n\nLabels down, predictions across:\n{:longest$}", "")?;
        for class in &self.per_class {
            let short: String = class.class.chars().take(cell - 1).collect();
            write!(f, "{short:>cell$}")?;
        }
        for (class, row) in self.per_class.iter().zip(&self.confusion) {
            write!(f, "\n{:longest$}", class.class)?;
            for count in row {
                write!(f, "{count:>cell$}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn labels(classes: &[u8]) -> Labels {
        ids(classes).collect()
    }

    fn ids(classes: &[u8]) -> impl Iterator<Item = (u64, ClassId)> {
        (0..).zip(classes.iter().map(|class| ClassId(*class)))
    }

    fn three() -> ClassNames {
        ClassNames::new(["cat", "dog", "spider"].map(str::to_owned).to_vec()).unwrap()
    }

    #[test]
    fn a_score_by_hand() {
        let score = Score::new(
            ids(&[0, 0, 0, 1, 1, 2]),
            &labels(&[0, 0, 0, 0, 1, 1]),
            &three(),
        )
        .unwrap();
        assert_eq!(score.scored, 6);
        assert!((score.accuracy - 4.0 / 6.0).abs() < 1e-12);
        assert!((score.balanced_accuracy - (0.75 + 0.5) / 2.0).abs() < 1e-12);
        assert_eq!(score.confusion, [[3, 1, 0], [0, 1, 1], [0, 0, 0]]);
        assert_eq!(
            score.per_class[2],
            ClassScore {
                class: "spider".to_owned(),
                accuracy: None,
                count: 0
            }
        );
        assert_eq!(
            score.to_string(),
            "accuracy          0.6667 of 6 pictures\n\
             balanced accuracy 0.6250\n\
             \n\
             class   accuracy  count\n\
             cat       0.7500      4\n\
             dog       0.5000      2\n\
             spider         -      0\n\
             \n\
             Labels down, predictions across:\n     \u{20}  cat  dog spid\n\
             cat       3    1    0\n\
             dog       0    1    1\n\
             spider    0    0    0"
        );
    }

    #[test]
    fn only_labelled_pictures_count() {
        let some = Labels::from_iter([(4, ClassId(1))]);
        let score = Score::new(ids(&[0, 0, 0, 0, 1, 0]), &some, &three()).unwrap();
        assert_eq!((score.scored, score.accuracy), (1, 1.0));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let refused = |predictions: &[u8], truth: &[u8]| {
            Score::new(ids(predictions), &labels(truth), &three()).unwrap_err()
        };
        assert_eq!(refused(&[0], &[0, 1]), ScoreError::NotPredicted(1));
        assert_eq!(
            refused(&[3], &[0]),
            ScoreError::NoSuchClass {
                id: 0,
                class: ClassId(3),
                classes: 3
            }
        );
        assert_eq!(refused(&[0], &[]), ScoreError::NoLabels);
    }

    proptest! {
        #[test]
        fn sums_and_ranges_hold(pairs in prop::collection::vec((0..10_u8, 0..10_u8), 1..200)) {
            let (truth, predicted): (Vec<u8>, Vec<u8>) = pairs.into_iter().unzip();
            let score = Score::new(ids(&predicted), &labels(&truth), &ClassNames::default()).unwrap();
            let total: u32 = score.confusion.iter().flatten().sum();
            prop_assert_eq!(total as usize, truth.len());
            prop_assert_eq!(score.per_class.iter().map(|class| class.count).sum::<u32>(), total);
            prop_assert!((0.0..=1.0).contains(&score.accuracy) && (0.0..=1.0).contains(&score.balanced_accuracy));
            let weighted: f64 = score.per_class.iter().filter_map(|class| Some(class.accuracy? * f64::from(class.count))).sum();
            prop_assert!((weighted / f64::from(total) - score.accuracy).abs() < 1e-9);
        }

        #[test]
        fn the_truth_scores_one(truth in prop::collection::vec(0..10_u8, 1..200)) {
            let score = Score::new(ids(&truth), &labels(&truth), &ClassNames::default()).unwrap();
            prop_assert!((score.accuracy - 1.0).abs() < 1e-12 && (score.balanced_accuracy - 1.0).abs() < 1e-12);
        }

        #[test]
        fn the_order_of_predictions_is_nothing(predicted in prop::collection::vec(0..10_u8, 1..100)) {
            let truth = labels(&vec![3; predicted.len()]);
            let forward: Vec<_> = ids(&predicted).collect();
            let backward = forward.iter().rev().copied();
            prop_assert_eq!(Score::new(forward.clone(), &truth, &ClassNames::default()), Score::new(backward, &truth, &ClassNames::default()));
        }
    }
}
