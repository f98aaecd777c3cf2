//! The classifier in inference, by kernels of our own: plain slices, one source for every processor and the browser.
//!
//! Five blocks of 3x3 convolution, batch normalisation, ReLU and 2x2 max pooling, then three linear layers; the
//! mathematics of [`crate::model`], without Burn. Everything that can be done once is done when a [`Network`] is built.

#[cfg(feature = "nn-batch")]
mod batch;
mod first;
mod fold;
mod last;
mod linear;
mod map;
mod network;
mod parts;
mod pool;
mod simd;
mod winograd;

use crate::architecture::{BLOCK_CHANNELS as CHANNELS, LINEAR_LAYERS, MAX_WIDTH};
pub use network::Network;
pub use parts::{BlockParts, LinearParts, NetworkError};

/// Pixels along a picture's side.
const SIDE: usize = 32;
/// Pixels of a picture.
pub const PICTURE: usize = SIDE * SIDE;
/// The most classes.
pub const MAX_CLASSES: usize = 256;
const BLOCKS: usize = CHANNELS.len();
/// PyTorch's default, and Burn's.
const EPSILON: f64 = 1e-5;
/// Values that a product takes at a time, each times a panel's vectors: with two vectors these are eight sums, as many
/// as two units with a latency of four cycles keep busy, and they fit in 16 registers.
const ROWS: usize = 4;
/// Vectors of output channels that are computed together.
const PANEL: usize = 2;
