//! The training pictures of CIFAR-10 and CIFAR-100, from their archives or from what was in them.

mod binary;
mod python;
mod source;

use std::collections::BTreeMap;
use std::path::Path;

use image::{Rgb, RgbImage};

use super::BuildError;
use crate::PHOTO_SIDE;
use source::{CifarFiles, Form, Version};

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

    /// The first of its versions that a folder holds, unpacked rather than packed, binary rather than python.
    pub fn find(self, folder: &Path) -> Result<CifarFiles, BuildError> {
        let versions = self.versions();
        let found = versions
            .into_iter()
            .find_map(|version| version.find(folder));
        found.ok_or_else(|| BuildError::NoSet {
            folder: folder.to_owned(),
            set: self.name(),
            wanted: versions
                .map(|version| format!("{} (unpacked: {})", version.archive, version.folder))
                .join(", "),
        })
    }

    fn versions(self) -> [Version; 2] {
        match self {
            Self::Ten => [
                Version {
                    archive: "cifar-10-binary.tar.gz",
                    folder: "cifar-10-batches-bin",
                    files: &[
                        "data_batch_1.bin",
                        "data_batch_2.bin",
                        "data_batch_3.bin",
                        "data_batch_4.bin",
                        "data_batch_5.bin",
                    ],
                    form: Form::Binary { labels: 1 },
                },
                Version {
                    archive: "cifar-10-python.tar.gz",
                    folder: "cifar-10-batches-py",
                    files: &[
                        "data_batch_1",
                        "data_batch_2",
                        "data_batch_3",
                        "data_batch_4",
                        "data_batch_5",
                    ],
                    form: Form::Python { labels: "labels" },
                },
            ],
            Self::Hundred => [
                Version {
                    archive: "cifar-100-binary.tar.gz",
                    folder: "cifar-100-binary",
                    files: &["train.bin"],
                    form: Form::Binary { labels: 2 },
                },
                Version {
                    archive: "cifar-100-python.tar.gz",
                    folder: "cifar-100-python",
                    files: &["train"],
                    form: Form::Python {
                        labels: "fine_labels",
                    },
                },
            ],
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
