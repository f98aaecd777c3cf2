use crate::data::{Augmentation, SourceTransform};

/// How batches are made.
#[derive(Debug, Clone, PartialEq)]
pub struct BatchConfig {
    /// Pictures of each domain in a batch.
    pub size: usize,
    /// Decides every shuffle and every change of a picture.
    pub seed: u64,
    /// What of a photo the network sees.
    pub transform: SourceTransform,
    /// How photos and doodles are changed.
    pub augmentation: Augmentation,
    /// Whether a batch has doodles. Without them the photos alone decide how many batches an epoch has.
    pub reads_doodles: bool,
    /// Whether each doodle comes a second time, changed by [`Augmentation::Strong`].
    pub target_strong: bool,
    /// Share of those, 0 to 1, in whose place the doodle's strokes are changed and drawn.
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
            reads_doodles: true,
            target_strong: false,
            stroke_augmentation: 0.0,
        }
    }
}

impl BatchConfig {
    /// Whole batches in an epoch of so many photos and doodles, which ends with the domain that has fewer.
    ///
    /// # Errors
    /// Where a domain that is read does not fill a batch.
    pub fn batches_per_epoch(&self, photos: usize, doodles: usize) -> Result<usize, BatchesError> {
        require("photos", photos, self.size)?;
        if !self.reads_doodles {
            return Ok(photos / self.size);
        }
        require("doodles", doodles, self.size)?;
        Ok(photos.min(doodles) / self.size)
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

fn require(kind: &'static str, have: usize, size: usize) -> Result<(), BatchesError> {
    match size {
        0 => Err(BatchesError::NoSize),
        _ if have < size => Err(BatchesError::TooFew { kind, have, size }),
        _ => Ok(()),
    }
}
