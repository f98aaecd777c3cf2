use burn::tensor::{Device, Tensor, TensorData, activation::softmax};
use image::GrayImage;
use rayon::prelude::*;
use shared::{
    classes::ClassId,
    input::{INPUT_SIDE, grey_from_doodle, values},
    model::Classifier,
};

/// Pictures in one forward pass.
pub const BATCH: usize = 256;

/// What a classifier makes of one picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    /// The likeliest class.
    pub class: ClassId,
    /// Probability of each class, in order; they add up to 1.
    pub probabilities: Vec<f32>,
}

impl Guess {
    /// The probability of the likeliest class.
    pub fn certainty(&self) -> f32 {
        let class = usize::from(self.class.0);
        self.probabilities.get(class).copied().unwrap_or_default()
    }
}

/// The share of guesses that are what the pictures show, 0 to 1, or none where there are none.
pub fn share_right(guesses: &[Guess], labels: &[ClassId]) -> Option<f64> {
    let right = guesses
        .iter()
        .zip(labels)
        .filter(|(guess, label)| guess.class == **label)
        .count();
    (!labels.is_empty()).then(|| right as f64 / labels.len() as f64)
}

/// A classifier in evaluation mode on a device without autodiff.
pub struct Predictor {
    classifier: Classifier,
    device: Device,
}

impl Predictor {
    /// `classifier` must be on `device`, which must have no autodiff, so that batch normalisation uses its running
    /// statistics.
    pub fn new(classifier: Classifier, device: Device) -> Self {
        Self { classifier, device }
    }

    /// Names doodles of any size, in order, [`BATCH`] at a time.
    pub fn doodles(&self, pictures: &[GrayImage]) -> Vec<Guess> {
        let mut guesses = Vec::with_capacity(pictures.len());
        for chunk in pictures.chunks(BATCH) {
            guesses.extend(self.forward(input(chunk, &self.device)));
        }
        guesses
    }

    fn forward(&self, input: Tensor<4>) -> Vec<Guess> {
        let logits = self.classifier.forward(input);
        let classes = logits.dims()[1];
        let data = softmax(logits, 1).into_data().convert::<f32>();
        let probabilities: Vec<f32> = data.iter::<f32>().collect();
        probabilities
            .chunks(classes)
            .map(|row| Guess {
                class: likeliest(row),
                probabilities: row.to_vec(),
            })
            .collect()
    }
}

/// Doodles of any size as the network's input, `[n, 1, 32, 32]`; made on all cores.
pub(crate) fn input(doodles: &[GrayImage], device: &Device) -> Tensor<4> {
    let pixels: Vec<f32> = doodles
        .par_iter()
        .flat_map_iter(|doodle| values(&grey_from_doodle(doodle)))
        .collect();
    let side = INPUT_SIDE as usize;
    Tensor::from_data(
        TensorData::new(pixels, [doodles.len(), 1, side, side]),
        device,
    )
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
    use shared::model::{ClassifierConfig, FeatureExtractorConfig};

    use super::*;

    #[test]
    fn batches_do_not_change_a_guess() {
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
