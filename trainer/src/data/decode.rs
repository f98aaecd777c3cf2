//! Bytes of BMP and PNG files to pictures of one size, many at once.

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageDecoder, ImageReader, RgbImage};
use rayon::prelude::*;
use shared::input::DOODLE_SIDE;
use shared::picture::luma;

use super::store::{Place, Store};
use super::{DataError, PHOTO_SIDE};

/// A picture as the data set keeps it.
pub(super) trait Picture: Send + Sized {
    /// Plural, for messages.
    const KIND: &'static str;
    /// Width and height in pixels.
    const SIDE: u32;
    /// From whatever the file held; transparency is ignored, as Pillow's `convert` does.
    fn from_decoded(decoded: DynamicImage) -> Self;
}

impl Picture for RgbImage {
    const KIND: &'static str = "photos";
    const SIDE: u32 = PHOTO_SIDE;

    fn from_decoded(decoded: DynamicImage) -> Self {
        decoded.into_rgb8()
    }
}

impl Picture for GrayImage {
    const KIND: &'static str = "doodles";
    const SIDE: u32 = DOODLE_SIDE;

    fn from_decoded(decoded: DynamicImage) -> Self {
        match decoded {
            DynamicImage::ImageLuma8(grey) => grey,
            // BMP files keep grey as a palette, which arrives as RGB; luma of equal channels is that very value.
            colour => luma(&colour.into_rgb8()),
        }
    }
}

/// Reads and decodes files on all cores. The result is in the order of the files.
pub(super) fn decode_all<P: Picture>(store: &Store, files: &[String]) -> Vec<Result<P, DataError>> {
    files
        .par_iter()
        .map_with(store.clone(), |store, file| {
            decode(&store.read(file)?, || store.place(file))
        })
        .collect()
}

fn decode<P: Picture>(bytes: &[u8], place: impl Fn() -> Place) -> Result<P, DataError> {
    let undecodable = |source| DataError::Undecodable {
        place: place(),
        source,
    };
    let decoder = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|source| undecodable(source.into()))?
        .into_decoder()
        .map_err(undecodable)?;
    // Before decoding: a header that claims a huge picture must not cost the memory for it.
    let (width, height) = decoder.dimensions();
    if (width, height) != (P::SIDE, P::SIDE) {
        return Err(DataError::WrongSize {
            place: place(),
            width,
            height,
            kind: P::KIND,
            side: P::SIDE,
        });
    }
    DynamicImage::from_decoder(decoder)
        .map(P::from_decoded)
        .map_err(undecodable)
}
