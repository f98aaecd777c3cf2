//! Distillation: soft labels for doodles from teachers, which are classifiers that were trained before.
//!
//! The teachers' predictions are averaged. Unless the raw predictions are wanted, they are then propagated along the nearest
//! neighbours in the teachers' features and in those of further classifiers. Before and after the propagation they may be balanced
//! over the classes: there are as many doodles of each class, which is known without a label.

mod propagation;
mod sinkhorn;
mod teacher;

use burn::tensor::Device;
use clap::ValueEnum;
use image::GrayImage;
use serde::{Deserialize, Serialize};
use shared::model::Classifier;

use propagation::Graph;
use sinkhorn::balanced;
use teacher::TeacherOutput;

/// What the soft labels are made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SoftLabelKind {
    /// The teachers' mean predictions, propagated along nearest neighbours; balanced over the classes before and after.
    #[default]
    #[value(alias = "fair")]
    #[serde(alias = "fair")]
    BalancedPropagated,
    /// The teachers' mean predictions, propagated along nearest neighbours.
    #[value(alias = "carried")]
    #[serde(alias = "carried")]
    Propagated,
    /// The teachers' mean predictions.
    #[value(alias = "plain")]
    #[serde(alias = "plain")]
    Raw,
}

/// A probability of each class for each doodle.
#[derive(Clone, Debug, PartialEq)]
pub struct SoftLabels {
    /// Row by row, one a doodle; each adds up to 1.
    values: Vec<f32>,
    /// Length of a row.
    classes: usize,
}

impl SoftLabels {
    /// The soft labels that `teachers`, on `device` and of the same classes, give the doodles together. Where they are propagated,
    /// the features of `graph_models` decide which doodles are neighbours, with the same weight as the teachers' own. Without a
    /// teacher, or without doodles, there are no labels.
    ///
    /// `done` is called after each batch of a classifier, with its number of doodles.
    pub fn from_teachers(
        teachers: &[Classifier],
        kind: SoftLabelKind,
        graph_models: &[Classifier],
        doodles: &[GrayImage],
        device: &Device,
        mut done: impl FnMut(usize),
    ) -> Self {
        let mut outputs = |classifiers: &[Classifier]| {
            let mut mean = TeacherOutput::default();
            for classifier in classifiers {
                mean.add(TeacherOutput::of(classifier, doodles, device, &mut done));
            }
            mean
        };
        let TeacherOutput {
            probabilities: raw,
            features,
        } = outputs(teachers);
        let classes = raw.len() / doodles.len().max(1);
        if classes == 0 {
            return Self {
                values: raw,
                classes,
            };
        }
        let propagated = |labels: &[f32]| {
            let features = [features, outputs(graph_models).features];
            Graph::of_neighbours(&features, doodles.len()).propagate(labels, classes)
        };
        let values = match kind {
            SoftLabelKind::Raw => raw,
            SoftLabelKind::Propagated => propagated(&raw),
            SoftLabelKind::BalancedPropagated => {
                balanced(&propagated(&balanced(&raw, classes)), classes)
            }
        };
        Self { values, classes }
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
    use burn::tensor::activation::softmax;
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
        let labels = SoftLabels::from_teachers(
            &teachers,
            SoftLabelKind::BalancedPropagated,
            &teachers[..1],
            &doodles,
            &device,
            |more| seen += more,
        );
        assert_eq!(seen, 120);
        let rows = labels.of(&(0..40).collect::<Vec<_>>());
        for row in rows.chunks(4) {
            assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-4);
        }
        for class in 0..4 {
            let share: f32 = rows.iter().skip(class).step_by(4).sum();
            assert!((share - 10.0).abs() < 0.1);
        }
        assert_eq!(labels.of(&[7]), rows[28..32]);
        let with = |kind, graph_models| {
            SoftLabels::from_teachers(&teachers, kind, graph_models, &doodles, &device, |_| ())
        };
        let balanced = SoftLabelKind::BalancedPropagated;
        assert_eq!(labels, with(balanced, &teachers[..1]));
        assert_ne!(labels, with(balanced, &[]));
        let propagated = with(SoftLabelKind::Propagated, &teachers[..1]);
        assert_ne!(labels, propagated);
        for row in propagated.values.chunks(4) {
            assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-4);
        }

        let raw = with(SoftLabelKind::Raw, &[]).of(&[7]);
        let both = teachers.map(|teacher| {
            let labels = |picture: GrayImage| {
                let input = crate::evaluation::input(&[picture], &device);
                softmax(teacher.forward(input), 1)
                    .into_data()
                    .try_to_vec::<f32>()
                    .unwrap()
            };
            let mirrored = image::imageops::flip_horizontal(&doodles[7]);
            [labels(doodles[7].clone()), labels(mirrored)]
        });
        for (class, value) in raw.iter().enumerate() {
            let mean = both.iter().flatten().map(|label| label[class]).sum::<f32>() / 4.0;
            assert!((value - mean).abs() < 1e-5, "{class}: {value} for {mean}");
        }
    }
}
