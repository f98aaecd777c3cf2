//! What the trainer, the tests and the browser have in common: pictures, drawings, inputs and the model.
//!
//! Pure functions: no files, no clock, no choice of device. Everything compiles natively and to WebAssembly; weights
//! files need the feature `weights`, the network as Burn's modules the feature `model`, and training steps the feature `train`;
//! the last two bring Burn.

pub mod architecture;
pub mod classes;
pub mod dann;
pub mod drawing;
pub mod input;
#[cfg(feature = "matrix")]
pub mod matrix;
#[cfg(feature = "model")]
pub mod model;
#[cfg(feature = "nn")]
pub mod nn;
pub mod novelty;
pub mod picture;
pub mod softmax;
#[cfg(feature = "story")]
pub mod story;
#[cfg(feature = "weights")]
pub mod weights;
