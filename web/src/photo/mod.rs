//! The photo view: a photo, its grey and its edges, and the thresholds between. The photo worker does the work.

pub mod client;
mod figures;
pub mod input;
mod painted;
mod state;
pub mod thresholds;
mod transfer;
mod tuning;
pub mod view;
mod words;
mod worker;
