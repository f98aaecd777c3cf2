//! The numbers that every form of the network has in common.

/// Channels of the feature extractor's five blocks as multiples of the width, which is the first block's number.
pub const BLOCK_CHANNELS: [usize; 5] = [1, 2, 4, 4, 8];

/// The most channels of the first block; a larger number in a file is damage. Beyond it sizes might overflow 32 bits.
pub const MAX_WIDTH: usize = 1024;

/// Linear layers of the label predictor.
pub const LINEAR_LAYERS: usize = 3;
