use burn::tensor::{Device, Tensor, activation::softmax};
use image::GrayImage;
use rand::{SeedableRng, rngs::ChaCha8Rng};
use rayon::prelude::*;
use shared::model::Classifier;

use crate::{
    evaluation::{BATCH, input},
    strokes::{augment, trace},
};

/// Predictions and features of one or several teachers for all doodles.
#[derive(Default)]
pub(super) struct TeacherOutput {
    /// `[n, classes]`, row by row: the mean of the teachers' probabilities.
    pub probabilities: Vec<f32>,
    /// One matrix `[n, features]` a teacher, row by row: centred over the doodles, each row of length 1.
    pub features: Vec<Vec<f32>>,
}

impl TeacherOutput {
    /// Of all `teachers` together. Probabilities are means over each doodle, its mirror image and `copies` with changed strokes; features
    /// over the first two.
    pub fn of(
        teachers: &[Classifier],
        doodles: &[GrayImage],
        copies: usize,
        device: &Device,
        done: &mut impl FnMut(usize),
    ) -> Self {
        let mut outputs = vec![(Vec::new(), Vec::new()); teachers.len()];
        for (number, chunk) in doodles.chunks(BATCH).enumerate() {
            // Tracing and drawing take longer than predicting, and all teachers predict the same.
            let straight = input(chunk, device);
            let copies: Vec<_> = changed(chunk, number * BATCH, copies)
                .map(|copies| input(&copies, device))
                .collect();
            for (teacher, (probabilities, features)) in teachers.iter().zip(&mut outputs) {
                let (mean, feature) = predict(teacher, &straight, &copies);
                probabilities.extend(read(mean));
                features.extend(read(feature));
                done(chunk.len());
            }
        }
        let mut all = Self::default();
        for (probabilities, mut features) in outputs {
            let width = features.len() / doodles.len().max(1);
            normalise(&mut features, width);
            all.add(Self {
                probabilities,
                features: vec![features],
            });
        }
        all
    }

    /// Adds one more teacher, with the same weight as each before.
    fn add(&mut self, other: Self) {
        let before = self.features.len() as f32;
        if self.features.is_empty() {
            self.probabilities = other.probabilities;
        } else {
            for (mean, more) in self.probabilities.iter_mut().zip(&other.probabilities) {
                *mean += (more - *mean) / (before + 1.0);
            }
        }
        self.features.extend(other.features);
    }
}

/// Mean probabilities over doodles, their mirror images and `copies`, and the sum of the features of the first two.
fn predict(
    teacher: &Classifier,
    doodles: &Tensor<4>,
    copies: &[Tensor<4>],
) -> (Tensor<2>, Tensor<2>) {
    let [straight, mirrored] = [doodles.clone(), doodles.clone().flip([3])]
        .map(|picture| teacher.extractor.forward(picture));
    let [a, b] = [&straight, &mirrored]
        .map(|feature| softmax(teacher.predictor.forward(feature.clone()), 1));
    let copied = |copy: &Tensor<4>| softmax(teacher.forward(copy.clone()), 1);
    let sum = copies
        .iter()
        .map(copied)
        .fold(a + b, |sum, more| sum + more);
    let mean = sum.div_scalar((2 + copies.len()) as f32);
    (mean, straight + mirrored)
}

/// `copies` times the `doodles`, of which the first has the number `first`, each with its strokes changed. A doodle's number and the
/// copy's decide how.
fn changed(
    doodles: &[GrayImage],
    first: usize,
    copies: usize,
) -> impl Iterator<Item = Vec<GrayImage>> {
    let traced = if copies == 0 {
        Vec::new()
    } else {
        doodles.par_iter().map(trace).collect::<Vec<_>>()
    };
    (0..copies).map(move |copy| {
        let drawings = traced.par_iter().enumerate();
        let changed = drawings.map(|(index, drawing)| {
            let mut random = ChaCha8Rng::seed_from_u64((first + index) as u64);
            random.set_stream(copy as u64);
            augment(drawing, &mut random)
        });
        changed.collect()
    })
}

fn read(tensor: Tensor<2>) -> Vec<f32> {
    tensor.into_data().convert::<f32>().iter::<f32>().collect()
}

/// Subtracts the mean over the rows and scales each row to length 1, so that products are cosines.
///
/// A row that differs from the mean by rounding alone has no direction and becomes 0. All rows do where a teacher has the same
/// features for every doodle.
fn normalise(rows: &mut [f32], width: usize) {
    let mean = mean(rows, width);
    rows.par_chunks_mut(width.max(1)).for_each(|row| {
        for (value, mean) in row.iter_mut().zip(&mean) {
            *value -= mean;
        }
    });
    // The mean of so many numbers is off by more than their own rounding, and that error is in every row.
    let noise = (1e-6 * length(&mean)).max(2.0 * length(&self::mean(rows, width)));
    rows.par_chunks_mut(width.max(1)).for_each(|row| {
        let length = length(row);
        if length > noise {
            row.iter_mut().for_each(|value| *value /= length);
        } else {
            row.fill(0.0);
        }
    });
}

fn mean(rows: &[f32], width: usize) -> Vec<f32> {
    let count = (rows.len() / width.max(1)).max(1) as f32;
    let mut mean = vec![0.0; width];
    for row in rows.chunks(width.max(1)) {
        for (sum, value) in mean.iter_mut().zip(row) {
            *sum += value / count;
        }
    }
    mean
}

fn length(row: &[f32]) -> f32 {
    row.iter().map(|value| value * value).sum::<f32>().sqrt()
}

#[cfg(test)]
mod tests {
    use image::{Luma, imageops::flip_horizontal};
    use shared::model::{ClassifierConfig, FeatureExtractorConfig};

    use super::*;

    #[test]
    fn probabilities_are_means_over_a_doodle_its_mirror_image_and_its_copies() {
        let device = Device::flex();
        device.seed(1);
        let config = ClassifierConfig::new(4, FeatureExtractorConfig::new().with_width(2));
        let teacher = config.init(&device);
        let doodle = GrayImage::from_fn(28, 28, |x, y| Luma([(x * 7 + y * y) as u8]));
        let alone = |picture: GrayImage| {
            let logits = teacher.forward(input(&[picture], &device));
            read(softmax(logits, 1))
        };
        let both = [alone(doodle.clone()), alone(flip_horizontal(&doodle))];
        let copies: Vec<Vec<f32>> = changed(std::slice::from_ref(&doodle), 0, 3)
            .flatten()
            .map(alone)
            .collect();
        assert_eq!(copies.len(), 3);
        assert_ne!(copies[0], copies[1]);
        for looks in [both.to_vec(), [&both[..], &copies].concat()] {
            let doodle = std::slice::from_ref(&doodle);
            let output = TeacherOutput::of(
                std::slice::from_ref(&teacher),
                doodle,
                looks.len() - 2,
                &device,
                &mut |_| (),
            );
            assert_eq!(output.probabilities.len(), 4);
            for (class, value) in output.probabilities.iter().enumerate() {
                let sum: f32 = looks.iter().map(|look| look[class]).sum();
                let mean = sum / looks.len() as f32;
                assert!((value - mean).abs() < 1e-6, "{class}: {value} for {mean}");
            }
        }
    }

    #[test]
    fn how_a_doodle_is_changed_depends_on_its_number_and_not_on_the_others() {
        let doodles: Vec<_> = (1..4_u32)
            .map(|n| {
                GrayImage::from_fn(28, 28, |x, y| {
                    Luma([if x / 3 == n { 255 } else { y as u8 }])
                })
            })
            .collect();
        let all: Vec<_> = changed(&doodles, 5, 2).collect();
        for (index, doodle) in doodles.iter().enumerate() {
            let alone: Vec<_> = changed(std::slice::from_ref(doodle), 5 + index, 2).collect();
            assert_eq!(alone, [[all[0][index].clone()], [all[1][index].clone()]]);
        }
        assert_eq!(changed(&doodles, 5, 0).count(), 0);
    }

    #[test]
    fn directions_are_centred_and_of_length_1() {
        let mut rows = [1.0, 2.0, 3.0, 2.0, 2.0, 5.0];
        normalise(&mut rows, 2);
        assert_eq!(&rows[..2], [-1.0 / 2.0_f32.sqrt(); 2]);
        for row in rows.chunks(2) {
            assert!((row[0].hypot(row[1]) - 1.0).abs() < 1e-6);
        }
    }

    #[test]
    fn rows_that_are_all_the_same_have_no_direction() {
        for (value, count) in [(0.0, 3), (0.1, 1), (0.1, 10_000), (1234.567, 777)] {
            let mut rows = [value, -value, value / 3.0].repeat(count);
            normalise(&mut rows, 3);
            assert!(
                rows.iter().all(|value| *value == 0.0),
                "{value} {count} times"
            );
        }
        // But one of a thousand that differs a little has one, and the others have the opposite one.
        let mut rows = [1.0, 1.0].repeat(1000);
        rows[0] += 1e-2;
        normalise(&mut rows, 2);
        assert!((rows[0] - 1.0).abs() < 1e-3, "{:?}", &rows[..4]);
    }

    #[test]
    fn every_teacher_has_the_same_weight() {
        let one = |value| TeacherOutput {
            probabilities: vec![value],
            features: vec![vec![1.0]],
        };
        let mut mean = TeacherOutput::default();
        for value in [0.2, 0.4, 0.9] {
            mean.add(one(value));
        }
        assert!((mean.probabilities[0] - 0.5).abs() < 1e-6);
        assert_eq!(mean.features.len(), 3);
    }
}
