//! The sizes of a block and how its work is cut.

use super::columns::{Maps, TAPS};

/// Rows of the matrix that one product takes at a time: enough to use it well, few enough to stay in the cache.
const ROWS: usize = 512;

/// A batch that goes through a block: 3x3 convolution, batch normalisation, ReLU, 2x2 max pooling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Pictures in the batch.
    pub count: usize,
    /// What comes in. Height and width are even.
    pub input: Maps,
    /// Channels that go out.
    pub channels: usize,
}

impl Block {
    /// Before pooling.
    pub fn output(self) -> Maps {
        Maps {
            channels: self.channels,
            ..self.input
        }
    }

    /// After pooling.
    pub fn pooled(self) -> Maps {
        Maps {
            height: self.input.height / 2,
            width: self.input.width / 2,
            channels: self.channels,
        }
    }

    /// Values that an output pixel is made of.
    pub fn depth(self) -> usize {
        TAPS * self.input.channels
    }

    /// Pictures whose pixels are multiplied at a time; the last time, fewer may be left.
    pub fn chunk(self) -> usize {
        (ROWS / self.input.pixels()).clamp(1, self.count.max(1))
    }
}

/// PyTorch's `[out, in, 3, 3]` as a matrix `[9 in, out]`.
pub fn matrix_from_kernel<E: Copy>(kernel: &[E], input: usize, output: usize) -> Vec<E> {
    let mut matrix = Vec::with_capacity(kernel.len());
    for tap in 0..TAPS {
        for from in 0..input {
            matrix.extend((0..output).map(|to| kernel[(to * input + from) * TAPS + tap]));
        }
    }
    matrix
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kernel_becomes_a_matrix() {
        let kernel: Vec<u32> = (0..3 * 2 * 9).collect();
        let matrix = matrix_from_kernel(&kernel, 2, 3);
        // Tap 4 from channel 1 to channel 2.
        assert_eq!(matrix[(4 * 2 + 1) * 3 + 2], kernel[(2 * 2 + 1) * 9 + 4]);
    }

    #[test]
    fn work_is_cut_into_whole_pictures() {
        let block = |count, side| Block {
            count,
            input: Maps {
                height: side,
                width: side,
                channels: 1,
            },
            channels: 1,
        };
        assert_eq!(block(512, 32).chunk(), 1);
        assert_eq!(block(512, 2).chunk(), 128);
        assert_eq!(block(1, 2).chunk(), 1);
    }
}
