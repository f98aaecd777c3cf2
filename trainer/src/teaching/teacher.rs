use burn::tensor::{Device, Tensor, activation::softmax};
use image::GrayImage;
use rayon::prelude::*;
use shared::model::Classifier;

use crate::evaluation::{BATCH, input};

/// What one or several teachers make of all doodles.
#[derive(Default)]
pub(super) struct Seen {
    /// `[n, classes]`, row by row: the mean of the teachers' probabilities.
    pub probabilities: Vec<f32>,
    /// One matrix `[n, features]` a teacher, row by row: centred over the doodles, each row of length 1.
    pub features: Vec<Vec<f32>>,
}

impl Seen {
    /// Each doodle as it is and mirrored, averaged.
    pub fn by(
        teacher: &Classifier,
        doodles: &[GrayImage],
        device: &Device,
        done: &mut impl FnMut(usize),
    ) -> Self {
        let (mut probabilities, mut features) = (Vec::new(), Vec::new());
        let mut width = 0;
        for chunk in doodles.chunks(BATCH) {
            let input = input(chunk, device);
            let [straight, mirrored] =
                [input.clone(), input.flip([3])].map(|view| teacher.extractor.forward(view));
            let [a, b] = [&straight, &mirrored]
                .map(|feature| softmax(teacher.predictor.forward(feature.clone()), 1));
            width = straight.dims()[1];
            probabilities.extend(read((a + b).div_scalar(2.0)));
            features.extend(read(straight + mirrored));
            done(chunk.len());
        }
        direct(&mut features, width);
        Self {
            probabilities,
            features: vec![features],
        }
    }

    /// Takes one more teacher in, whose say is as much as that of each before.
    pub fn add(&mut self, other: Self) {
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

fn read(tensor: Tensor<2>) -> Vec<f32> {
    tensor.into_data().convert::<f32>().iter::<f32>().collect()
}

/// Takes the mean over the rows away and makes each row as long as 1, so that products are cosines.
///
/// A row that is the mean but for rounding has no direction and becomes 0: of a teacher that sees the same in every doodle
/// all are.
fn direct(rows: &mut [f32], width: usize) {
    let mean = mean(rows, width);
    rows.par_chunks_mut(width.max(1)).for_each(|row| {
        for (value, mean) in row.iter_mut().zip(&mean) {
            *value -= mean;
        }
    });
    // The mean of so many numbers is off by more than their own rounding; that is what is left of it in every row.
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
    use super::*;

    #[test]
    fn directions_are_centred_and_of_length_1() {
        let mut rows = [1.0, 2.0, 3.0, 2.0, 2.0, 5.0];
        direct(&mut rows, 2);
        assert_eq!(&rows[..2], [-1.0 / 2.0_f32.sqrt(); 2]);
        for row in rows.chunks(2) {
            assert!((row[0].hypot(row[1]) - 1.0).abs() < 1e-6);
        }
    }

    #[test]
    fn rows_that_are_all_the_same_have_no_direction() {
        for (value, count) in [(0.0, 3), (0.1, 1), (0.1, 10_000), (1234.567, 777)] {
            let mut rows = [value, -value, value / 3.0].repeat(count);
            direct(&mut rows, 3);
            assert!(
                rows.iter().all(|value| *value == 0.0),
                "{value} {count} times"
            );
        }
        // But one of a thousand that differs a little does, and the others away from it.
        let mut rows = [1.0, 1.0].repeat(1000);
        rows[0] += 1e-2;
        direct(&mut rows, 2);
        assert!((rows[0] - 1.0).abs() < 1e-3, "{:?}", &rows[..4]);
    }

    #[test]
    fn every_teacher_counts_alike() {
        let one = |value| Seen {
            probabilities: vec![value],
            features: vec![vec![1.0]],
        };
        let mut together = Seen::default();
        for value in [0.2, 0.4, 0.9] {
            together.add(one(value));
        }
        assert!((together.probabilities[0] - 0.5).abs() < 1e-6);
        assert_eq!(together.features.len(), 3);
    }
}
