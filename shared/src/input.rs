//! From a photo or a doodle to the values that the network reads.

use image::{GrayImage, RgbImage};

use crate::picture::{CannyThresholds, canny, luma, resize_grey, resize_rgb, square_crop};

/// Width and height of the network's input, in pixels.
pub const INPUT_SIDE: u32 = 32;

/// Width and height of a Quick, Draw! bitmap, in pixels.
pub const DOODLE_SIDE: u32 = 28;

/// A photo of any size as the 32x32 grey picture whose edges are taken: its centred square, shrunk or grown as Pillow does, then Pillow's luma.
pub fn photo_grey(photo: &RgbImage) -> GrayImage {
    luma(&resize_rgb(&square_crop(photo), INPUT_SIDE, INPUT_SIDE))
}

/// The 32x32 edges (0 or 255) of a photo of any size.
pub fn edges_from_photo(photo: &RgbImage, thresholds: CannyThresholds) -> GrayImage {
    canny(&photo_grey(photo), thresholds)
}

/// A doodle of any size (28x28 from Quick, Draw!, white on black) as a 32x32 grey picture.
pub fn grey_from_doodle(doodle: &GrayImage) -> GrayImage {
    resize_grey(doodle, INPUT_SIDE, INPUT_SIDE)
}

/// A grey picture as the network's values: `u8 / 255`, so 0 to 1, row by row.
pub fn values(grey: &GrayImage) -> Vec<f32> {
    grey.as_raw()
        .iter()
        .map(|&level| f32::from(level) / 255.0)
        .collect()
}

#[cfg(test)]
mod tests {
    use image::{Luma, Rgb};

    use super::*;

    #[test]
    fn a_photo_of_the_right_size_is_only_made_grey() {
        let photo = RgbImage::from_fn(32, 32, |x, y| Rgb([x as u8 * 8, y as u8 * 8, 77]));
        assert_eq!(photo_grey(&photo), luma(&photo));
    }

    #[test]
    fn a_wide_photo_loses_its_sides() {
        let photo = RgbImage::from_fn(96, 32, |x, _| {
            Rgb([if (32..64).contains(&x) { 200 } else { 0 }; 3])
        });
        assert!(
            photo_grey(&photo)
                .pixels()
                .all(|&pixel| pixel == Luma([200]))
        );
    }

    #[test]
    fn edges_and_doodles_come_out_at_the_input_size() {
        let photo = RgbImage::from_fn(70, 90, |x, y| Rgb([if x > y { 255 } else { 0 }; 3]));
        let edges = edges_from_photo(&photo, CannyThresholds::default());
        assert_eq!(edges.dimensions(), (INPUT_SIDE, INPUT_SIDE));
        assert!(edges.as_raw().contains(&255));
        let doodle = GrayImage::new(DOODLE_SIDE, DOODLE_SIDE);
        assert_eq!(
            grey_from_doodle(&doodle).dimensions(),
            (INPUT_SIDE, INPUT_SIDE)
        );
    }

    #[test]
    fn values_are_fractions_row_by_row() {
        let grey = GrayImage::from_raw(2, 2, vec![0, 255, 51, 102]).unwrap();
        assert_eq!(values(&grey), [0.0, 1.0, 0.2, 0.4]);
    }
}
