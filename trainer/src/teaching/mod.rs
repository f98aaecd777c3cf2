//! Soft labels for doodles from classifiers that are trained already.
//!
//! The teachers' guesses are averaged and then, unless they are to be taught as they are, carried along the nearest neighbours in
//! the teachers' features (and in those of classifiers that teach nothing else). Before and after that they may be brought to
//! equal shares of the classes: there are as many doodles of each, which is known without a label.

mod neighbours;
mod shares;
mod teacher;

use burn::tensor::Device;
use clap::ValueEnum;
use image::GrayImage;
use serde::{Deserialize, Serialize};
use shared::model::Classifier;

use neighbours::Neighbours;
use shares::equal_shares;
use teacher::Seen;

/// What the soft labels are made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TaughtLabels {
    /// The teachers' mean guesses, carried along nearest neighbours, and as much of each class before and after.
    #[default]
    Fair,
    /// The same, carried only.
    Carried,
    /// The teachers' mean guesses as they are.
    Plain,
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
    /// What `teachers`, on `device` and of the same classes, make of the doodles together. Where that is carried along doodles
    /// that are alike, the features of `neighbours` say which are as much as theirs do. Without a teacher, or without doodles,
    /// there are no labels.
    ///
    /// `done` hears how many more doodles one of them all has seen.
    pub fn from_teachers(
        teachers: &[Classifier],
        made_of: TaughtLabels,
        neighbours: &[Classifier],
        doodles: &[GrayImage],
        device: &Device,
        mut done: impl FnMut(usize),
    ) -> Self {
        let mut seen = |classifiers: &[Classifier]| {
            let mut together = Seen::default();
            for classifier in classifiers {
                together.add(Seen::by(classifier, doodles, device, &mut done));
            }
            together
        };
        let Seen {
            probabilities: own,
            features,
        } = seen(teachers);
        let classes = own.len() / doodles.len().max(1);
        if classes == 0 {
            return Self {
                values: own,
                classes,
            };
        }
        let carry = |labels: &[f32]| {
            let features = [features, seen(neighbours).features];
            Neighbours::find(&features, doodles.len(), device).propagate(labels, classes)
        };
        let values = match made_of {
            TaughtLabels::Plain => own,
            TaughtLabels::Carried => carry(&own),
            TaughtLabels::Fair => equal_shares(&carry(&equal_shares(&own, classes)), classes),
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

    /// The soft labels of some doodles, given by their places in the data set, `[n, classes]` row by row.
    ///
    /// # Panics
    /// Where a place is outside the data set.
    pub fn of(&self, places: &[usize]) -> Vec<f32> {
        let row = |place: &usize| &self.values[place * self.classes..][..self.classes];
        places.iter().flat_map(row).copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use burn::tensor::activation::softmax;
    use image::Luma;
    use shared::model::{ClassifierConfig, FeatureExtractorConfig};

    use super::*;

    #[test]
    fn each_doodle_has_a_distribution_and_each_class_its_share() {
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
            TaughtLabels::Fair,
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
        let with = |made_of, neighbours| {
            SoftLabels::from_teachers(&teachers, made_of, neighbours, &doodles, &device, |_| ())
        };
        assert_eq!(labels, with(TaughtLabels::Fair, &teachers[..1]));
        assert_ne!(labels, with(TaughtLabels::Fair, &[]));
        let carried = with(TaughtLabels::Carried, &teachers[..1]);
        assert_ne!(labels, carried);
        for row in carried.values.chunks(4) {
            assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-4);
        }

        let plain = with(TaughtLabels::Plain, &[]).of(&[7]);
        let both = teachers.map(|teacher| {
            let labels = |view: GrayImage| {
                let view = crate::evaluation::input(&[view], &device);
                softmax(teacher.forward(view), 1)
                    .into_data()
                    .try_to_vec::<f32>()
                    .unwrap()
            };
            let mirrored = image::imageops::flip_horizontal(&doodles[7]);
            [labels(doodles[7].clone()), labels(mirrored)]
        });
        for (class, value) in plain.iter().enumerate() {
            let mean = both.iter().flatten().map(|label| label[class]).sum::<f32>() / 4.0;
            assert!((value - mean).abs() < 1e-5, "{class}: {value} for {mean}");
        }
    }
}
