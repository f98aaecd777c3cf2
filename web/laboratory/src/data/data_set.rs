use serde::{Deserialize, Serialize};

/// A point, each coordinate in about -1 to 1.
pub type Point = [f32; 2];

/// The points of both domains.
#[derive(Clone, Debug, PartialEq)]
pub struct DataSet {
    /// Number of classes.
    pub classes: usize,
    /// Source points.
    pub source: Vec<Point>,
    /// Their classes, from 0.
    pub source_labels: Vec<u8>,
    /// Target points.
    pub target: Vec<Point>,
    /// Their classes, from 0, where known; only accuracy is measured with them.
    pub target_labels: Vec<Option<u8>>,
}

/// A point drawn by hand.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DrawnPoint {
    /// Where it is, each coordinate -1 to 1.
    pub at: Point,
    /// Its class, from 0: required in the source; in the target it is hidden from training, and may be unknown.
    pub class: Option<u8>,
}
