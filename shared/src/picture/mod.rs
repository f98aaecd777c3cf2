//! Picture operations that equal Pillow's and OpenCV's to the bit, natively and in WebAssembly.

mod canny;
mod canny_steps;
mod crop;
mod decoded;
mod luma;
mod resize;
mod ridges;
mod rotate;

pub use canny::{Canny, CannyThresholds, canny};
pub use canny_steps::{CannySteps, Direction, SOBEL, Step, Verdict, neighbourhood};
pub use crop::{Square, flip_horizontal, square_crop};
pub use decoded::{on_white, upright};
pub use luma::luma;
pub use resize::{RowResizer, resize_grey, resize_rgb};
pub use rotate::rotate;
