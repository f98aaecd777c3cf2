//! Bitmaps of doodles drawn again with a pen, as people draw on the page, to see whether a classifier still knows them.
//!
//! A data set of bitmaps holds no strokes. [`trace`] finds the way that the pen may have taken, a [`Distortion`] draws that way as
//! people would, and the page's own rasteriser makes a bitmap of it.

mod crossing;
mod distortion;
mod join;
mod paths;
pub(crate) mod skeleton;
mod trace;
mod way;

pub use distortion::Distortion;
pub use trace::trace;
