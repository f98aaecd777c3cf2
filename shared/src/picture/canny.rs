use image::GrayImage;
use serde::{Deserialize, Serialize};

use super::ridges::{Columns, NONE, STRONG, Slopes, WEAK, mark_row};

/// Hysteresis thresholds of [`canny`], on the gradient's L1 magnitude (0 to 2040).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CannyThresholds {
    /// Above it, a pixel that touches an edge belongs to the edge.
    pub low: f64,
    /// Above it, a pixel is an edge by itself.
    pub high: f64,
}

impl CannyThresholds {
    /// Four pairs from busy to sparse; the third is the default.
    pub const PRESETS: [Self; 4] = [
        Self::new(50.0, 100.0),
        Self::new(150.0, 200.0),
        Self::new(170.0, 300.0),
        Self::new(250.0, 300.0),
    ];

    /// Thresholds in either order.
    pub const fn new(low: f64, high: f64) -> Self {
        Self { low, high }
    }

    /// The thresholds in order, rounded down, as OpenCV does.
    pub(super) fn whole(self) -> (i32, i32) {
        let (low, high) = (self.low.floor() as i32, self.high.floor() as i32);
        (low.min(high), low.max(high))
    }
}

impl Default for CannyThresholds {
    fn default() -> Self {
        Self::PRESETS[2]
    }
}

/// The edges of a grey picture, 255 on 0, as OpenCV's `Canny(grey, low, high)` with its defaults: no blur, Sobel 3x3
/// with replicated borders, L1 magnitude, non-maximum suppression in four directions, hysteresis over eight neighbours.
///
/// Source: J. Canny, "A Computational Approach to Edge Detection", 1986, in OpenCV's integer form.
pub fn canny(grey: &GrayImage, thresholds: CannyThresholds) -> GrayImage {
    let mut edges = GrayImage::new(grey.width(), grey.height());
    Canny::default().run(grey.as_raw(), grey.dimensions(), thresholds, &mut edges);
    edges
}

/// [`canny`] with buffers that are kept from picture to picture.
#[derive(Clone, Debug, Default)]
pub struct Canny {
    columns: Columns,
    /// The gradients of two rows: those of row `y` are in place `y % 2`.
    slopes: [Slopes; 2],
    /// The magnitudes of three rows, those of row `y` in place `y % 3`, with a zero at both ends.
    magnitudes: [Vec<i16>; 3],
    /// One mark a pixel, in a frame of [`NONE`] at least one pixel wide.
    marks: Vec<u8>,
    /// Places in `marks` that became strong and whose neighbours have not been looked at.
    open: Vec<usize>,
}

impl Canny {
    /// The edges of a grey picture of `width` x `height` bytes, row by row, into as many bytes: 0 or 255.
    ///
    /// # Panics
    /// When `grey` or `edges` has another number of bytes.
    pub fn run(
        &mut self,
        grey: &[u8],
        (width, height): (u32, u32),
        thresholds: CannyThresholds,
        edges: &mut [u8],
    ) {
        let (width, height) = (width as usize, height as usize);
        assert_eq!(grey.len(), width * height, "a byte a pixel");
        assert_eq!(edges.len(), grey.len(), "a byte a pixel");
        if grey.is_empty() {
            return;
        }
        let stride = (width + 2).next_multiple_of(TOGETHER);
        self.reset(width, height, stride);
        // Magnitudes are 0 to 2040, so that thresholds beyond do not change what exceeds them.
        let (low, high) = thresholds.whole();
        let (low, high) = (low.clamp(-1, 2040) as i16, high.clamp(-1, 2040) as i16);
        let row = |y: usize| &grey[y * width..][..width];
        for y in 0..=height {
            if y < height {
                let rows = [y.saturating_sub(1), y, (y + 1).min(height - 1)].map(row);
                let magnitudes = &mut self.magnitudes[y % 3][1..=width];
                self.columns
                    .gradient(rows, &mut self.slopes[y % 2], magnitudes);
            } else {
                self.magnitudes[y % 3].fill(0);
            }
            if y > 0 {
                let rows = [y + 1, y + 2, y].map(|row| &self.magnitudes[row % 3][..]);
                let marks = &mut self.marks[y * stride + 1..][..width];
                mark_row(&self.slopes[(y + 1) % 2], rows, (low, high), marks);
            }
            if y > 1 {
                self.strengthen(y - 1, stride);
            }
        }
        self.strengthen(height, stride);
        self.trace(stride);
        let marks = self.marks[stride..].chunks_exact(stride);
        for (edges, marks) in edges.chunks_exact_mut(width).zip(marks) {
            for (level, mark) in edges.iter_mut().zip(&marks[1..]) {
                *level = (mark >> 1).wrapping_neg();
            }
        }
    }

    fn reset(&mut self, width: usize, height: usize, stride: usize) {
        self.columns.resize(width + 2);
        for slopes in &mut self.slopes {
            slopes.resize(width);
        }
        for magnitude in &mut self.magnitudes {
            magnitude.clear();
            magnitude.resize(width + 2, 0);
        }
        self.marks.clear();
        self.marks.resize(stride * (height + 2), NONE);
        self.open.clear();
    }

    /// Makes strong the weak neighbours of the strong marks of a row, counted in the frame. The rows beside it are marked.
    fn strengthen(&mut self, row: usize, stride: usize) {
        for place in (row * stride..(row + 1) * stride).step_by(TOGETHER) {
            let Some(marks) = self.marks[place..].first_chunk() else {
                return;
            };
            let mut strong = u64::from_le_bytes(*marks) & STRONGS;
            while strong != 0 {
                self.strengthen_around(place + strong.trailing_zeros() as usize / 8, stride);
                strong &= strong - 1;
            }
        }
    }

    fn trace(&mut self, stride: usize) {
        while let Some(place) = self.open.pop() {
            self.strengthen_around(place, stride);
        }
    }

    /// The frame is never marked, so that no neighbour falls outside.
    fn strengthen_around(&mut self, place: usize, stride: usize) {
        for first in [place - stride - 1, place - 1, place + stride - 1] {
            for (shift, mark) in self.marks[first..first + 3].iter_mut().enumerate() {
                if *mark == WEAK {
                    *mark = STRONG;
                    self.open.push(first + shift);
                }
            }
        }
    }
}

/// Marks that are looked at together: a word of them.
const TOGETHER: usize = size_of::<u64>();

/// The bit of [`STRONG`] in each mark of a word.
const STRONGS: u64 = u64::from_ne_bytes([STRONG; TOGETHER]);

#[cfg(test)]
#[path = "canny_tests.rs"]
mod tests;
