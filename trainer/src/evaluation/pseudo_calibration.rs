//! A temperature for pictures without labels: PseudoCal (Hu et al., "Pseudo-Calibration: Improving Predictive Uncertainty Estimation in
//! Unsupervised Domain Adaptation", ICML 2024).

use image::GrayImage;
use rand::{SeedableRng, rngs::ChaCha8Rng, seq::SliceRandom};
use rayon::prelude::*;
use shared::{classes::ClassId, input::grey_from_doodle};

use super::{Prediction, Predictor};

/// The share of the first picture in a mixed pair, as in the paper.
const SHARE: f32 = 0.65;
/// Decides the pairs.
const SEED: u64 = 0;

/// Mixed pairs of doodles, what a classifier predicts of them, and their pseudo-labels: what it predicts of the picture that is the
/// larger part. Only pairs of different predictions are kept, so that a mixture is unclear where the classes are, as an unlabelled picture
/// is where domains differ.
pub fn pseudo_labelled(
    predictor: &Predictor,
    doodles: &[GrayImage],
) -> (Vec<Prediction>, Vec<ClassId>) {
    let mut partners: Vec<usize> = (0..doodles.len()).collect();
    partners.shuffle(&mut ChaCha8Rng::seed_from_u64(SEED));
    let predictions = predictor.doodles(doodles);
    let class = |index: usize| predictions[index].class;
    let pairs = partners.into_iter().enumerate();
    let pairs: Vec<(usize, usize)> = pairs
        .filter(|(one, other)| class(*one) != class(*other))
        .collect();
    let mixed: Vec<GrayImage> = pairs
        .par_iter()
        .map(|(one, other)| mix(&doodles[*one], &doodles[*other]))
        .collect();
    let labels = pairs.iter().map(|(one, _)| class(*one)).collect();
    (predictor.doodles(&mixed), labels)
}

fn mix(one: &GrayImage, other: &GrayImage) -> GrayImage {
    let (mut mixed, other) = (grey_from_doodle(one), grey_from_doodle(other));
    for (level, other) in mixed.iter_mut().zip(other.iter()) {
        let sum = SHARE * f32::from(*level) + (1.0 - SHARE) * f32::from(*other);
        *level = sum.round() as u8;
    }
    mixed
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;
    use shared::weights::classifier_from_bytes;

    use super::*;
    use crate::data::held_out;

    fn shipped() -> Predictor {
        let bytes = include_bytes!("../../../assets/weights/edgewise.safetensors");
        let device = Device::flex();
        let (classifier, _) = classifier_from_bytes(bytes, &device).unwrap();
        Predictor::new(classifier, device)
    }

    #[test]
    fn only_pairs_of_different_predictions_are_kept_the_same_every_time() {
        let predictor = shipped();
        let doodles = held_out(0).0.pictures;
        let (predictions, labels) = pseudo_labelled(&predictor, &doodles);
        assert_eq!(predictions.len(), labels.len());
        assert!((1..doodles.len()).contains(&predictions.len()));
        assert_eq!((predictions, labels), pseudo_labelled(&predictor, &doodles));
        let alike = vec![doodles[0].clone(); 8];
        assert!(pseudo_labelled(&predictor, &alike).1.is_empty());
    }

    #[test]
    fn a_pair_has_the_prediction_of_its_larger_part() {
        let predictor = shipped();
        let doodles = held_out(0).0.pictures;
        let classes = predictor.doodles(&doodles);
        let classes: Vec<ClassId> = classes.iter().map(|seen| seen.class).collect();
        let other = classes.iter().position(|class| *class != classes[0]);
        let two = [0, other.unwrap()];
        let [one, other] = two.map(|index| &doodles[index]);
        let expected = predictor.doodles(&[mix(one, other), mix(other, one)]);
        assert_ne!(expected[0].probabilities, expected[1].probabilities);
        let many: Vec<GrayImage> = [one, other].into_iter().cycle().take(16).cloned().collect();
        let (predictions, labels) = pseudo_labelled(&predictor, &many);
        for class in two.map(|index| classes[index]) {
            assert!(labels.contains(&class), "{labels:?}");
        }
        for (found, label) in predictions.iter().zip(labels) {
            let expected = &expected[usize::from(label != classes[0])];
            let pairs = found.probabilities.iter().zip(&expected.probabilities);
            for (found, expected) in pairs {
                assert!((found - expected).abs() < 1e-5, "{found} {expected}");
            }
        }
    }

    #[test]
    fn a_mixture_has_so_much_of_each() {
        let plain = |level| GrayImage::from_pixel(28, 28, image::Luma([level]));
        let mixed = mix(&plain(200), &plain(100));
        assert_eq!(mixed.dimensions(), (32, 32));
        assert!(mixed.iter().all(|level| *level == 165));
    }
}
