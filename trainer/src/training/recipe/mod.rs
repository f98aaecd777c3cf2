//! What decides a run: its settings, their schedules, and recipes of one or more stages.

mod by_text;
mod checked;
mod device_choice;
mod objective;
mod path_text;
mod pipeline;
mod prepare;
mod preset;
mod schedule;
mod snapshot_epochs;
mod stage;

pub use checked::CheckedStage;
pub use device_choice::DeviceChoice;
pub use objective::{
    Adversarial, Contrastive, Distillation, DoodleLosses, Objective, SelfTraining,
};
pub(super) use path_text::one as one_path;
pub(super) use pipeline::STAGES;
pub use pipeline::{Pipeline, is_pipeline, run_of, with_seeds};
pub use prepare::check_stages;
pub(super) use prepare::{manifest_before, same_width};
pub use preset::{NamedStage, Preset};
pub use schedule::{Decay, LambdaSchedule, Progress};
pub use snapshot_epochs::SnapshotEpochs;
pub use stage::{Data, Evaluation, Model, Optimiser, Schedule, Stage};
