use image::GrayImage;
use rayon::prelude::*;
use shared::{classes::ClassId, input::edges_from_photo, picture::CannyThresholds};

use super::{Prediction, Predictor, accuracy};
use crate::data::{Photos, SourceTransform};

/// Thresholds that a person may set in the page, from many edges to few: the notebook of the course shows these, and the
/// last is what it trains with.
const THRESHOLDS: [CannyThresholds; 3] = [
    CannyThresholds::new(50.0, 100.0),
    CannyThresholds::new(100.0, 200.0),
    CannyThresholds::new(170.0, 300.0),
];

/// Labelled photos that were held out of training.
pub struct Validation {
    pictures: Vec<GrayImage>,
    labels: Vec<ClassId>,
    photos: usize,
}

impl Validation {
    /// The photos as a finished network is shown them: the edges of each with three pairs of thresholds, (50, 100),
    /// (100, 200) and (170, 300), or grey, or its negative, where the network was trained on those alone.
    pub fn new(photos: &Photos, transform: SourceTransform) -> Self {
        let shown = photos
            .pictures
            .par_iter()
            .zip(&photos.labels)
            .flat_map_iter(|(photo, label)| {
                let pictures = match transform {
                    SourceTransform::Grey | SourceTransform::Negative => {
                        vec![transform.for_inference(photo)]
                    }
                    SourceTransform::Canny | SourceTransform::Soft | SourceTransform::Mixed => {
                        THRESHOLDS
                            .map(|thresholds| edges_from_photo(photo, thresholds))
                            .to_vec()
                    }
                };
                pictures.into_iter().map(|picture| (picture, *label))
            });
        let (pictures, labels) = shown.unzip();
        Self {
            pictures,
            labels,
            photos: photos.pictures.len(),
        }
    }

    /// How many photos there are.
    pub fn photos(&self) -> usize {
        self.photos
    }

    /// The predictions about their pictures, and the labels.
    pub fn predictions(&self, predictor: &Predictor) -> (Vec<Prediction>, &[ClassId]) {
        (predictor.doodles(&self.pictures), &self.labels)
    }

    /// The share of pictures classified correctly, 0 to 1, or none where there are no photos.
    pub fn accuracy(&self, predictor: &Predictor) -> Option<f64> {
        let (predictions, labels) = self.predictions(predictor);
        accuracy(&predictions, labels)
    }
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;
    use shared::model::{ClassifierConfig, FeatureExtractorConfig};

    use super::*;
    use crate::data::sample;

    #[test]
    fn each_photo_is_seen_at_three_thresholds() {
        let (_, photos) = sample(0).photos.split(0.1);
        let device = Device::flex();
        let config = ClassifierConfig::new(10, FeatureExtractorConfig::new().with_width(2));
        let predictor = Predictor::new(config.init(&device), device);
        for (transform, times) in [(SourceTransform::Mixed, 3), (SourceTransform::Grey, 1)] {
            let validation = Validation::new(&photos, transform);
            let (predictions, labels) = validation.predictions(&predictor);
            assert_eq!((predictions.len(), labels.len()), (60 * times, 60 * times));
            assert_eq!(labels[3 * times - 1], photos.labels[2]);
            assert!(validation.accuracy(&predictor).is_some());
        }
        let none = Validation::new(&Photos::default(), SourceTransform::Mixed);
        assert_eq!(none.accuracy(&predictor), None);
    }
}
