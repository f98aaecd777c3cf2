//! The classifier on this machine's processor: what every other way to run it must agree with.

use std::path::Path;

use burn::tensor::{Device, Tensor, TensorData};
use image::GrayImage;
use shared::classes::ClassId;
use shared::input::{INPUT_SIDE, values};
use shared::model::Classifier;
use shared::weights::{Metadata, classifier_from_bytes};

/// A classifier with what its weights file says of itself.
pub struct Predictor {
    /// The network.
    pub classifier: Classifier,
    /// The file's metadata.
    pub metadata: Metadata,
}

impl Predictor {
    /// Reads a weights file.
    ///
    /// # Panics
    /// When it is missing or refused.
    pub fn open(file: &Path) -> Self {
        let name = file.display();
        let bytes = std::fs::read(file)
            .unwrap_or_else(|error| panic!("{name}: {error}: train and export the weights first"));
        let (classifier, metadata) = classifier_from_bytes(&bytes, &Device::flex())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        Self {
            classifier,
            metadata,
        }
    }

    /// The logits, one a class, of a 32x32 grey picture.
    ///
    /// # Panics
    /// When the picture has another size.
    pub fn logits(&self, picture: &GrayImage) -> Vec<f32> {
        logits(&self.classifier, &[values(picture)]).remove(0)
    }
}

/// The logits of pictures that are given as the network's values.
///
/// # Panics
/// When a picture is not 32x32.
pub fn logits(classifier: &Classifier, pictures: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let side = INPUT_SIDE as usize;
    let input = TensorData::new(pictures.concat(), [pictures.len(), 1, side, side]);
    let logits = classifier.forward(Tensor::from_data(input, &Device::flex()));
    let [_, classes] = logits.dims();
    let logits: Vec<f32> = logits
        .into_data()
        .try_to_vec()
        .unwrap_or_else(|error| panic!("the logits are no f32: {error:?}"));
    logits.chunks(classes).map(<[f32]>::to_vec).collect()
}

/// The class with the largest logit; the last of several.
///
/// # Panics
/// When there is none.
pub fn top(logits: &[f32]) -> ClassId {
    let top = (0..=u8::MAX).zip(logits).max_by(|a, b| a.1.total_cmp(b.1));
    let Some((class, _)) = top else {
        panic!("there are no logits");
    };
    ClassId(class)
}
