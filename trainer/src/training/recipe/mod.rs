//! What decides a run: its settings, their schedules, and recipes of one or more stages.

mod as_text;
mod checked;
mod checkpoint_selector;
mod objective;
mod preset;
mod recipe_file;
mod schedule;
mod snapshot_epochs;
mod stage;

pub(crate) use as_text::serde_by_text;
pub use checked::{CheckedStage, check_tta};
pub use checkpoint_selector::CheckpointSelector;
pub use objective::{Adversarial, Distillation, DoodleLosses, Objective, Refinement, SelfTraining};
pub use preset::Preset;
pub use recipe_file::NamedStage;
pub use schedule::{Decay, LambdaSchedule, Progress};
pub use snapshot_epochs::SnapshotEpochs;
pub use stage::{Data, Evaluation, Model, Optimiser, Schedule, Stage};
