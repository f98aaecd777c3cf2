//! Domain-adversarial training: the networks, one step, the loop, and what it leaves on disk.

mod chain;
mod checkpoint;
mod config;
mod learned;
mod log;
mod networks;
mod parallel;
mod preset;
mod run;
mod schedule;
mod step;
mod sums;

pub use chain::{Chain, holds_run, is_chain};
pub use checkpoint::{Checkpoint, CheckpointError};
pub use config::{Config, DeviceChoice};
pub use learned::{kept_aside, learned};
pub use log::{EpochRecord, read_log};
pub use networks::{Networks, Optimisers};
pub use parallel::Parallel;
pub use preset::{Preset, Stage};
pub use run::{Ending, Run};
pub use schedule::{Decay, LambdaSchedule, Progress};
pub use step::{Part, StepInput, StepOutput, StepSettings, Variant};
