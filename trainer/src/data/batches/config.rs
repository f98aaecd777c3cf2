use serde::{Deserialize, Serialize};

use crate::data::{Augmentation, SourceTransform};

/// How batches are made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BatchConfig {
    /// Pictures of each domain in a batch.
    pub size: usize,
    /// Decides every shuffle and every change of a picture.
    pub seed: u64,
    /// What of a photo the network sees.
    pub transform: SourceTransform,
    /// How photos and doodles are changed.
    pub augmentation: Augmentation,
    /// Whether each doodle comes a second time, changed by [`Augmentation::Strong`].
    pub target_strong: bool,
    /// Share of those, 0 to 1, in whose place the doodle's strokes are changed and drawn.
    #[serde(default)]
    pub stroke_augmentation: f64,
}

impl Default for BatchConfig {
    /// The course's: batches of 256, Canny edges, flips and rotations.
    fn default() -> Self {
        Self {
            size: 256,
            seed: 0,
            transform: SourceTransform::default(),
            augmentation: Augmentation::default(),
            target_strong: false,
            stroke_augmentation: 0.0,
        }
    }
}

impl BatchConfig {
    /// Refuses domains that do not fill a batch.
    ///
    /// # Errors
    /// Where there are fewer photos or doodles than a batch has of each.
    pub fn check(&self, photos: usize, doodles: usize) -> Result<(), BatchesError> {
        require("photos", photos, self.size)?;
        require("doodles", doodles, self.size)
    }
}

/// Why batches cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BatchesError {
    /// A batch of nothing.
    #[error("the batch size is 0; give at least 1")]
    NoSize,
    /// Not enough pictures for one whole batch, and incomplete ones are dropped.
    #[error(
        "{have} {kind} do not fill one batch of {size}; give a smaller batch size or more pictures"
    )]
    TooFew {
        /// `photos` or `doodles`.
        kind: &'static str,
        /// How many there are.
        have: usize,
        /// The batch size.
        size: usize,
    },
}

pub(super) fn require(kind: &'static str, have: usize, size: usize) -> Result<(), BatchesError> {
    match size {
        0 => Err(BatchesError::NoSize),
        _ if have < size => Err(BatchesError::TooFew { kind, have, size }),
        _ => Ok(()),
    }
}
