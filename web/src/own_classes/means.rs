//! The nearest class mean in the network's features, and how it joins the network's own answer.
//!
//! A class's mean is that of its examples' features, each scaled to length 1, scaled to length 1 itself. A drawing's
//! similarity with a class is the cosine between its features and the mean. How similar drawings of one class are, the examples
//! themselves say: each is compared with the mean of the others.

/// By how much of the spread between 1 and the examples' own similarity a drawing may be less similar than they are.
const TOLERANCE: f32 = 0.5;
/// By how much of similarity it may be less at least: five drawings by one hand, one after the other, are more alike than later ones.
const MARGIN: f32 = 0.05;
/// The similarity below which no drawing belongs to a class, however much its examples differ.
const LEAST: f32 = 0.5;
/// How sharply belonging falls with similarity: smaller is sharper.
const TEMPERATURE: f32 = 0.03;

/// The mean of a class's examples, and how similar a drawing must be.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassMean {
    /// Of length 1.
    direction: Vec<f32>,
    /// The similarity at which a drawing belongs to the class as much as not.
    threshold: f32,
}

impl ClassMean {
    /// The mean of some examples' features; nothing where there are fewer than two, where they have different lengths, or where
    /// one is no direction: all zeros, or not finite.
    pub fn of(examples: &[Vec<f32>]) -> Option<Self> {
        let units: Vec<Vec<f32>> = examples
            .iter()
            .map(|example| unit(example))
            .collect::<Option<_>>()?;
        let length = units.first()?.len();
        if units.len() < 2 || units.iter().any(|unit| unit.len() != length) {
            return None;
        }
        let sum_without = |left_out: Option<usize>| {
            let mut sum = vec![0.0; length];
            for (index, unit) in units.iter().enumerate() {
                if Some(index) != left_out {
                    sum.iter_mut()
                        .zip(unit)
                        .for_each(|(sum, value)| *sum += value);
                }
            }
            unit(&sum)
        };
        let mut own = 0.0;
        for (index, unit) in units.iter().enumerate() {
            own += cosine(unit, &sum_without(Some(index))?);
        }
        let own = own / units.len() as f32;
        Some(Self {
            direction: sum_without(None)?,
            threshold: (own - (TOLERANCE * (1.0 - own)).max(MARGIN)).max(LEAST),
        })
    }

    /// How much features belong to the class: 0 to 1; 0 where they are no direction or of another length.
    pub fn belonging(&self, features: &[f32]) -> f32 {
        match unit(features) {
            Some(unit) if unit.len() == self.direction.len() => {
                let above = cosine(&unit, &self.direction) - self.threshold;
                1.0 / (1.0 + (-above / TEMPERATURE).exp())
            }
            _ => 0.0,
        }
    }
}

/// The network's probabilities together with those of own classes: first the network's, then one for each of `belongings`, all
/// together 1 as before. The own classes share what the most similar of them claims; the network's classes share the rest.
pub fn blend(probabilities: &[f32], belongings: &[f32]) -> Vec<f32> {
    let claimed = belongings
        .iter()
        .copied()
        .fold(0.0, f32::max)
        .clamp(0.0, 1.0);
    let sum: f32 = belongings.iter().sum();
    let share = if sum > 0.0 { claimed / sum } else { 0.0 };
    let network = probabilities.iter().map(|value| value * (1.0 - claimed));
    let own = belongings.iter().map(|value| value * share);
    network.chain(own).collect()
}

/// Values scaled to length 1; none where they are all zeros or not finite.
pub fn unit(values: &[f32]) -> Option<Vec<f32>> {
    let length = values.iter().map(|value| value * value).sum::<f32>().sqrt();
    (length.is_normal()).then(|| values.iter().map(|value| value / length).collect())
}

/// The cosine between two vectors of length 1.
pub fn cosine(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    /// Features near one axis, each a little differently.
    fn near(axis: usize, wobble: f32) -> Vec<f32> {
        let mut features = vec![0.0; 8];
        features[axis] = 3.0;
        features[(axis + 1) % 8] = wobble;
        features[(axis + 2) % 8] = 1.0 - wobble;
        features
    }

    fn mean(axis: usize) -> ClassMean {
        let examples: Vec<Vec<f32>> = [0.2, 0.4, 0.5, 0.6, 0.8]
            .map(|wobble| near(axis, wobble))
            .to_vec();
        ClassMean::of(&examples).unwrap()
    }

    #[test]
    fn a_drawing_like_the_examples_belongs_and_one_unlike_them_does_not() {
        assert!(mean(0).belonging(&near(0, 0.5)) > 0.5);
        assert!(mean(0).belonging(&near(4, 0.5)) < 0.01);
        let louder: Vec<f32> = near(0, 0.5).iter().map(|value| value * 100.0).collect();
        assert!((mean(0).belonging(&louder) - mean(0).belonging(&near(0, 0.5))).abs() < 1e-3);
    }

    #[test]
    fn examples_that_are_no_directions_make_no_class() {
        let good = near(0, 0.5);
        for bad in [
            vec![],
            vec![good.clone()],
            vec![good.clone(), vec![0.0; 8]],
            vec![good.clone(), vec![f32::NAN; 8]],
            vec![good.clone(), vec![f32::INFINITY; 8]],
            vec![good.clone(), vec![1.0; 7]],
            vec![vec![], vec![]],
        ] {
            assert_eq!(ClassMean::of(&bad), None, "{bad:?}");
        }
        for features in [vec![], vec![0.0; 8], vec![f32::NAN; 8], vec![1.0; 7]] {
            assert_eq!(mean(0).belonging(&features), 0.0);
        }
    }

    #[test]
    fn the_most_similar_own_class_takes_its_part_and_the_rest_keep_their_order() {
        let blended = blend(&[0.6, 0.4], &[0.8, 0.0]);
        let expected = [0.12, 0.08, 0.8, 0.0];
        for (value, expected) in blended.iter().zip(expected) {
            assert!((value - expected).abs() < 1e-6, "{blended:?}");
        }
        assert_eq!(blend(&[0.6, 0.4], &[0.0, 0.0]), [0.6, 0.4, 0.0, 0.0]);
        assert_eq!(blend(&[0.6, 0.4], &[]), [0.6, 0.4]);
    }

    #[cfg(not(target_family = "wasm"))]
    mod properties {
        use proptest::prelude::*;

        use super::*;

        proptest! {
            #[test]
            fn blended_probabilities_are_together_what_the_network_s_are(
                logits in prop::collection::vec(-20.0_f32..20.0, 1..12),
                belongings in prop::collection::vec(0.0_f32..=1.0, 0..9),
            ) {
                let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
                let powers: Vec<f32> = logits.iter().map(|value| (value - largest).exp()).collect();
                let sum: f32 = powers.iter().sum();
                let network: Vec<f32> = powers.iter().map(|value| value / sum).collect();
                let blended = blend(&network, &belongings);
                prop_assert_eq!(blended.len(), network.len() + belongings.len());
                prop_assert!((blended.iter().sum::<f32>() - 1.0).abs() < 1e-4);
                prop_assert!(blended.iter().all(|value| (0.0..=1.0).contains(value)));
            }

            #[test]
            fn belonging_is_a_number_from_0_to_1_whatever_the_features(
                features in prop::collection::vec(any::<f32>(), 0..12),
            ) {
                prop_assert!((0.0..=1.0).contains(&mean(0).belonging(&features)));
            }
        }
    }
}
