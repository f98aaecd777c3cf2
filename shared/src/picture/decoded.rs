use image::error::ImageResult;
use image::{DynamicImage, ImageDecoder, Rgb, RgbImage};

/// The picture of a decoder, upright as its EXIF orientation says.
///
/// # Errors
/// As decoding does.
pub fn upright(mut decoder: impl ImageDecoder) -> ImageResult<DynamicImage> {
    let orientation = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// A picture in RGB, laid on white where it is transparent.
pub fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let rgba = picture.into_rgba8();
    RgbImage::from_fn(rgba.width(), rgba.height(), |x, y| {
        let [red, green, blue, alpha] = rgba.get_pixel(x, y).0.map(u32::from);
        Rgb([red, green, blue]
            .map(|value| ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8))
    })
}

#[cfg(test)]
mod tests {
    use image::{GrayAlphaImage, LumaA, Rgba, RgbaImage};

    use super::*;

    #[test]
    fn transparent_is_white_and_half_transparent_is_half_white() {
        let glass = RgbaImage::from_fn(3, 1, |x, _| Rgba([10, 20, 30, [0, 128, 255][x as usize]]));
        let laid = on_white(glass.into());
        assert_eq!(laid.as_raw(), &[255, 255, 255, 132, 137, 142, 10, 20, 30]);
        let grey = GrayAlphaImage::from_pixel(1, 1, LumaA([0, 0]));
        assert_eq!(on_white(grey.into()).as_raw(), &[255; 3]);
    }

    #[test]
    fn opaque_pictures_stay_as_they_are() {
        let photo = RgbImage::from_fn(4, 3, |x, y| Rgb([x as u8 * 60, y as u8 * 80, 7]));
        assert_eq!(on_white(photo.clone().into()), photo);
        let opaque = DynamicImage::from(photo.clone()).into_rgba8();
        assert_eq!(on_white(opaque.into()), photo);
    }

    /// A picture of two pixels that lies on its side.
    struct OnItsSide;

    impl ImageDecoder for OnItsSide {
        fn dimensions(&self) -> (u32, u32) {
            (2, 1)
        }

        fn color_type(&self) -> image::ColorType {
            image::ColorType::L8
        }

        fn orientation(&mut self) -> ImageResult<image::metadata::Orientation> {
            Ok(image::metadata::Orientation::Rotate90)
        }

        fn read_image(self, levels: &mut [u8]) -> ImageResult<()> {
            levels.copy_from_slice(&[1, 2]);
            Ok(())
        }

        fn read_image_boxed(self: Box<Self>, levels: &mut [u8]) -> ImageResult<()> {
            self.read_image(levels)
        }
    }

    #[test]
    fn a_picture_on_its_side_is_turned_upright() {
        let picture = upright(OnItsSide).unwrap().into_luma8();
        assert_eq!(
            (picture.dimensions(), &**picture.as_raw()),
            ((1, 2), &[1, 2][..])
        );
    }
}
