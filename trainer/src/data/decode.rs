//! Bytes of picture files to pictures of one size, many at once.

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageReader, Limits, RgbImage, imageops};
use rayon::prelude::*;
use shared::input::{DOODLE_SIDE, INPUT_SIDE};
use shared::picture::{luma, resize_grey, resize_rgb, square_crop};

use super::store::{Place, Store};
use super::{DataError, PHOTO_SIDE};

/// The largest width and height in pixels that is read.
const MOST: u32 = 16_384;

/// A picture as the data set keeps it.
pub(super) trait Picture: Send + Sized {
    /// From whatever the file held, of any size; transparency is ignored, as Pillow's `convert` does.
    fn from_decoded(decoded: DynamicImage) -> Fitted<Self>;
}

/// A picture of the data set's size, and what was done to it.
pub(super) struct Fitted<P> {
    pub picture: P,
    /// Whether its size was another.
    pub resized: bool,
    /// Whether it was dark on light.
    pub inverted: bool,
}

impl Picture for RgbImage {
    /// Where it is not 32x32, its centred square, resized as Pillow does: as the page takes a photo.
    fn from_decoded(decoded: DynamicImage) -> Fitted<Self> {
        let photo = decoded.into_rgb8();
        let resized = photo.dimensions() != (PHOTO_SIDE, PHOTO_SIDE);
        Fitted {
            picture: if resized {
                resize_rgb(&square_crop(&photo), PHOTO_SIDE, PHOTO_SIDE)
            } else {
                photo
            },
            resized,
            inverted: false,
        }
    }
}

impl Picture for GrayImage {
    /// Where it is not 28x28 as those of Quick, Draw!, it is made light on dark, filled up to a square and resized to
    /// 32x32, which is what the network sees.
    fn from_decoded(decoded: DynamicImage) -> Fitted<Self> {
        let mut doodle = match decoded {
            DynamicImage::ImageLuma8(grey) => grey,
            // BMP files keep grey as a palette, which arrives as RGB; luma of equal channels is that very value.
            colour => luma(&colour.into_rgb8()),
        };
        let resized = doodle.dimensions() != (DOODLE_SIDE, DOODLE_SIDE);
        let inverted = resized && is_dark_on_light(&doodle);
        if inverted {
            imageops::invert(&mut doodle);
        }
        Fitted {
            picture: if resized {
                resize_grey(&filled_up(doodle), INPUT_SIDE, INPUT_SIDE)
            } else {
                doodle
            },
            resized,
            inverted,
        }
    }
}

/// Whether the outermost pixels are light on average: paper, not the black that strokes are drawn on.
fn is_dark_on_light(doodle: &GrayImage) -> bool {
    let (right, bottom) = (doodle.width() - 1, doodle.height() - 1);
    let outer = doodle
        .enumerate_pixels()
        .filter(|(x, y, _)| [0, right].contains(x) || [0, bottom].contains(y));
    let (count, sum) = outer.fold((0_u64, 0_u64), |(count, sum), (_, _, level)| {
        (count + 1, sum + u64::from(level.0[0]))
    });
    sum > 127 * count
}

/// In the middle of a black square, so that nothing is cut off and nothing squeezed.
fn filled_up(doodle: GrayImage) -> GrayImage {
    let (width, height) = doodle.dimensions();
    if width == height {
        return doodle;
    }
    let side = width.max(height);
    let mut square = GrayImage::new(side, side);
    let (x, y) = ((side - width) / 2, (side - height) / 2);
    imageops::replace(&mut square, &doodle, x.into(), y.into());
    square
}

/// Reads and decodes files on all cores. The result is in the order of the files.
pub(super) fn decode_all<P: Picture>(
    store: &Store,
    files: &[String],
) -> Vec<Result<Fitted<P>, DataError>> {
    files
        .par_iter()
        .map_with(store.clone(), |store, file| {
            decode(&store.read(file)?, || store.place(file))
        })
        .collect()
}

/// A picture from the bytes of its file.
pub(super) fn decode<P: Picture>(
    bytes: &[u8],
    place: impl Fn() -> Place,
) -> Result<Fitted<P>, DataError> {
    let undecodable = |source| DataError::Undecodable {
        place: place(),
        source,
    };
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|source| undecodable(source.into()))?;
    // Before decoding: a header that claims a huge picture must not cost the memory for it.
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST);
    limits.max_image_height = Some(MOST);
    reader.limits(limits);
    reader.decode().map(P::from_decoded).map_err(undecodable)
}

#[cfg(test)]
mod tests {
    use image::{Luma, Rgb};

    use super::*;

    #[test]
    fn photos_of_the_data_set_s_size_stay_as_they_are_and_others_are_cropped_and_resized() {
        let photo = RgbImage::from_fn(32, 32, |x, y| Rgb([x as u8, y as u8, 9]));
        let same = RgbImage::from_decoded(photo.clone().into());
        assert_eq!((same.picture, same.resized), (photo, false));
        let wide = RgbImage::from_fn(90, 30, |x, _| {
            Rgb([if (30..60).contains(&x) { 200 } else { 0 }; 3])
        });
        let fitted = RgbImage::from_decoded(wide.into());
        assert!(fitted.resized && fitted.picture.pixels().all(|pixel| pixel.0 == [200; 3]));
    }

    #[test]
    fn doodles_on_paper_become_light_on_dark_and_keep_their_shape() {
        // A pen stroke down the middle of a tall sheet.
        let sheet = GrayImage::from_fn(40, 80, |x, _| {
            Luma([if (18..22).contains(&x) { 20 } else { 240 }])
        });
        let fitted = GrayImage::from_decoded(sheet.into());
        assert!(fitted.resized && fitted.inverted);
        let picture = fitted.picture;
        assert_eq!(picture.dimensions(), (32, 32));
        assert!(picture.get_pixel(15, 16).0[0] > 180);
        assert_eq!(picture.get_pixel(1, 16).0, [0]);
        // As light as its paper is grey.
        assert!(picture.get_pixel(10, 16).0[0] < 20);

        // A bitmap of Quick, Draw!, however light its border.
        let bitmap = GrayImage::from_pixel(28, 28, Luma([255]));
        let same = GrayImage::from_decoded(bitmap.clone().into());
        assert_eq!((same.picture, same.inverted), (bitmap, false));
    }
}
