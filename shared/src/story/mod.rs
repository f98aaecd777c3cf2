//! How a network came to be, as the page shows it: a film of t-SNE embeddings, curves, and a confusion matrix, in one file.
//!
//! `trainer export-story` writes it from a run, and the page's view `#story` reads it. The file (format 1) is safetensors with metadata
//! as JSON under [`METADATA_KEY`]; `file` lists its tensors.

mod check;
mod file;
#[cfg(test)]
mod tests;

use image::GrayImage;
use serde::{Deserialize, Serialize};

use crate::classes::{ClassId, ClassNames};

/// Key of the story's metadata, as JSON, in the safetensors header.
pub const METADATA_KEY: &str = "edgewise-story";

/// Largest coordinate of a [`Position`]: a step is a sixth of a pixel where the square is 700 pixels wide.
pub const POSITION_MAX: u16 = 4095;

/// A point of the film's square, `[x, y]`: each 0 to [`POSITION_MAX`], x to the right and y upwards.
///
/// Every frame and the map share the square, so that a position means the same place in all of them.
pub type Position = [u16; 2];

/// The story of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// Names of the classes.
    pub classes: ClassNames,
    /// How the network was trained.
    pub made: Made,
    /// The pictures of the film, at least one: first all photos, then all doodles, then all shown doodles.
    pub points: Vec<Point>,
    /// The pictures of the shown doodles, in the order of their points: light strokes on dark, 28x28, or 32x32 where the data's are so
    /// large; all of one size. Sixteen levels of grey, multiples of 17.
    pub pictures: Vec<GrayImage>,
    /// The film: one embedding for each snapshot, at least one, by ascending epoch. Each started from the one before, so that points move
    /// as little as possible.
    pub frames: Vec<Frame>,
    /// Where each point lies by the features of the network on the page, where that is not the run's: the weights given with `--weights`.
    /// [`Story::map`] has the last frame where there is none.
    pub shipped_map: Option<Vec<Position>>,
    /// What was logged, in the order of the log's columns.
    pub curves: Vec<Curve>,
    /// How accurate the network on the page is, where labels were given for measuring.
    pub measured: Option<Measured>,
}

/// How a run was trained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Made {
    /// What the run is called.
    pub run: String,
    /// Completed epochs.
    pub epochs: u32,
    /// Decided initial weights, shuffles and augmentation.
    pub seed: u64,
    /// How the domain classifier's gradient reaches the feature extractor, by the name that `--variant` has: `two-step`, `reversal`,
    /// `confusion`, or `source-only` where nothing was adapted; `pseudo-labels` for a run that was made with `refine`.
    pub variant: String,
    /// The losses whose weighted sum was minimised.
    pub losses: Vec<LossTerm>,
    /// Labelled photos that were trained on, without those held out.
    pub photos: usize,
    /// Photos that were held out.
    pub held_out: usize,
    /// Unlabelled doodles that were trained on.
    pub doodles: usize,
    /// Where the classes of doodles' points are from.
    pub doodle_classes: ClassesFrom,
    /// Where the classes of shown doodles' points are from.
    pub shown_classes: ClassesFrom,
    /// The network on the page, of which the map and the measurement are, where it is not the run's.
    pub shipped: Option<Shipped>,
}

/// One of the losses of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LossTerm {
    /// As the log's column: `class_loss`, `domain_loss` (`confusion_loss` in the variant of that name), `information_maximisation_loss`, `consistency_loss`, `distillation_loss`,
    /// or `pseudo_label_loss`.
    pub name: String,
    /// Its weight as `train` takes it: a number, or for the domain loss also a schedule such as `log`.
    pub weight: String,
}

/// Where the classes of points are from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClassesFrom {
    /// Labels that were given. They were not trained on.
    Labels,
    /// Predictions of the run at its last snapshot.
    Predictions,
}

/// The network on the page, where it is not the run's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shipped {
    /// What its run was called; none where its file does not say.
    pub run: Option<String>,
    /// The epochs of its last stage; none where its file does not say.
    pub epochs: Option<u32>,
}

/// Where a point's picture is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A labelled photo of the run's data, held out or not.
    Photo,
    /// An unlabelled doodle that the run trained on.
    Doodle,
    /// A doodle whose picture is in the story, for the visitor's own to be compared with.
    Shown,
}

/// One of the film's points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// Where its picture is from.
    pub origin: Origin,
    /// Its class: a photo's label; of doodles see [`Made::doodle_classes`] and [`Made::shown_classes`].
    pub class: ClassId,
}

/// The embedding at one snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The snapshot's epoch, from 0.
    pub epoch: u32,
    /// Where each point lies, in the order of [`Story::points`].
    pub positions: Vec<Position>,
}

/// One column of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The column's name, such as `domain_loss`, `source_accuracy` or `validation_accuracy`; or `doodle_accuracy`, which was measured at
    /// snapshots with labels that were given for it.
    pub name: String,
    /// Epochs, from 0 and ascending, and finite values, at least one. Losses are means over an epoch's steps, in nats; accuracies are
    /// shares of 1.
    pub values: Vec<(u32, f32)>,
}

/// Labels against predictions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// Numbers of pictures `[classes, classes]`, row by row: label down, prediction across.
    pub confusion: Vec<u32>,
    /// On which pictures it was measured and what they were used for in training, in English words.
    pub conditions: String,
    /// The same in Traditional Chinese, where it was given.
    pub conditions_zh: Option<String>,
}

impl Story {
    /// Where each point lies by the features of the network on the page, in the order of the points.
    pub fn map(&self) -> &[Position] {
        let last = || self.frames.last().map(|frame| &frame.positions);
        self.shipped_map
            .as_ref()
            .or_else(last)
            .map_or(&[], Vec::as_slice)
    }

    /// The number of the first shown point: shown point `i` is point `first_shown() + i` and has picture `i`.
    pub fn first_shown(&self) -> usize {
        self.points.len() - self.pictures.len()
    }
}

impl Measured {
    /// Pictures that were measured.
    pub fn pictures(&self) -> u64 {
        self.confusion.iter().copied().map(u64::from).sum()
    }

    /// Share of them classified correctly, 0 to 1.
    pub fn accuracy(&self) -> f64 {
        let correct: u64 = self.rows().map(|(class, row)| u64::from(row[class])).sum();
        correct as f64 / self.pictures().max(1) as f64
    }

    /// Mean of the classes' own accuracies over those with labels, 0 to 1.
    pub fn balanced_accuracy(&self) -> f64 {
        let known: Vec<f64> = self
            .rows()
            .filter_map(|(class, row)| {
                let labelled: u64 = row.iter().copied().map(u64::from).sum();
                (labelled > 0).then(|| f64::from(row[class]) / labelled as f64)
            })
            .collect();
        known.iter().sum::<f64>() / known.len().max(1) as f64
    }

    /// Each label and its row: the number of pictures by prediction.
    pub fn rows(&self) -> impl Iterator<Item = (usize, &[u32])> {
        let classes = self.confusion.len().isqrt().max(1);
        self.confusion.chunks_exact(classes).enumerate()
    }
}

/// Why a story could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoryError {
    /// The bytes are no safetensors file, or are cut short.
    #[error("not a complete safetensors file: {0}")]
    NotSafetensors(String),
    /// The header has no metadata of a story.
    #[error("no story in the header: write one with `trainer export-story`")]
    NoMetadata,
    /// It was written by a newer version.
    #[error("format version {0}, this program reads version {FORMAT_VERSION}: use a newer one")]
    Version(u32),
    /// The metadata cannot be understood.
    #[error("the story's metadata is broken: {0}")]
    BadMetadata(String),
    /// A tensor is missing or of another type or shape.
    #[error("tensor {name} {what}")]
    BadTensor {
        /// Its name.
        name: String,
        /// What is wrong with it.
        what: String,
    },
    /// Parts of the story do not fit each other.
    #[error("the story contradicts itself: {0}")]
    Inconsistent(String),
    /// The file could not be written.
    #[error("the story could not be written: {0}")]
    Write(String),
}

/// Version of the file's layout that this program reads and writes.
pub const FORMAT_VERSION: u32 = 1;
