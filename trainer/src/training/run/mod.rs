//! A run, or several as the stages of a recipe: what is refused before it starts, its loop over epochs, and the folder with its configuration, log, checkpoints and snapshots.

mod checkpoint;
mod epoch_averages;
mod estimate;
mod event_file;
mod load_model;
mod log;
mod pipeline;
mod prepare;
mod run_folder;
mod run_info;
mod seeds;
mod snapshot;
mod training_loop;

pub use checkpoint::{Checkpoint, CheckpointError};
pub use estimate::measure_step;
pub use load_model::{ModelRef, data_of_run, held_out_of_run, load_model, read_classifier};
pub use log::EpochRecord;
pub use pipeline::{Pipeline, run_of};
pub use prepare::check_stages;
pub use run_folder::{
    DataChanged, Manifest, RunFolder, ensure_free, holds_run, is_pipeline, is_run,
    newest_unfinished, run_that_owns, runs_in,
};
pub use run_info::RunInfo;
pub use seeds::with_seeds;
pub use snapshot::Snapshot;
pub use training_loop::Run;
