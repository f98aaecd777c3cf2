//! Points in the plane: labelled source points, and target points whose labels no loss sees.

mod data_set;
mod normal;
mod scene;
mod separation;

pub use data_set::{DataSet, DrawnPoint, Point};
#[cfg(feature = "train")]
pub(crate) use normal::normal;
pub use scene::Scene;
pub use separation::separation;

/// Half the side of the square of the input plane that is shown, around the origin.
pub const INPUT_REACH: f32 = 1.2;
