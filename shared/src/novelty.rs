//! Whether a picture shows one of the classes at all: a relative Mahalanobis distance of its features, and the energy of its logits.
//!
//! Each class is a Gaussian in feature space, all with one covariance, and all pictures together are one more Gaussian. How much better
//! the nearest class explains the features than everything together does is the relative Mahalanobis distance (Ren et al., "A Simple Fix
//! to Mahalanobis Distance for Improving Near-OOD Detection", 2021); the logarithm of the sum of the logits' exponentials is the energy
//! score (Liu et al., "Energy-based Out-of-distribution Detection", NeurIPS 2020). Both are standardised on the pictures that the
//! statistics were fitted on, without labels, and added.

/// The logits are divided by this before their exponentials are added, so that all of them count and not the largest alone.
const ENERGY_TEMPERATURE: f32 = 4.0;

/// Where a score lies among those of the pictures that the statistics were fitted on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standard {
    /// The median.
    pub median: f32,
    /// The standard deviation, above 0.
    pub deviation: f32,
}

impl Standard {
    fn of(self, value: f32) -> f32 {
        (value - self.median) / self.deviation
    }
}

/// What the decision rests on, fitted on unlabelled pictures. The relative distance of features `x` to class `c` is
/// `(x - centre)' precision (x - centre) - linear[c] (x - centre) - offset[c]`, and that to the nearest class counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Statistics {
    /// The mean features, `[features]`.
    pub centre: Vec<f32>,
    /// The precision within the classes less that of everything together: the upper triangle, row by row with its diagonal,
    /// `[features (features + 1) / 2]`.
    pub precision: Vec<f32>,
    /// One row a class, `[classes, features]`.
    pub linear: Vec<f32>,
    /// `[classes]`
    pub offset: Vec<f32>,
    /// Of minus the relative distance.
    pub nearness: Standard,
    /// Of the energy.
    pub energy: Standard,
    /// The lowest score of a picture that counts as one of the classes.
    pub threshold: f32,
}

impl Statistics {
    /// Whether all parts are of the sizes of a network with so many features and classes, finite, and the deviations above 0.
    pub fn fits(&self, features: usize, classes: usize) -> bool {
        let is_finite = |values: &[f32]| values.iter().all(|value| value.is_finite());
        let is_usable = |standard: Standard| {
            standard.median.is_finite()
                && standard.deviation.is_finite()
                && standard.deviation > 0.0
        };
        self.centre.len() == features
            && self.precision.len() == triangle(features)
            && self.linear.len() == classes * features
            && self.offset.len() == classes
            && [&self.centre, &self.precision, &self.linear, &self.offset]
                .iter()
                .all(|values| is_finite(values))
            && is_usable(self.nearness)
            && is_usable(self.energy)
            && self.threshold.is_finite()
    }

    /// Minus the relative Mahalanobis distance to the nearest class; `features` as the network gives them, `[features]`.
    pub fn nearness(&self, features: &[f32]) -> f32 {
        let width = self.centre.len();
        let at = |index: usize| {
            features
                .get(index)
                .map_or(0.0, |value| value - self.centre[index])
        };
        let mut square = 0.0;
        let mut rest = &self.precision[..];
        for index in 0..width {
            let (row, after) = rest.split_at(width - index);
            rest = after;
            let mut sum = 0.5 * row[0] * at(index);
            for (offset, value) in row.iter().enumerate().skip(1) {
                sum += value * at(index + offset);
            }
            square += 2.0 * sum * at(index);
        }
        let classes = self.linear.chunks_exact(width.max(1)).zip(&self.offset);
        let nearest = classes.map(|(row, offset)| {
            let products = row
                .iter()
                .enumerate()
                .map(|(index, value)| value * at(index));
            products.sum::<f32>() + offset
        });
        nearest.fold(f32::NEG_INFINITY, f32::max) - square
    }
}

/// The energy of one picture's logits: the higher, the more it is like some class.
pub fn energy(logits: &[f32]) -> f32 {
    let scaled = logits.iter().map(|logit| logit / ENERGY_TEMPERATURE);
    let most = scaled.clone().fold(f32::NEG_INFINITY, f32::max);
    most + scaled.map(|logit| (logit - most).exp()).sum::<f32>().ln()
}

/// How much a picture is like one of the classes, from its features `[features]` and its logits `[classes]` as the network gives them: the
/// higher, the more. Around 0 for pictures like those that the statistics were fitted on.
pub fn score(statistics: &Statistics, features: &[f32], logits: &[f32]) -> f32 {
    statistics.nearness.of(statistics.nearness(features)) + statistics.energy.of(energy(logits))
}

impl Statistics {
    /// Whether a picture of this [`score`] counts as one of the classes. One whose score is not a number does not.
    pub fn is_one_of_the_classes(&self, score: f32) -> bool {
        score >= self.threshold
    }
}

/// Values of the upper triangle of a square matrix, its diagonal included.
pub fn triangle(side: usize) -> usize {
    side * (side + 1) / 2
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PLAIN: Standard = Standard {
        median: 0.0,
        deviation: 1.0,
    };

    /// Two classes at (1, 0) and (0, 1), variance 1/2 within each and 1 altogether, in nats times two.
    fn two_classes() -> Statistics {
        Statistics {
            centre: vec![0.5, 0.5],
            precision: vec![1.0, 0.0, 1.0],
            linear: vec![2.0, -2.0, -2.0, 2.0],
            offset: vec![-1.0, -1.0],
            nearness: PLAIN,
            energy: PLAIN,
            threshold: -1.0,
        }
    }

    #[test]
    fn the_distance_is_that_to_the_nearest_class_less_that_to_the_background() {
        let statistics = two_classes();
        assert!(statistics.fits(2, 2));
        let expected = |x: f32, y: f32| {
            let square = |a: f32, b: f32| (x - a) * (x - a) + (y - b) * (y - b);
            let class = square(1.0, 0.0).min(square(0.0, 1.0)) * 2.0;
            square(0.5, 0.5) - class
        };
        for (x, y) in [(1.0, 0.0), (0.0, 1.0), (3.0, -2.0), (0.2, 0.7), (-4.0, 5.0)] {
            let found = statistics.nearness(&[x, y]);
            assert!((found - expected(x, y)).abs() < 1e-4, "{x} {y}: {found}");
        }
    }

    #[test]
    fn the_whole_upper_triangle_counts_twice() {
        let statistics = Statistics {
            centre: vec![0.0; 3],
            precision: vec![1.0, 0.5, -0.25, 2.0, 0.125, 3.0],
            linear: vec![0.0; 3],
            offset: vec![0.0],
            ..two_classes()
        };
        assert!(statistics.fits(3, 1));
        // 1 + 2 * 4 + 3 * 9 + 2 (0.5 * 2 - 0.25 * 3 + 0.125 * 6)
        assert!((statistics.nearness(&[1.0, 2.0, 3.0]) + 38.0).abs() < 1e-4);
    }

    #[test]
    fn energy_grows_with_any_logit_and_does_not_overflow() {
        assert!(energy(&[8.0, 0.0]) > energy(&[4.0, 0.0]));
        assert!(energy(&[4.0, 1.0]) > energy(&[4.0, 0.0]));
        assert!((energy(&[4e6, 0.0]) - 1e6).abs() < 1.0);
    }

    #[test]
    fn what_is_not_a_number_is_none_of_the_classes() {
        let statistics = two_classes();
        assert!(statistics.is_one_of_the_classes(score(&statistics, &[1.0, 0.0], &[4.0, 0.0])));
        for (features, logits) in [([f32::NAN, 0.0], [1.0, 0.0]), ([1.0, 0.0], [f32::NAN, 0.0])] {
            let score = score(&statistics, &features, &logits);
            assert!(!statistics.is_one_of_the_classes(score), "{score}");
        }
    }

    proptest! {
        #[test]
        fn no_features_and_no_logits_make_a_score_panic(
            features in prop::collection::vec(any::<f32>(), 0..5),
            logits in prop::collection::vec(any::<f32>(), 0..5),
        ) {
            let statistics = two_classes();
            score(&statistics, &features, &logits);
        }
    }
}
