//! Domain-adversarial training: one step, the run that consists of many, and the recipe that says how.

mod observer;
mod recipe;
mod run;
mod step;

pub use crate::device::DeviceChoice;
pub use observer::{Extent, Observer, Warning};
pub(crate) use recipe::serde_by_text;
pub use recipe::{
    Adversarial, CheckedStage, Contrastive, Data, Decay, Distillation, DoodleLosses, Evaluation,
    LambdaSchedule, Model, NamedStage, Objective, Optimiser, Pipeline, Preset, Progress,
    Refinement, Schedule, SelfTraining, SnapshotEpochs, Stage, check_stages, is_pipeline, run_of,
    with_seeds,
};
pub use run::{
    Checkpoint, CheckpointError, CheckpointSelector, DataChanged, Ending, EpochRecord, Manifest,
    ModelRef, Run, RunFolder, RunInfo, SeenPhotos, Snapshot, data_of_run, ensure_free,
    held_out_of_run, holds_run, is_run, load_model, measure_step, newest_unfinished, runs_in,
};
pub use shared::dann::{
    DistilViews, ModuleKind, Optimisers, Projection, StepOutput, StepSettings, Variant,
};
pub use step::{Diverged, Modules, Networks, Parallel, StepInput};
