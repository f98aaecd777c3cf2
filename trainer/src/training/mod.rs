//! Domain-adversarial training: the networks, one step, the loop, and what it leaves on disk.

mod by_text;
mod chart;
mod checkpoint;
mod config;
mod device_choice;
mod diverged;
mod epoch_averages;
mod estimate;
mod load_model;
mod log;
mod networks;
mod parallel;
mod path_text;
mod pipeline;
mod prepare;
mod preset;
mod refinement;
mod run;
mod run_folder;
mod run_info;
mod schedule;
mod snapshot;
mod snapshot_epochs;
mod step;

pub use checkpoint::{Checkpoint, CheckpointError};
pub use config::Config;
pub use device_choice::DeviceChoice;
pub use diverged::Diverged;
pub use estimate::measure_step;
pub use load_model::{CheckpointSelector, ModelRef, data_of_run, held_out_of_run, load_model};
pub use log::EpochRecord;
pub use networks::Networks;
pub use parallel::Parallel;
pub use pipeline::{Pipeline, is_pipeline, run_of, with_seeds};
pub use prepare::check_stages;
pub use preset::{Preset, Stage};
pub use refinement::Refinement;
pub use run::{Ending, Run};
pub use run_folder::{
    DataChanged, Manifest, RunFolder, SeenPhotos, ensure_free, holds_run, is_run, newest_unfinished,
};
pub use run_info::RunInfo;
pub use schedule::{Decay, LambdaSchedule, Progress};
pub use shared::dann::{
    DistilViews, ModuleKind, Optimisers, Projection, StepOutput, StepSettings, Variant,
};
pub use snapshot::Snapshot;
pub use snapshot_epochs::SnapshotEpochs;
pub use step::{Modules, StepInput};
