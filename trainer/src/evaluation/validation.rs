use image::GrayImage;
use rayon::prelude::*;
use shared::{
    classes::ClassId,
    input::{edges_from_photo, photo_grey},
    picture::CannyThresholds,
};

use super::{Guess, Predictor};
use crate::data::{Photos, SourceView};

/// Labelled photos that were kept aside from training.
pub struct Validation {
    pictures: Vec<GrayImage>,
    labels: Vec<ClassId>,
}

impl Validation {
    /// The photos as a finished network is shown them: their edges with the usual thresholds, or grey where it learned from
    /// grey ones alone.
    pub fn new(photos: &Photos, view: SourceView) -> Self {
        let shown = photos.pictures.par_iter().map(|photo| match view {
            SourceView::Grey => photo_grey(photo),
            SourceView::Canny | SourceView::Mixed => {
                edges_from_photo(photo, CannyThresholds::default())
            }
        });
        Self {
            pictures: shown.collect(),
            labels: photos.labels.clone(),
        }
    }

    /// What a classifier makes of them, and what they are.
    pub fn guesses(&self, predictor: &Predictor) -> (Vec<Guess>, &[ClassId]) {
        (predictor.doodles(&self.pictures), &self.labels)
    }

    /// The share named right, 0 to 1, or none where there are no photos.
    pub fn accuracy(&self, predictor: &Predictor) -> Option<f64> {
        let (guesses, labels) = self.guesses(predictor);
        let right = guesses
            .iter()
            .zip(labels)
            .filter(|(guess, label)| guess.class == **label)
            .count();
        (!labels.is_empty()).then(|| right as f64 / labels.len() as f64)
    }
}
