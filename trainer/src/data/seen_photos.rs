use std::collections::HashSet;

use image::RgbImage;

use crate::digest::{PictureHash, picture_hash};

/// Photos that a network was trained on, by their hashes.
pub struct SeenPhotos(HashSet<PictureHash>);

impl SeenPhotos {
    /// Whether a photo is one of them, pixel by pixel.
    pub fn contains(&self, photo: &RgbImage) -> bool {
        self.0.contains(&picture_hash(photo))
    }
}

impl FromIterator<PictureHash> for SeenPhotos {
    fn from_iter<I: IntoIterator<Item = PictureHash>>(hashes: I) -> Self {
        Self(hashes.into_iter().collect())
    }
}
