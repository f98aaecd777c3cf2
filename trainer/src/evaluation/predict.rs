use burn::tensor::{Device, Tensor, TensorData, activation::softmax};
use image::GrayImage;
use rayon::prelude::*;
use shared::{
    classes::ClassId,
    input::{INPUT_SIDE, grey_from_doodle, values},
    model::Classifier,
    nn::{Network, PICTURE},
    picture::flip_horizontal,
    weights::{Metadata, Precision, WeightsError, bytes_from_classifier, network_from_bytes},
};

use crate::data::Augmentation;

/// Pictures in one forward pass.
pub const BATCH: usize = 256;

/// What a classifier predicts of one picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// The likeliest class.
    pub class: ClassId,
    /// Probability of each class, in order; they add up to 1.
    pub probabilities: Vec<f32>,
}

impl Prediction {
    /// The probability of the likeliest class.
    pub fn confidence(&self) -> f32 {
        let class = usize::from(self.class.0);
        self.probabilities.get(class).copied().unwrap_or_default()
    }

    /// The `count` most probable classes with their probabilities, the most probable first; of equals the one with the lower
    /// number.
    pub fn top(&self, count: usize) -> impl Iterator<Item = (ClassId, f32)> {
        let mut ranked: Vec<(ClassId, f32)> = (0..=u8::MAX)
            .map(ClassId)
            .zip(self.probabilities.iter().copied())
            .collect();
        ranked.sort_by(|one, other| other.1.total_cmp(&one.1));
        ranked.into_iter().take(count)
    }
}

/// The share of predictions that are correct, 0 to 1, or none where there are none.
pub fn accuracy(predictions: &[Prediction], labels: &[ClassId]) -> Option<f64> {
    let correct = predictions
        .iter()
        .zip(labels)
        .filter(|(prediction, label)| prediction.class == **label)
        .count();
    (!labels.is_empty()).then(|| correct as f64 / labels.len() as f64)
}

/// A classifier in evaluation mode on a device without autodiff.
pub struct Predictor {
    classifier: Classifier,
    device: Device,
    kernels: Option<Network>,
    tta_copies: u32,
}

impl Predictor {
    /// `classifier` must be on `device`, which must have no autodiff, so that batch normalisation uses its running
    /// statistics.
    pub fn new(classifier: Classifier, device: Device) -> Self {
        Self {
            classifier,
            device,
            kernels: None,
            tta_copies: 1,
        }
    }

    /// From now on predictions are made on the CPU by our own kernels, twice as fast as by Burn's operations; features still come from
    /// the device.
    ///
    /// # Errors
    /// Where `metadata` is not that of the classifier.
    pub fn with_own_kernels(self, metadata: &Metadata) -> Result<Self, WeightsError> {
        let metadata = metadata.clone().with_precision(Precision::F32);
        let bytes = bytes_from_classifier(&self.classifier, &metadata)?;
        let (network, _) = network_from_bytes(&bytes)?;
        Ok(Self {
            kernels: Some(network),
            ..self
        })
    }

    /// From now on a picture's probabilities are the mean over `tta_copies` of it, at least 1: the picture itself, and copies flipped
    /// and rotated by the course's augmentation. Each copy has its own change, the same for every picture (test-time augmentation).
    #[must_use]
    pub fn with_tta_copies(self, tta_copies: u32) -> Self {
        Self {
            tta_copies: tta_copies.max(1),
            ..self
        }
    }

    /// Predictions about doodles of any size, in order, [`BATCH`] at a time.
    pub fn doodles(&self, pictures: &[GrayImage]) -> Vec<Prediction> {
        let mut predictions = Vec::with_capacity(pictures.len());
        for chunk in pictures.chunks(BATCH) {
            predictions.extend(self.predict(pixels(chunk), |copy| changed(chunk, copy)));
        }
        predictions
    }

    /// Predictions about the mirrored doodles, which show the same things.
    pub fn mirrored(&self, pictures: &[GrayImage]) -> Vec<Prediction> {
        let mirrored: Vec<GrayImage> = pictures.par_iter().map(flip_horizontal).collect();
        self.doodles(&mirrored)
    }

    /// Features of doodles of any size, `[n, features]`, row by row; `done` is called after each batch, with its size.
    pub fn features(&self, pictures: &[GrayImage], mut done: impl FnMut(usize)) -> Vec<f32> {
        let mut rows = Vec::new();
        for chunk in pictures.chunks(BATCH) {
            let features = self
                .classifier
                .extractor
                .forward(input(chunk, &self.device));
            rows.extend(features.into_data().convert::<f32>().iter::<f32>());
            done(chunk.len());
        }
        rows
    }

    fn predict(&self, pixels: Vec<f32>, changed: impl Fn(u32) -> Vec<f32>) -> Vec<Prediction> {
        let (mut sum, classes) = self.probabilities(pixels);
        for copy in 1..self.tta_copies {
            let (more, _) = self.probabilities(changed(copy));
            sum.iter_mut()
                .zip(more)
                .for_each(|(sum, more)| *sum += more);
        }
        let tta_copies = self.tta_copies as f32;
        sum.iter_mut().for_each(|sum| *sum /= tta_copies);
        sum.chunks(classes)
            .map(|row| Prediction {
                class: likeliest(row),
                probabilities: row.to_vec(),
            })
            .collect()
    }

    /// The probabilities of pictures given as the network's values, `[n, classes]`, row by row, and the number of classes.
    fn probabilities(&self, pixels: Vec<f32>) -> (Vec<f32>, usize) {
        if let Some(network) = &self.kernels {
            let classes = network.classes();
            let mut rows = network.predict_batch(pixels.as_chunks().0);
            rows.chunks_mut(classes).for_each(shared::softmax::softmax);
            return (rows, classes);
        }
        let count = pixels.len() / PICTURE;
        let rows = softmax(
            self.classifier.forward(upload(pixels, count, &self.device)),
            1,
        );
        let classes = rows.dims()[1];
        let data = rows.into_data().convert::<f32>();
        (data.iter::<f32>().collect(), classes)
    }
}

/// Doodles of any size as the network's input, `[n, 1, 32, 32]`; made on all cores.
pub(crate) fn input(doodles: &[GrayImage], device: &Device) -> Tensor<4> {
    upload(pixels(doodles), doodles.len(), device)
}

/// Doodles of any size as the network's values, one picture after the other; made on all cores.
fn pixels(doodles: &[GrayImage]) -> Vec<f32> {
    let pixels = doodles.par_iter();
    pixels
        .flat_map_iter(|doodle| values(&grey_from_doodle(doodle)))
        .collect()
}

/// The same, for one numbered TTA copy.
fn changed(doodles: &[GrayImage], copy: u32) -> Vec<f32> {
    let pixels = doodles.par_iter();
    pixels
        .flat_map_iter(|doodle| Augmentation::Course.tta_copy(&grey_from_doodle(doodle), copy))
        .collect()
}

fn upload(pixels: Vec<f32>, count: usize, device: &Device) -> Tensor<4> {
    let side = INPUT_SIDE as usize;
    Tensor::from_data(TensorData::new(pixels, [count, 1, side, side]), device)
}

/// The first of the largest, as PyTorch's argmax. At most 256 classes.
fn likeliest(probabilities: &[f32]) -> ClassId {
    let mut best = 0;
    for (index, value) in probabilities.iter().enumerate() {
        if *value > probabilities[best] {
            best = index;
        }
    }
    ClassId(best as u8)
}

#[cfg(test)]
mod tests {
    use shared::{
        classes::ClassNames,
        model::{ClassifierConfig, FeatureExtractorConfig},
    };

    use super::*;

    #[test]
    fn kernels_give_the_same_probabilities() {
        let device = Device::flex();
        device.seed(1);
        let config = ClassifierConfig::new(10, FeatureExtractorConfig::new().with_width(4));
        let classifier = config.init(&device);
        let metadata = Metadata::new(ClassNames::default(), 4);
        let burn = Predictor::new(classifier.clone(), device.clone()).with_tta_copies(3);
        let kernels = Predictor::new(classifier, device)
            .with_tta_copies(3)
            .with_own_kernels(&metadata)
            .unwrap();
        let pictures: Vec<_> = (0..20)
            .map(|n| GrayImage::from_fn(28, 28, |x, y| image::Luma([(x * y * n) as u8])))
            .collect();
        for (one, other) in burn
            .doodles(&pictures)
            .iter()
            .zip(kernels.doodles(&pictures))
        {
            for (a, b) in one.probabilities.iter().zip(&other.probabilities) {
                assert!((a - b).abs() < 1e-5, "{a} {b}");
            }
        }
    }

    #[test]
    fn batches_do_not_change_a_prediction() {
        let device = Device::flex();
        device.seed(1);
        let config = ClassifierConfig::new(10, FeatureExtractorConfig::new().with_width(4));
        let predictor = Predictor::new(config.init(&device), device);
        let pictures: Vec<_> = (0..BATCH + 3)
            .map(|n| GrayImage::from_fn(28, 28, |x, y| image::Luma([(x * y * n as u32) as u8])))
            .collect();
        let all = predictor.doodles(&pictures);
        assert_eq!(all.len(), BATCH + 3);
        let last = predictor.doodles(&pictures[BATCH + 2..]);
        for (a, b) in all[BATCH + 2]
            .probabilities
            .iter()
            .zip(&last[0].probabilities)
        {
            assert!((a - b).abs() < 1e-5, "{a} {b}");
        }
        let sum: f32 = all[0].probabilities.iter().sum();
        assert!((sum - 1.0).abs() < 1e-5);
    }
}
