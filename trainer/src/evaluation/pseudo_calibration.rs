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
    use shared::model::{ClassifierConfig, FeatureExtractorConfig};

    use super::*;
    use crate::data::held_out;

    #[test]
    fn pairs_have_the_prediction_of_their_larger_part_and_are_the_same_every_time() {
        let device = Device::flex();
        device.seed(3);
        let config = ClassifierConfig::new(10, FeatureExtractorConfig::new().with_width(2));
        let predictor = Predictor::new(config.init(&device), device);
        let doodles = held_out(0).0.pictures;
        let (predictions, labels) = pseudo_labelled(&predictor, &doodles);
        assert_eq!(predictions.len(), labels.len());
        assert!(predictions.len() < doodles.len());
        assert_eq!((predictions, labels), pseudo_labelled(&predictor, &doodles));
    }

    #[test]
    fn a_mixture_has_so_much_of_each() {
        let plain = |level| GrayImage::from_pixel(28, 28, image::Luma([level]));
        let mixed = mix(&plain(200), &plain(100));
        assert_eq!(mixed.dimensions(), (32, 32));
        assert!(mixed.iter().all(|level| *level == 165));
    }
}
