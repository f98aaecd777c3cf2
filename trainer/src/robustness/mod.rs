//! Robustness: is a doodle still classified correctly when it is drawn with a pen on the page, as people draw?
//!
//! A data set of bitmaps holds no strokes. [`trace`] finds strokes that the pen may have drawn, a [`Perturbation`] changes them as
//! people's drawings differ, and the page's own rasteriser makes a bitmap of them.

mod crossing;
mod join;
mod paths;
mod perturbation;
mod polyline;
mod trace;

pub use perturbation::Perturbation;
pub use trace::trace;
