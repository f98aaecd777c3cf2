//! Feature maps between the blocks.

use super::fold::Lanes;

/// Maps of several pictures, `[picture, y, x, channel]`, with a border of zeros where one is wanted, so that a
/// convolution needs no test at the edges.
pub struct Maps {
    /// The values; those of the border stay 0.
    pub values: Vec<f32>,
    /// Pixels along each side, without the border; a power of two.
    pub side: usize,
    /// Pixels of the border on each side.
    border: usize,
    /// Channels, padded.
    pub channels: usize,
}

impl Maps {
    /// All 0.
    pub fn new(pictures: usize, side: usize, border: usize, channels: usize, lanes: Lanes) -> Self {
        let channels = lanes.padded(channels);
        let row = side + 2 * border;
        Self {
            values: vec![0.0; pictures * row * row * channels],
            side,
            border,
            channels,
        }
    }

    /// Values from a row to the next.
    #[inline(always)]
    pub fn row(&self) -> usize {
        (self.side + 2 * self.border) * self.channels
    }

    /// Where a picture's pixel at `(y, x)` begins, counted without the border.
    #[inline(always)]
    pub fn pixel(&self, picture: usize, y: usize, x: usize) -> usize {
        let rows = self.side + 2 * self.border;
        (picture * rows + y + self.border) * self.row() + (x + self.border) * self.channels
    }
}
