//! A photo with all that is shown of it.

use image::{GrayImage, RgbImage};
use shared::input::photo_grey;
use shared::picture::{CannyThresholds, canny, luma, resize_rgb};

/// The larger side of what is shown, in pixels.
pub const MOST_SHOWN: u32 = 512;

/// A photo as it is shown and as the model gets it.
#[derive(Clone, Debug, PartialEq)]
pub struct Photo {
    size: (u32, u32),
    shown: RgbImage,
    grey: GrayImage,
    grey_32: GrayImage,
}

impl Photo {
    /// Takes a photo of any size: what is shown is shrunk to [`MOST_SHOWN`], what the model gets comes from the whole.
    pub fn new(photo: RgbImage) -> Self {
        let size = photo.dimensions();
        let grey_32 = photo_grey(&photo);
        let (width, height) = shown_size(size);
        let shown = if (width, height) == size {
            photo
        } else {
            resize_rgb(&photo, width, height)
        };
        Self {
            size,
            grey: luma(&shown),
            shown,
            grey_32,
        }
    }

    /// The photo as shown.
    pub fn shown(&self) -> &RgbImage {
        &self.shown
    }

    /// Its grey.
    pub fn grey(&self) -> &GrayImage {
        &self.grey
    }

    /// The grey of its centred square at 32x32.
    pub fn grey_32(&self) -> &GrayImage {
        &self.grey_32
    }

    /// The edges of [`Self::grey`].
    pub fn edges(&self, thresholds: CannyThresholds) -> GrayImage {
        canny(&self.grey, thresholds)
    }

    /// The edges of [`Self::grey_32`]: what the model gets.
    pub fn edges_32(&self, thresholds: CannyThresholds) -> GrayImage {
        canny(&self.grey_32, thresholds)
    }

    /// The sizes in words: "512 × 384 pixels, shrunk from 4032 × 3024".
    pub fn caption(&self) -> String {
        let size = |(width, height): (u32, u32)| format!("{width}\u{a0}×\u{a0}{height}");
        let shown = self.shown.dimensions();
        if shown == self.size {
            format!("{} pixels", size(shown))
        } else {
            format!("{} pixels, shrunk from {}", size(shown), size(self.size))
        }
    }
}

fn shown_size((width, height): (u32, u32)) -> (u32, u32) {
    let larger = width.max(height);
    if larger <= MOST_SHOWN {
        return (width, height);
    }
    let shrunk = |side: u32| {
        let side = f64::from(side) * f64::from(MOST_SHOWN) / f64::from(larger);
        (side.round() as u32).max(1)
    };
    (shrunk(width), shrunk(height))
}

#[cfg(test)]
mod tests {
    use image::Rgb;
    use shared::input::edges_from_photo;
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn photo(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| {
            Rgb([(x * 3) as u8, if x > y { 200 } else { 20 }, y as u8])
        })
    }

    #[test]
    fn a_small_photo_is_shown_as_it_is() {
        let original = photo(60, 40);
        let shown = Photo::new(original.clone());
        assert_eq!(*shown.shown(), original);
        assert_eq!(*shown.grey(), luma(&original));
        assert_eq!(shown.caption(), "60\u{a0}×\u{a0}40 pixels");
    }

    #[test]
    fn a_large_photo_is_shrunk_for_showing_only() {
        let original = photo(1400, 350);
        let shown = Photo::new(original.clone());
        assert_eq!(shown.shown().dimensions(), (512, 128));
        assert!(
            shown
                .caption()
                .ends_with("shrunk from 1400\u{a0}×\u{a0}350")
        );
        let thresholds = CannyThresholds::default();
        assert_eq!(
            shown.edges_32(thresholds),
            edges_from_photo(&original, thresholds)
        );
    }

    #[test]
    fn a_thread_of_a_photo_keeps_a_pixel() {
        assert_eq!(shown_size((20_000, 3)), (512, 1));
    }
}
