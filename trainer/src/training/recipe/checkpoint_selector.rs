use serde::{Deserialize, Serialize};

/// Which checkpoint of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckpointSelector {
    /// The newest checkpoint.
    #[default]
    #[serde(alias = "newest")]
    Latest,
    /// The snapshot that is best by the criterion that needs no labels.
    Best,
    /// The snapshot at an epoch, from 0.
    #[serde(alias = "marked")]
    Snapshot(u32),
}
