//! The training pictures of CIFAR-10 and CIFAR-100 in their binary versions, from their archives or from what was in them.

mod binary;
mod source;

use std::path::Path;

use super::BuildError;
pub(super) use binary::Pictures;
use source::{CifarFiles, Version};

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
                largest_labels: &[9],
                batch: 10_000,
            },
            Self::Hundred => Version {
                archive: "cifar-100-binary.tar.gz",
                folder: "cifar-100-binary",
                files: &["train.bin"],
                largest_labels: &[19, 99],
                batch: 50_000,
            },
        }
    }
}
