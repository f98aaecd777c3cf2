//! What decides a run: its settings, their schedules, and recipes of one or more stages.

mod as_text;
mod checked;
mod objective;
mod pipeline;
mod prepare;
mod preset;
mod schedule;
mod snapshot_epochs;
mod stage;

pub(crate) use as_text::serde_by_text;
pub use checked::CheckedStage;
pub use objective::{
    Adversarial, Contrastive, Distillation, DoodleLosses, Objective, Refinement, SelfTraining,
};
pub(super) use pipeline::STAGES;
pub use pipeline::{Pipeline, is_pipeline, run_of, with_seeds};
pub use prepare::check_stages;
pub(super) use prepare::{manifest_before, same_width};
pub use preset::{NamedStage, Preset};
pub use schedule::{Decay, LambdaSchedule, Progress};
pub use snapshot_epochs::SnapshotEpochs;
pub use stage::{Data, Evaluation, Model, Optimiser, Schedule, Stage};
