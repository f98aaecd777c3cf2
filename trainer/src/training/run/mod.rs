//! A run: its loop over epochs, and the folder with its configuration, log, checkpoints and snapshots.

mod checkpoint;
mod epoch_averages;
mod estimate;
mod event_file;
mod load_model;
mod log;
mod run_folder;
mod run_info;
mod snapshot;
mod training_loop;

pub use checkpoint::{Checkpoint, CheckpointError};
pub use estimate::measure_step;
pub use load_model::{CheckpointSelector, ModelRef, data_of_run, held_out_of_run, load_model};
pub(super) use load_model::{is_model, load_teacher};
pub use log::EpochRecord;
pub use run_folder::{
    DataChanged, Manifest, RunFolder, SeenPhotos, ensure_free, holds_run, is_run,
    newest_unfinished, runs_in,
};
pub use run_info::RunInfo;
pub use snapshot::Snapshot;
pub use training_loop::{Ending, Run};
