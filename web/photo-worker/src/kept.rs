//! The newest photo, and the edges of it that the page wants.

use image::{GrayImage, RgbImage, imageops};
use protocol::photo::{Crop, Edges, Rgba, Wanted};
use shared::input::{INPUT_SIDE, photo_grey};
use shared::picture::{Canny, CannyThresholds, luma, resize_rgb};

use crate::painted::{painted, picture};

/// A photo with what was made of it last, so that moving a threshold costs no more than finding edges.
pub struct Kept {
    shown: RgbImage,
    /// The grey of the whole photo's centred square at 32x32.
    centred_32: GrayImage,
    /// The grey as large as it was wanted last.
    grey: GrayImage,
    /// The grey of the crop at 32x32, and which crop it is.
    grey_32: (Option<Crop>, GrayImage),
    canny: Canny,
}

impl Kept {
    /// Keeps a photo as it is shown, with the grey of the whole photo's centred square at 32x32.
    pub fn new(shown: RgbImage, centred_32: GrayImage) -> Self {
        Self {
            grey: luma(&shown),
            grey_32: (None, centred_32.clone()),
            shown,
            centred_32,
            canny: Canny::default(),
        }
    }

    /// Keeps a photo that comes back from the page; nothing where pixels are missing.
    pub fn returned(shown: &Rgba, centred_32: Vec<u8>) -> Option<Self> {
        let centred_32 = GrayImage::from_raw(INPUT_SIDE, INPUT_SIDE, centred_32)?;
        Some(Self::new(picture(shown)?, centred_32))
    }

    /// The edges that are wanted.
    pub fn edges(&mut self, wanted: Wanted) -> Edges {
        self.fit(size_in(self.shown.dimensions(), wanted.room));
        self.crop(wanted.crop);
        let grey = &self.grey;
        let shown = painted(&edges(&mut self.canny, grey, wanted.thresholds));
        let grey_32 = &self.grey_32.1;
        let edges_32 = edges(&mut self.canny, grey_32, wanted.thresholds);
        Edges {
            wanted,
            shown,
            grey_32: grey_32.as_raw().clone(),
            edges_32: edges_32.into_raw(),
            panels: self.panels(wanted.panel),
        }
    }

    fn fit(&mut self, (width, height): (u32, u32)) {
        if self.grey.dimensions() != (width, height) {
            self.grey = self.grey_of_size((width, height));
        }
    }

    fn grey_of_size(&self, (width, height): (u32, u32)) -> GrayImage {
        if self.shown.dimensions() == (width, height) {
            luma(&self.shown)
        } else {
            luma(&resize_rgb(&self.shown, width, height))
        }
    }

    fn crop(&mut self, crop: Option<Crop>) {
        if self.grey_32.0 != crop {
            let grey_32 = match crop {
                // It was made from all of the photo's pixels.
                None => self.centred_32.clone(),
                Some(crop) => {
                    let Crop { left, top, side } = crop.within(self.shown.dimensions());
                    photo_grey(&imageops::crop_imm(&self.shown, left, top, side, side).to_image())
                }
            };
            self.grey_32 = (crop, grey_32);
        }
    }

    fn panels(&mut self, side: u32) -> Vec<Rgba> {
        if side == 0 {
            return Vec::new();
        }
        let grey = self.grey_of_size(size_in(self.shown.dimensions(), (side, side)));
        let panel = |thresholds| painted(&edges(&mut self.canny, &grey, thresholds));
        CannyThresholds::PRESETS.map(panel).into()
    }
}

fn edges(canny: &mut Canny, grey: &GrayImage, thresholds: CannyThresholds) -> GrayImage {
    let mut edges = GrayImage::new(grey.width(), grey.height());
    canny.run(grey, grey.dimensions(), thresholds, &mut edges);
    edges
}

/// A picture's size, shrunk where it does not fit into `room` pixels across and down; 0 is as much room as there need be. A room
/// of its own shape, rounded to whole pixels, it fills.
fn size_in((width, height): (u32, u32), room: (u32, u32)) -> (u32, u32) {
    let share = |room: u32, side: u32| match room {
        0 => 1.0,
        room => f64::from(room) / f64::from(side),
    };
    let shares = (share(room.0, width), share(room.1, height));
    let share = shares.0.min(shares.1);
    if share >= 1.0 {
        return (width, height);
    }
    let fills =
        |room: u32, side: u32, share: f64| (f64::from(room) - f64::from(side) * share).abs() < 1.0;
    let has_its_shape = fills(room.0, width, shares.1) || fills(room.1, height, shares.0);
    if has_its_shape && room.0 > 0 && room.1 > 0 {
        return room;
    }
    let shrunk = |side: u32| ((f64::from(side) * share).round() as u32).max(1);
    (shrunk(width), shrunk(height))
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_photo_is_shrunk_into_its_room_and_never_grown() {
        assert_eq!(size_in((640, 480), (0, 0)), (640, 480));
        assert_eq!(size_in((640, 480), (1000, 1000)), (640, 480));
        assert_eq!(size_in((640, 480), (320, 900)), (320, 240));
        assert_eq!(size_in((640, 480), (640, 120)), (160, 120));
        assert_eq!(size_in((1600, 2), (300, 300)), (300, 1));
        // As the browser rounds 309 x 77.25.
        assert_eq!(size_in((1600, 400), (309, 77)), (309, 77));
    }
}
