//! Distillation: soft labels for doodles from teachers, which are classifiers that were trained before.
//!
//! The teachers' predictions are averaged and propagated along the nearest neighbours in the teachers' features. Before and after that
//! they are balanced over the classes: there are as many doodles of each class, which is known without a label.

mod propagation;
mod sinkhorn;
mod teacher;

use burn::tensor::Device;
use image::GrayImage;
use shared::model::Classifier;

use propagation::Graph;
use sinkhorn::balanced;
use teacher::TeacherOutput;

/// A probability of each class for each doodle.
#[derive(Clone, Debug, PartialEq)]
pub struct SoftLabels {
    /// Row by row, one a doodle; each adds up to 1.
    values: Vec<f32>,
    /// Length of a row.
    classes: usize,
}

impl SoftLabels {
    /// The soft labels that `teachers`, on `device` and of the same classes, give the doodles together. Without a teacher, or without
    /// doodles, there are no labels.
    ///
    /// A teacher's prediction is its mean over a doodle, its mirror image and `copies` with changed strokes. The copies are the same for
    /// every teacher, and in every run.
    ///
    /// `done` is called after each batch of a teacher, with its number of doodles.
    pub fn from_teachers(
        teachers: &[Classifier],
        doodles: &[GrayImage],
        copies: usize,
        device: &Device,
        mut done: impl FnMut(usize),
    ) -> Self {
        let TeacherOutput {
            probabilities,
            features,
        } = TeacherOutput::of(teachers, doodles, copies, device, &mut done);
        let classes = probabilities.len() / doodles.len().max(1);
        if classes == 0 {
            return Self::new(probabilities, classes);
        }
        let graph = Graph::of_neighbours(&features, doodles.len());
        let propagated = graph.propagate(&balanced(&probabilities, classes), classes);
        Self::new(balanced(&propagated, classes), classes)
    }

    /// From their values: row by row, one of length `classes` a doodle.
    pub fn new(values: Vec<f32>, classes: usize) -> Self {
        Self { values, classes }
    }

    /// Row by row, one of length [`classes`](Self::classes) a doodle.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// How many classes there are.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// The soft labels of some doodles, given by their indices in the data set, `[n, classes]` row by row.
    ///
    /// # Panics
    /// Where an index is outside the data set.
    pub fn of(&self, indices: &[usize]) -> Vec<f32> {
        let row = |index: &usize| &self.values[index * self.classes..][..self.classes];
        indices.iter().flat_map(row).copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use image::Luma;
    use shared::model::{ClassifierConfig, FeatureExtractorConfig};

    use super::*;

    #[test]
    fn each_doodle_has_a_distribution_and_the_classes_are_balanced() {
        let device = Device::flex();
        device.seed(1);
        let config = ClassifierConfig::new(4, FeatureExtractorConfig::new().with_width(2));
        let teachers = [config.init(&device), config.init(&device)];
        let doodles: Vec<_> = (0..40_u32)
            .map(|n| GrayImage::from_fn(28, 28, |x, y| Luma([(x * (n + 1) + y * n * n) as u8])))
            .collect();
        let mut seen = 0;
        let labels =
            SoftLabels::from_teachers(&teachers, &doodles, 0, &device, |more| seen += more);
        assert_eq!(seen, 80);
        let rows = labels.of(&(0..40).collect::<Vec<_>>());
        for row in rows.chunks(4) {
            assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-4);
        }
        for class in 0..4 {
            let share: f32 = rows.iter().skip(class).step_by(4).sum();
            assert!((share - 10.0).abs() < 0.1);
        }
        assert_eq!(labels.of(&[7]), rows[28..32]);
        let again = SoftLabels::from_teachers(&teachers, &doodles, 0, &device, |_| ());
        assert_eq!(labels, again);
        let alone = SoftLabels::from_teachers(&teachers[..1], &doodles, 0, &device, |_| ());
        assert_ne!(labels, alone);
        let with_copies = || SoftLabels::from_teachers(&teachers, &doodles, 2, &device, |_| ());
        assert_ne!(labels, with_copies());
        assert_eq!(with_copies(), with_copies());
    }
}
