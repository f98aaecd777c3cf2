//! Domain-adversarial training: the networks, one step, the loop, and what it leaves on disk.

mod by_text;
mod chain;
mod chart;
mod checkpoint;
mod config;
mod facts;
mod learned;
mod log;
mod losses;
mod mark;
mod marks;
mod networks;
mod parallel;
mod preset;
mod projection;
mod refinement;
mod run;
mod schedule;
mod step;
mod sums;

pub use chain::{Chain, holds_run, is_chain, run_of};
pub use checkpoint::{Checkpoint, CheckpointError};
pub use config::{Config, DeviceChoice};
pub use facts::Facts;
pub use learned::{Moment, kept_aside, learned};
pub use log::{EpochRecord, read_log};
pub use mark::Mark;
pub use marks::Marks;
pub use networks::{Networks, Optimisers};
pub use parallel::Parallel;
pub use preset::{Preset, Stage};
pub use projection::Projection;
pub use refinement::Refinement;
pub use run::{Ending, Run};
pub use schedule::{Decay, LambdaSchedule, Progress};
pub use step::{Part, StepInput, StepOutput, StepSettings, TaughtViews, Variant};
