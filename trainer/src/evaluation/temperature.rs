//! Temperature scaling (Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural Networks", ICML 2017).

use shared::classes::ClassId;

use super::{Prediction, Reliability};

/// Fewer photos or doodles than this say too little about confidence.
const FEWEST: usize = 50;
/// The temperatures that are searched.
const RANGE: (f64, f64) = (0.1, 10.0);
/// Consecutive predictions that go to the same half: a multiple of the pictures of one photo.
const RUN: usize = 6;
/// Golden-section steps, each of which leaves 0.618 of the range's logarithm: to about a millionth.
const ROUNDS: usize = 32;

/// Why predictions cannot be calibrated.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum CalibrationError {
    /// Too few photos or doodles.
    #[error("{have} are too few: at least {FEWEST} are needed")]
    TooFew {
        /// How many there are.
        have: usize,
    },
    /// The best temperature is at an end of the range that is searched.
    #[error(
        "the temperature would be {temperature:.1}, at the end of the range that is searched: either all predictions are correct or \
         they say nothing"
    )]
    AtBound {
        /// The bound.
        temperature: f64,
    },
}

/// The [`temperature`] of predictions about pictures that show `subjects` different photos or pairs of doodles.
///
/// # Errors
/// Where it would not mean anything.
pub fn calibrate(
    subjects: usize,
    predictions: &[Prediction],
    labels: &[ClassId],
) -> Result<f64, CalibrationError> {
    if subjects < FEWEST {
        return Err(CalibrationError::TooFew { have: subjects });
    }
    let temperature = temperature(predictions, labels);
    // Where the best lies beyond a bound, the loss is all but flat near it.
    let is_at = |bound: f64| (temperature / bound).ln().abs() < 0.2;
    if is_at(RANGE.0) || is_at(RANGE.1) {
        return Err(CalibrationError::AtBound { temperature });
    }
    Ok(temperature)
}

/// The temperature to divide the logits by, so that confidence matches accuracy: the one with the least mean negative log-likelihood
/// of `labels`. 0.1 to 10; above 1 where the classifier was overconfident.
pub fn temperature(predictions: &[Prediction], labels: &[ClassId]) -> f64 {
    let loss = |log: f64| -> f64 {
        let inverse = (-log).exp();
        let pairs = predictions.iter().zip(labels);
        pairs
            .map(|(prediction, label)| negative_log_likelihood(prediction, *label, inverse))
            .sum()
    };
    let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
    let (mut low, mut high) = (RANGE.0.ln(), RANGE.1.ln());
    for _ in 0..ROUNDS {
        let (left, right) = (high - golden * (high - low), low + golden * (high - low));
        if loss(left) < loss(right) {
            high = right;
        } else {
            low = left;
        }
    }
    ((low + high) / 2.0).exp()
}

/// The reliability of the calibrated predictions, each half with the temperature found on the other: on the predictions that it was
/// found on, a temperature would look better than it is.
pub fn cross_fitted(predictions: &[Prediction], labels: &[ClassId]) -> Reliability {
    // In runs, so that the pictures of one photo stay together.
    let half = |parity: usize| -> (Vec<Prediction>, Vec<ClassId>) {
        let pairs = predictions.iter().cloned().zip(labels.iter().copied());
        let pairs = pairs
            .enumerate()
            .filter(|(index, _)| index / RUN % 2 == parity);
        pairs.map(|(_, pair)| pair).unzip()
    };
    let (even, odd) = (half(0), half(1));
    let calibrated = [(&even, &odd), (&odd, &even)].map(|(half, other)| {
        let inverse = 1.0 / temperature(&other.0, &other.1);
        half.0.iter().zip(&half.1).map(move |(prediction, label)| {
            let confidence =
                (-negative_log_likelihood(prediction, prediction.class, inverse)).exp();
            (confidence as f32, prediction.class == *label)
        })
    });
    Reliability::new(calibrated.into_iter().flatten())
}

/// Of a label, with logits multiplied by `inverse`; in nats.
fn negative_log_likelihood(prediction: &Prediction, label: ClassId, inverse: f64) -> f64 {
    // Logarithms of probabilities are logits, but for a constant that makes no difference.
    let logit = |probability: &f32| inverse * f64::from(probability.max(f32::MIN_POSITIVE)).ln();
    let most = prediction
        .probabilities
        .iter()
        .map(&logit)
        .fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = prediction
        .probabilities
        .iter()
        .map(|p| (logit(p) - most).exp())
        .sum();
    let own = prediction
        .probabilities
        .get(usize::from(label.0))
        .map_or(most, logit);
    sum.ln() + most - own
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Predictions with confidence 0.982 (logits 4 and 0), of which `correct` in a hundred are correct.
    fn predictions(correct: usize) -> (Vec<Prediction>, Vec<ClassId>) {
        let confidence = 1.0 / (1.0 + (-4.0_f32).exp());
        let prediction = Prediction {
            class: ClassId(0),
            probabilities: vec![confidence, 1.0 - confidence],
        };
        // Spread over both halves: 37 has no factor in common with 100.
        let labels = (0..100)
            .map(|n| ClassId(u8::from(n * 37 % 100 >= correct)))
            .collect();
        (vec![prediction; 100], labels)
    }

    #[test]
    fn an_overconfident_classifier_gets_a_temperature_above_1() {
        let (predictions, labels) = predictions(73);
        // 1 / (1 + exp(-1)) is 0.731.
        let temperature = temperature(&predictions, &labels);
        assert!((temperature - 4.0).abs() < 0.03, "{temperature}");
        assert!(Reliability::of(&predictions, &labels).expected_calibration_error > 0.2);
        assert!(cross_fitted(&predictions, &labels).expected_calibration_error < 0.05);
    }

    #[test]
    fn too_few_pictures_and_a_temperature_at_its_bound_are_refused() {
        let few = calibrate(49, &[], &[]).unwrap_err();
        assert_eq!(few, CalibrationError::TooFew { have: 49 });
        for correct in [100, 50] {
            let (predictions, labels) = predictions(correct);
            let refused = calibrate(100, &predictions, &labels);
            let at_bound = matches!(refused, Err(CalibrationError::AtBound { .. }));
            assert!(at_bound, "{correct}: {refused:?}");
        }
        let (predictions, labels) = predictions(73);
        assert!(calibrate(100, &predictions, &labels).is_ok());
    }

    #[test]
    fn a_calibrated_classifier_keeps_its_confidence() {
        let (predictions, labels) = predictions(98);
        assert!((temperature(&predictions, &labels) - 1.0).abs() < 0.05);
    }
}
