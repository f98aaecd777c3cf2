//! Criteria of how good a classifier is on the target domain, computed without labels.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Prediction;

/// What predictions about unlabelled pictures tell about the classifier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Criteria {
    /// How evenly the classes are predicted: entropy of the mean prediction as a share of the largest possible, 0 to 1.
    pub balance: f64,
    /// Mean entropy of the predictions in nats, from 0 to the logarithm of the number of classes.
    pub entropy: f64,
    /// Mutual information of picture and class in nats: the entropy of the mean prediction minus the mean entropy (information
    /// maximisation; Shi and Sha, ICML 2012).
    pub information: f64,
    /// The share of pictures with the same predicted class when mirrored, 0 to 1.
    pub agreement: f64,
}

impl Criteria {
    /// From the predictions about pictures and about the same pictures mirrored, in the same order. Zeros where there are none.
    pub fn new(predictions: &[Prediction], mirrored: &[Prediction]) -> Self {
        let Some(classes) = predictions
            .first()
            .map(|prediction| prediction.probabilities.len())
        else {
            return Self::default();
        };
        let count = predictions.len() as f64;
        let mut mean = vec![0.0; classes];
        let mut sum = 0.0;
        for prediction in predictions {
            for (mean, probability) in mean.iter_mut().zip(&prediction.probabilities) {
                *mean += f64::from(*probability) / count;
            }
            sum += entropy(prediction.probabilities.iter().copied().map(f64::from));
        }
        let spread = entropy(mean.into_iter());
        let same = predictions
            .iter()
            .zip(mirrored)
            .filter(|(one, other)| one.class == other.class);
        Self {
            balance: spread / (classes.max(2) as f64).ln(),
            entropy: sum / count,
            information: spread - sum / count,
            agreement: same.count() as f64 / count,
        }
    }
}

/// In nats.
fn entropy(probabilities: impl Iterator<Item = f64>) -> f64 {
    let terms = probabilities.map(|p| if p > 0.0 { -p * p.ln() } else { 0.0 });
    terms.sum()
}

impl fmt::Display for Criteria {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "balance {:.4}, entropy {:.4}, information {:.4}, agreement {:.4}",
            self.balance, self.entropy, self.information, self.agreement
        )
    }
}

#[cfg(test)]
mod tests {
    use shared::classes::ClassId;

    use super::*;

    fn prediction(probabilities: [f32; 2]) -> Prediction {
        Prediction {
            class: ClassId(u8::from(probabilities[1] > probabilities[0])),
            probabilities: probabilities.to_vec(),
        }
    }

    #[test]
    fn confident_balanced_and_consistent_predictions_are_best() {
        let predictions = [[1.0, 0.0], [0.0, 1.0]].map(prediction);
        let best = Criteria::new(&predictions, &predictions);
        assert!((best.balance - 1.0).abs() < 1e-9 && (best.agreement - 1.0).abs() < 1e-9);
        assert!((best.information - 2.0_f64.ln()).abs() < 1e-9 && best.entropy == 0.0);

        let collapsed = [[1.0, 0.0], [1.0, 0.0]].map(prediction);
        let worst = Criteria::new(&collapsed, &predictions);
        assert_eq!((worst.balance, worst.information), (0.0, 0.0));
        assert_eq!(worst.agreement, 0.5);

        let uniform = [[0.5, 0.5], [0.5, 0.5]].map(prediction);
        let uniform = Criteria::new(&uniform, &uniform);
        assert!(uniform.information.abs() < 1e-9 && (uniform.balance - 1.0).abs() < 1e-9);
        assert_eq!(Criteria::new(&[], &[]), Criteria::default());
    }
}
