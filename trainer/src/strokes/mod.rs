//! Strokes of doodles that are bitmaps: a data set of bitmaps holds none, but people draw them.
//!
//! [`trace`] finds strokes that the pen may have drawn. A [`Perturbation`] changes them in one way in which people's drawings differ,
//! to measure robustness; [`augment`] changes them in many ways at random, for training. The page's own rasteriser makes a bitmap of
//! them.

mod augmentation;
mod crossing;
#[cfg(test)]
mod examples;
mod hand;
mod join;
mod paths;
mod perturbation;
mod polyline;
mod trace;

pub use augmentation::augment;
pub use perturbation::Perturbation;
pub use trace::trace;
