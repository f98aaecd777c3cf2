//! Domain-adversarial training: the networks, one step, the loop, and what it leaves on disk.

mod checkpoint;
mod config;
mod learned;
mod log;
mod networks;
mod parallel;
mod run;
mod schedule;
mod step;
mod sums;

pub use checkpoint::{Checkpoint, CheckpointError};
pub use config::{Config, DeviceChoice};
pub use learned::learned;
pub use log::EpochRecord;
pub use networks::{Networks, Optimisers};
pub use parallel::Parallel;
pub use run::{Ending, Run};
pub use schedule::{Decay, LambdaSchedule, Progress};
pub use step::{Part, StepInput, StepOutput, StepSettings, Variant};
