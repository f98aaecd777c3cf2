use image::{GrayImage, RgbImage};

/// The grey of an RGB picture as Pillow's `convert("L")`: ITU-R 601-2 weights in 16-bit fixed point,
/// `(19595 R + 38470 G + 7471 B + 32768) >> 16`. OpenCV's grey rounds otherwise.
pub fn luma(picture: &RgbImage) -> GrayImage {
    let mut grey = GrayImage::new(picture.width(), picture.height());
    for (level, rgb) in grey.iter_mut().zip(picture.as_raw().chunks_exact(3)) {
        let [red, green, blue] = [rgb[0], rgb[1], rgb[2]].map(u32::from);
        *level = ((red * 19_595 + green * 38_470 + blue * 7_471 + 0x8000) >> 16) as u8;
    }
    grey
}

#[cfg(test)]
mod tests {
    use image::{Luma, Rgb};
    use proptest::prelude::*;

    use super::*;

    fn grey_of(rgb: [u8; 3]) -> u8 {
        let Luma([level]) = *luma(&RgbImage::from_pixel(1, 1, Rgb(rgb))).get_pixel(0, 0);
        level
    }

    #[test]
    fn the_primaries_weigh_as_in_pillow() {
        assert_eq!(grey_of([255, 0, 0]), 76);
        assert_eq!(grey_of([0, 255, 0]), 150);
        assert_eq!(grey_of([0, 0, 255]), 29);
    }

    #[test]
    fn an_empty_picture_stays_empty() {
        assert_eq!(luma(&RgbImage::new(0, 3)).dimensions(), (0, 3));
    }

    proptest! {
        #[test]
        fn grey_stays_grey(level: u8) {
            prop_assert_eq!(grey_of([level; 3]), level);
        }

        #[test]
        fn grey_lies_between_the_channels(rgb: [u8; 3]) {
            let level = grey_of(rgb);
            prop_assert!(level >= *rgb.iter().min().unwrap() && level <= *rgb.iter().max().unwrap());
        }
    }
}
