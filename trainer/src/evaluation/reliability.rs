//! How far a classifier's confidence can be trusted.

use serde::Serialize;

use super::Prediction;
use shared::classes::ClassId;

/// Bins of equal width in confidence.
const BINS: usize = 15;

/// Predictions of similar confidence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Bin {
    /// How many there are.
    pub count: usize,
    /// Their mean confidence, 0 to 1.
    pub confidence: f64,
    /// The share of them that is correct, 0 to 1.
    pub accuracy: f64,
}

/// Confidence against accuracy.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reliability {
    /// The mean distance of confidence and accuracy over all predictions, 0 to 1, in 15 bins (Naeini, Cooper, Hauskrecht,
    /// "Obtaining Well Calibrated Probabilities Using Bayesian Binning", AAAI 2015).
    pub expected_calibration_error: f64,
    /// From the least to the most confident.
    pub bins: Vec<Bin>,
}

impl Reliability {
    /// From each prediction's confidence (0 to 1) and whether it is correct.
    pub fn new(predictions: impl IntoIterator<Item = (f32, bool)>) -> Self {
        let mut bins = vec![Bin::default(); BINS];
        for (confidence, correct) in predictions {
            let bin = ((confidence * BINS as f32) as usize).min(BINS - 1);
            let Bin {
                count,
                confidence: sum,
                accuracy: correct_sum,
            } = &mut bins[bin];
            *count += 1;
            *sum += f64::from(confidence);
            *correct_sum += f64::from(u8::from(correct));
        }
        let total: usize = bins.iter().map(|bin| bin.count).sum();
        let mut error = 0.0;
        for bin in bins.iter_mut().filter(|bin| bin.count > 0) {
            let count = bin.count as f64;
            bin.confidence /= count;
            bin.accuracy /= count;
            error += (bin.confidence - bin.accuracy).abs() * count / total as f64;
        }
        Self {
            expected_calibration_error: error,
            bins,
        }
    }

    /// From predictions and labels.
    pub fn of(predictions: &[Prediction], labels: &[ClassId]) -> Self {
        Self::new(
            predictions
                .iter()
                .zip(labels)
                .map(|(prediction, label)| (prediction.confidence(), prediction.class == *label)),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_by_hand() {
        let reliability = Reliability::new([(0.9, true), (0.9, false), (0.3, false), (0.3, false)]);
        assert!((reliability.expected_calibration_error - (0.4 + 0.3) / 2.0).abs() < 1e-6);
        let filled: Vec<usize> = reliability.bins.iter().map(|bin| bin.count).collect();
        assert_eq!(
            (filled[4], filled[13], filled.iter().sum::<usize>()),
            (2, 2, 4)
        );
    }

    #[test]
    fn full_confidence_in_correct_predictions_is_no_error() {
        assert_eq!(
            Reliability::new([(1.0, true); 3]).expected_calibration_error,
            0.0
        );
        assert_eq!(Reliability::new([]).expected_calibration_error, 0.0);
    }
}
