use image::{GrayImage, RgbImage, imageops};

/// The picture mirrored left to right.
pub fn flip_horizontal(picture: &GrayImage) -> GrayImage {
    imageops::flip_horizontal(picture)
}

/// A square within a picture, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Square {
    /// Its first column.
    pub left: u32,
    /// Its first row.
    pub top: u32,
    /// Its width and height.
    pub side: u32,
}

impl Square {
    /// The largest square in the middle of a picture. Where the rest is odd, the smaller half of it is cut off at the left or top.
    pub fn centred_in((width, height): (u32, u32)) -> Self {
        let side = width.min(height);
        Self {
            left: (width - side) / 2,
            top: (height - side) / 2,
            side,
        }
    }
}

/// A picture's [`Square::centred_in`].
pub fn square_crop(picture: &RgbImage) -> RgbImage {
    let Square { left, top, side } = Square::centred_in(picture.dimensions());
    imageops::crop_imm(picture, left, top, side, side).to_image()
}

#[cfg(test)]
mod tests {
    use image::Rgb;

    use super::*;

    #[test]
    fn flipping_mirrors_each_row() {
        let picture = GrayImage::from_raw(3, 2, vec![1, 2, 3, 4, 5, 6]).unwrap();
        assert_eq!(flip_horizontal(&picture).as_raw(), &[3, 2, 1, 6, 5, 4]);
    }

    #[test]
    fn the_square_is_centred() {
        let wide = RgbImage::from_fn(7, 2, |x, y| Rgb([x as u8, y as u8, 0]));
        let square = square_crop(&wide);
        assert_eq!(square.dimensions(), (2, 2));
        assert_eq!(square.get_pixel(0, 0), &Rgb([2, 0, 0]));
        let tall = RgbImage::from_fn(2, 6, |x, y| Rgb([x as u8, y as u8, 0]));
        assert_eq!(square_crop(&tall).get_pixel(0, 0), &Rgb([0, 2, 0]));
    }

    #[test]
    fn a_square_stays_whole() {
        let picture = RgbImage::from_fn(5, 5, |x, y| Rgb([x as u8, y as u8, 9]));
        assert_eq!(square_crop(&picture), picture);
    }
}
