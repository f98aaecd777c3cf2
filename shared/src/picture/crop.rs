use image::{GrayImage, RgbImage, imageops};

/// The picture mirrored left to right.
pub fn flip_horizontal(picture: &GrayImage) -> GrayImage {
    imageops::flip_horizontal(picture)
}

/// The largest square in the middle of a picture. Where the rest is odd, the smaller half of it is cut off at the left or top.
pub fn square_crop(picture: &RgbImage) -> RgbImage {
    let (width, height) = picture.dimensions();
    let side = width.min(height);
    imageops::crop_imm(picture, (width - side) / 2, (height - side) / 2, side, side).to_image()
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
