//! The training pictures of CIFAR-10 and CIFAR-100 in their binary versions, from their archives or from what was in them.

mod binary;
mod source;

use std::collections::BTreeMap;
use std::path::Path;

use image::{Rgb, RgbImage};

use super::BuildError;
use crate::PHOTO_SIDE;
use source::{CifarFiles, Version};

/// Pixels of a picture.
const PIXELS: usize = (PHOTO_SIDE * PHOTO_SIDE) as usize;
/// Bytes of a picture: all red levels row by row, then all green ones, then all blue ones.
const PICTURE: usize = 3 * PIXELS;
/// Pictures in the larger of the two sets' files.
const MOST_PICTURES: usize = 50_000;

/// Pictures by their labels, in the order of the set.
pub(super) type Pictures = BTreeMap<u8, Vec<RgbImage>>;

/// One of the two sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cifar {
    /// With ten classes.
    Ten,
    /// With a hundred classes, which are its fine labels.
    Hundred,
}

impl Cifar {
    /// The set's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ten => "CIFAR-10",
            Self::Hundred => "CIFAR-100",
        }
    }

    /// Its files in a folder, unpacked rather than packed.
    pub fn find(self, folder: &Path) -> Result<CifarFiles, BuildError> {
        let version = self.version();
        version.find(folder).ok_or_else(|| BuildError::NoSet {
            folder: folder.to_owned(),
            set: self.name(),
            archive: version.archive,
            unpacked: version.folder,
        })
    }

    fn version(self) -> Version {
        match self {
            Self::Ten => Version {
                archive: "cifar-10-binary.tar.gz",
                folder: "cifar-10-batches-bin",
                files: &[
                    "data_batch_1.bin",
                    "data_batch_2.bin",
                    "data_batch_3.bin",
                    "data_batch_4.bin",
                    "data_batch_5.bin",
                ],
                labels: 1,
            },
            Self::Hundred => Version {
                archive: "cifar-100-binary.tar.gz",
                folder: "cifar-100-binary",
                files: &["train.bin"],
                labels: 2,
            },
        }
    }
}

/// A picture from [`PICTURE`] levels, of which `level` gives each.
fn picture(level: impl Fn(usize) -> u8) -> RgbImage {
    RgbImage::from_fn(PHOTO_SIDE, PHOTO_SIDE, |x, y| {
        let at = (y * PHOTO_SIDE + x) as usize;
        Rgb([0, PIXELS, 2 * PIXELS].map(|colour| level(colour + at)))
    })
}
