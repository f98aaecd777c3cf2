//! Domain-adversarial training: one step, the run that consists of many, and the recipe that says how.

mod observer;
mod recipe;
mod run;
mod step;

pub use crate::device::DeviceChoice;
pub use observer::{Ending, Extent, Observer, Warning};
pub(crate) use recipe::serde_by_text;
pub use recipe::{
    Adversarial, CheckedStage, CheckpointSelector, Data, Decay, Distillation, DoodleLosses,
    Evaluation, LambdaSchedule, Model, NamedStage, Objective, Optimiser, Preset, Progress,
    Refinement, Schedule, SelfTraining, SnapshotEpochs, Stage, check_tta,
};
pub use run::{
    Checkpoint, CheckpointError, DataChanged, EpochRecord, Manifest, ModelRef, Pipeline, Run,
    RunFolder, RunInfo, Snapshot, check_stages, data_of_run, ensure_free, held_out_of_run,
    holds_run, is_pipeline, is_run, load_model, measure_step, newest_unfinished, read_classifier,
    run_of, run_that_owns, runs_in, with_seeds,
};
pub use shared::dann::{ModuleKind, Optimisers, StepOutput, StepSettings, Variant};
pub use step::{Diverged, Modules, Networks, Parallel, StepInput};
