//! The photo view: a photo and its edges, the part of it that the model sees, and the thresholds. The photo worker does the work.

mod actions;
pub mod camera;
pub mod client;
mod compare;
pub mod crop;
mod crop_box;
mod divider;
pub mod input;
mod painted;
mod panels;
pub mod samples;
mod save;
mod sources;
mod strip;
pub mod text;
pub mod thresholds;
mod transfer;
mod tuning;
pub mod view;
mod worker;
