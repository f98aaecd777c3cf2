//! Decoded pictures to those of the data set's size, many at once.

use image::{DynamicImage, GrayImage, Luma, Pixel, RgbImage};
use rayon::prelude::*;
use shared::input::DOODLE_SIDE;
use shared::picture::{luma, on_white, resize_rgb, square_crop};

use super::decode::decode;
use super::drawing::bitmap_from_sheet;
use super::store::{Node, Place, Store};
use super::warning::Remark;
use super::{DataError, PHOTO_SIDE};

/// Levels that are always dark ink.
const DARK: u8 = 100;
/// A doodle whose levels are all within so many of another shows nothing.
const FLAT: u8 = 16;

/// A picture as the data set keeps it.
pub(super) trait Picture: Send + Sized {
    /// From whatever the file held, of any size.
    fn from_decoded(decoded: DynamicImage) -> Fitted<Self>;
}

/// A picture of the data set's size, and what there is to say about it.
pub(super) struct Fitted<P> {
    pub picture: P,
    pub remarks: Vec<Remark>,
}

impl Picture for RgbImage {
    /// Where it is not 32x32, its centred square, resized as Pillow does: as the page takes a photo.
    fn from_decoded(decoded: DynamicImage) -> Fitted<Self> {
        let photo = on_white(decoded);
        if photo.dimensions() == (PHOTO_SIDE, PHOTO_SIDE) {
            return Fitted {
                picture: photo,
                remarks: Vec::new(),
            };
        }
        Fitted {
            picture: resize_rgb(&square_crop(&photo), PHOTO_SIDE, PHOTO_SIDE),
            remarks: vec![Remark::Resized],
        }
    }
}

impl Picture for GrayImage {
    /// Where it is not a bitmap of 28x28 as those of Quick, Draw!, it's normalised to what the page would draw: cropped to its ink, with
    /// the page's pen, light on dark. If it looks like that already, it's resized to 32x32, which is what the network sees.
    fn from_decoded(decoded: DynamicImage) -> Fitted<Self> {
        let is_drawn_on_nothing = is_transparent(&decoded);
        let doodle = match decoded {
            DynamicImage::ImageLuma8(grey) => grey,
            glass if is_drawn_on_nothing && !has_dark_ink(&glass) => on_black(glass),
            // BMP files keep grey as a palette, which arrives as RGB; luma of equal channels is that very value.
            colour => luma(&on_white(colour)),
        };
        if doodle.dimensions() != (DOODLE_SIDE, DOODLE_SIDE) || is_drawn_on_nothing {
            let sheet = bitmap_from_sheet(&doodle);
            let remarks = [
                (!sheet.is_as_on_the_page, Remark::Normalised),
                (sheet.is_as_on_the_page, Remark::Resized),
                (sheet.inverted && !sheet.is_empty, Remark::Inverted),
                (sheet.is_empty, Remark::Blank),
            ];
            return Fitted {
                picture: sheet.bitmap,
                remarks: those_that_hold(remarks),
            };
        }
        let (least, most) = doodle.iter().fold((u8::MAX, 0), |(least, most), level| {
            (least.min(*level), most.max(*level))
        });
        let is_blank = most - least < FLAT;
        let remarks = [
            (is_blank, Remark::Blank),
            (!is_blank && is_dark_on_light(&doodle), Remark::DarkBitmap),
        ];
        Fitted {
            picture: doodle,
            remarks: those_that_hold(remarks),
        }
    }
}

fn those_that_hold<const COUNT: usize>(remarks: [(bool, Remark); COUNT]) -> Vec<Remark> {
    let hold = remarks.into_iter().filter(|(holds, _)| *holds);
    hold.map(|(_, remark)| remark).collect()
}

/// Whether there is a pixel that something behind it would shine through.
fn is_transparent(picture: &DynamicImage) -> bool {
    picture.color().has_alpha()
        && picture
            .to_rgba8()
            .pixels()
            .any(|pixel| pixel.0[3] < u8::MAX)
}

/// Whether what is not transparent is dark somewhere: ink, which shows on white paper.
fn has_dark_ink(picture: &DynamicImage) -> bool {
    let is_dark = |pixel: &image::Rgba<u8>| pixel.0[3] > 127 && pixel.to_luma().0[0] < DARK;
    picture.to_rgba8().pixels().any(is_dark)
}

/// Light ink on nothing, as levels on black.
fn on_black(picture: DynamicImage) -> GrayImage {
    let rgba = picture.into_rgba8();
    GrayImage::from_fn(rgba.width(), rgba.height(), |x, y| {
        let pixel = rgba.get_pixel(x, y);
        let (level, alpha) = (u32::from(pixel.to_luma().0[0]), u32::from(pixel.0[3]));
        Luma([((level * alpha + 127) / 255) as u8])
    })
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

/// A picture of the data set's size from the bytes of a file.
pub(super) fn fit<P: Picture>(
    name: &str,
    bytes: &[u8],
    place: impl Fn() -> Place,
) -> Result<Fitted<P>, DataError> {
    let decoded = decode(name, bytes, P::from_decoded);
    let decoded = decoded.map_err(|cause| DataError::Picture {
        place: place(),
        cause,
    })?;
    let mut fitted = decoded.made;
    fitted
        .remarks
        .extend(decoded.misnamed.map(Remark::Misnamed));
    Ok(fitted)
}

/// Reads and decodes files on all cores. The result is in the order of the files.
pub(super) fn decode_all<P: Picture>(
    store: &Store,
    files: &[Node],
) -> Vec<Result<Fitted<P>, DataError>> {
    files
        .par_iter()
        .map_with(store.clone(), |store, file| {
            fit(&file.name, &store.read(file)?, || store.place(file))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use image::{GrayAlphaImage, LumaA, Rgb, Rgba, RgbaImage};

    use super::*;

    #[test]
    fn photos_of_the_data_set_s_size_stay_as_they_are_and_others_are_cropped_and_resized() {
        let photo = RgbImage::from_fn(32, 32, |x, y| Rgb([x as u8, y as u8, 9]));
        let same = RgbImage::from_decoded(photo.clone().into());
        assert_eq!((same.picture, same.remarks), (photo, vec![]));
        let wide = RgbImage::from_fn(90, 30, |x, _| {
            Rgb([if (30..60).contains(&x) { 200 } else { 0 }; 3])
        });
        let fitted = RgbImage::from_decoded(wide.into());
        assert_eq!(fitted.remarks, [Remark::Resized]);
        assert!(fitted.picture.pixels().all(|pixel| pixel.0 == [200; 3]));
    }

    #[test]
    fn transparent_photos_are_laid_on_white() {
        let glass = RgbaImage::from_pixel(32, 32, Rgba([9, 9, 9, 0]));
        let fitted = RgbImage::from_decoded(glass.into());
        assert!(fitted.picture.pixels().all(|pixel| pixel.0 == [255; 3]));
    }

    #[test]
    fn doodles_on_paper_become_light_on_dark_and_as_the_page_draws_them() {
        // A pen stroke down the middle of a tall sheet.
        let sheet = GrayImage::from_fn(40, 80, |x, _| {
            Luma([if (18..22).contains(&x) { 20 } else { 240 }])
        });
        let fitted = GrayImage::from_decoded(sheet.into());
        assert_eq!(fitted.remarks, [Remark::Normalised, Remark::Inverted]);
        let picture = fitted.picture;
        assert_eq!(picture.dimensions(), (28, 28));
        assert!(picture.get_pixel(13, 14).0[0] > 160 && picture.get_pixel(14, 14).0[0] > 160);
        assert_eq!(picture.get_pixel(10, 14).0, [0]);
    }

    #[test]
    fn bitmaps_of_28_by_28_stay_as_they_are() {
        // However light its border.
        let bitmap = GrayImage::from_fn(28, 28, |x, _| Luma([if x == 9 { 0 } else { 255 }]));
        let same = GrayImage::from_decoded(bitmap.clone().into());
        assert_eq!(
            (same.picture, same.remarks),
            (bitmap.clone(), vec![Remark::DarkBitmap])
        );
        let opaque = DynamicImage::from(bitmap.clone()).into_rgba8();
        assert_eq!(GrayImage::from_decoded(opaque.into()).picture, bitmap);
        let blank = GrayImage::from_pixel(28, 28, Luma([255]));
        let same = GrayImage::from_decoded(blank.clone().into());
        assert_eq!((same.picture, same.remarks), (blank, vec![Remark::Blank]));
    }

    #[test]
    fn ink_on_nothing_is_seen_whether_dark_or_light() {
        for side in [28, 128] {
            for level in [0, 255] {
                let line = side / 2..side / 2 + side / 14;
                let glass = GrayAlphaImage::from_fn(side, side, |x, _| {
                    let alpha = if line.contains(&x) { 255 } else { 0 };
                    // What is transparent may have any colour.
                    LumaA([if alpha > 0 { level } else { 0 }, alpha])
                });
                let fitted = GrayImage::from_decoded(glass.into());
                assert!(!fitted.remarks.contains(&Remark::Blank), "{side} {level}");
                let lit = fitted.picture.iter().filter(|level| **level > 150).count();
                assert!((20..80).contains(&lit), "{side} {level}: {lit}");
            }
        }
    }

    #[test]
    fn an_empty_sheet_is_remarked() {
        let blank = GrayImage::from_pixel(50, 40, Luma([255]));
        let fitted = GrayImage::from_decoded(blank.into());
        assert_eq!(fitted.remarks, [Remark::Normalised, Remark::Blank]);
        let glass = RgbaImage::new(60, 60);
        assert!(
            GrayImage::from_decoded(glass.into())
                .remarks
                .contains(&Remark::Blank)
        );
    }
}
