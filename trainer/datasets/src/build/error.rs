//! Why no data set was made, or perhaps another than was meant. Every message names the file and what to do about it.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// Where CIFAR-10 and CIFAR-100 are.
pub(super) const CIFAR_ORIGIN: &str = "https://www.cs.toronto.edu/~kriz/cifar.html";
/// Where the bitmaps of Quick, Draw! are.
pub(super) const QUICKDRAW_ORIGIN: &str =
    "https://console.cloud.google.com/storage/browser/quickdraw_dataset/full/numpy_bitmap";

/// Why no data set was made.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// Something is there already.
    #[error("{}: exists already; name a new folder with --out, or move it away", .0.display())]
    Taken(PathBuf),
    /// A set of photos is missing.
    #[error(
        "{}: holds no {set}; download {archive} (unpacked: {unpacked}) from {CIFAR_ORIGIN} to there",
        .folder.display()
    )]
    NoSet {
        /// The folder.
        folder: PathBuf,
        /// `CIFAR-10` or `CIFAR-100`.
        set: &'static str,
        /// The archive's name.
        archive: &'static str,
        /// The name of the folder in it.
        unpacked: &'static str,
    },
    /// Files of doodles are missing.
    #[error("{}: holds no {missing}; download what is missing from {QUICKDRAW_ORIGIN} to there", .folder.display())]
    NoDoodles {
        /// The folder.
        folder: PathBuf,
        /// The files' names.
        missing: String,
    },
    /// An archive or an unpacked folder lacks a file.
    #[error("{}: lacks {file}; download it again from {CIFAR_ORIGIN}", .place.display())]
    Incomplete {
        /// The archive or folder.
        place: PathBuf,
        /// The file in it.
        file: String,
    },
    /// A file is not what it should be.
    #[error(
        "{place}: {wrong}; it's damaged or not the right file: download it again from {origin}"
    )]
    Damaged {
        /// The file, or the archive and the file in it.
        place: String,
        /// What is wrong with it.
        wrong: String,
        /// Where there is a good one.
        origin: &'static str,
    },
    /// The operating system refused to read something.
    #[error("{place}: cannot be read ({cause}); check its permissions and the disk")]
    Unreadable {
        /// The file.
        place: String,
        /// Why it failed.
        cause: io::Error,
    },
    /// A set has too few photos of a class.
    #[error(
        "{}: {set} has {have} photos to train with of {name}, and {want} are asked for; give --photos {have} or less",
        .folder.display()
    )]
    TooFewPhotos {
        /// Where the set is.
        folder: PathBuf,
        /// `CIFAR-10` or `CIFAR-100`.
        set: &'static str,
        /// The class.
        name: &'static str,
        /// How many there are.
        have: usize,
        /// How many there should be.
        want: usize,
    },
    /// A file has too few doodles.
    #[error(
        "{}: has {have} doodles, and {want} are asked for; give --doodles {have} or less",
        .file.display()
    )]
    TooFewDoodles {
        /// The file.
        file: PathBuf,
        /// How many there are.
        have: usize,
        /// How many there should be.
        want: usize,
    },
}

/// A file of photos that holds more or fewer than the original one. A data set can be made of it, but not the same as by others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusualBatch {
    /// The file, or the archive and the file in it.
    pub place: String,
    /// How many there are.
    pub have: usize,
    /// How many the original has.
    pub original: usize,
}

impl fmt::Display for UnusualBatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            place,
            have,
            original,
        } = self;
        write!(
            f,
            "{place}: holds {have} pictures, the original {original}, so other photos are taken than from that; unless it is meant so, \
             download it again from {CIFAR_ORIGIN}"
        )
    }
}

/// An error of reading: the operating system's, or else that of what is read.
pub(super) fn unreadable(place: String, origin: &'static str) -> impl Fn(io::Error) -> BuildError {
    move |cause| {
        let place = place.clone();
        if cause.raw_os_error().is_some() {
            return BuildError::Unreadable { place, cause };
        }
        BuildError::Damaged {
            place,
            wrong: format!("cannot be read ({cause})"),
            origin,
        }
    }
}
