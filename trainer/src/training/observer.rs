//! What whoever runs a training is told while it runs.

use crate::data::{Found, LabelsError};

use super::{CheckpointError, EpochRecord, RunFolder, Snapshot};

/// How much a run has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Photos that are trained on.
    pub photos: usize,
    /// Doodles that are trained on; none where photos alone are.
    pub doodles: usize,
    /// Pictures of each domain in a batch.
    pub batch: usize,
    /// Steps of an epoch.
    pub steps: usize,
    /// Epochs in all.
    pub epochs: u32,
    /// Epochs that are done already.
    pub done: u32,
}

/// How training ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// All epochs are done.
    Finished,
    /// It was asked to stop; the last completed epoch is on disk.
    Stopped,
}

/// What is not as it should be, though the work continues.
#[derive(Debug, thiserror::Error)]
pub enum Warning<'a> {
    /// A run of format 0 is resumed.
    #[error(
        "{} was started by an earlier version: that its data is still the same cannot be checked",
        .0.path().display()
    )]
    DataUnchecked(&'a RunFolder),
    /// The newest checkpoint is damaged.
    #[error("{0}; trying the checkpoint before")]
    DamagedCheckpoint(&'a CheckpointError),
    /// The labels of snapshots can no longer be read.
    #[error("{0}; snapshots are not scored (say with --labels where they are now)")]
    LabelsUnreadable(&'a LabelsError),
}

/// Is told how a run goes. `()` listens to nothing.
pub trait Observer {
    /// From where a run's data is read.
    fn data(&self, _found: &Found) {}

    /// Which of a run's snapshots is the best one, of so many.
    fn best_snapshot(&self, _best: &Snapshot, _of: usize) {}

    /// Something is not as it should be.
    fn warning(&self, _warning: &Warning<'_>) {}

    /// Of so many predictions by teachers, some more are made.
    fn soft_labels(&self, _more: usize, _total: usize) {}

    /// Training begins.
    fn begin(&self, _extent: &Extent) {}

    /// Mean losses of the current epoch so far, D's only where it learns, every few steps; `history` is the log until then.
    fn losses(&self, _domain: Option<f64>, _feature: f64, _history: &[EpochRecord]) {}

    /// A step is done.
    fn step(&self) {}

    /// An epoch is on disk, and its snapshot where one was due.
    fn epoch(&self, _record: &EpochRecord, _snapshot: Option<&Snapshot>) {}

    /// Training ends.
    fn end(&self, _ending: Ending) {}
}

impl Observer for () {}
