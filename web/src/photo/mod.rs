//! The photo view: a photo, its grey and its edges, and the thresholds between.

pub mod decode;
mod figures;
pub mod input;
pub mod state;
pub mod thresholds;
mod tuning;
pub mod view;
