use image::error::ImageError;

use super::limits::{MOST_MIB, MOST_SIDE};
use crate::format::Other;

/// Why a file is no picture that can be used, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// No bytes.
    #[error("the file is empty: download or copy it again, or remove it")]
    Empty,
    /// Something else under a picture's name.
    #[error("{}", not_a_picture(.0))]
    NotAPicture(Other),
    /// An archive under a picture's name.
    #[error("is a {0} archive, no picture: unpack it")]
    Archive(&'static str),
    /// A format of pictures, documents or films that is not read.
    #[error("{0} is not read: convert it to PNG or JPEG")]
    Unread(&'static str),
    /// A format that is read, but not in this form.
    #[error("this kind of picture is not read ({0}): convert it to PNG or JPEG")]
    UnreadKind(ImageError),
    /// More pixels or bytes than are read.
    #[error(
        "is too large ({0}): at most {MOST_SIDE} pixels a side and {MOST_MIB} MiB are read; scale it down"
    )]
    TooLarge(String),
    /// A width or height of 0.
    #[error("has no pixels ({0}): replace or remove it")]
    NoPixels(String),
    /// The end is missing.
    #[error("the file is truncated: download or copy it again, or remove it")]
    Truncated,
    /// The contents contradict themselves, or the picture's format.
    #[error("cannot be decoded ({0}): the file is damaged; replace or remove it")]
    Damaged(ImageError),
    /// No known format, neither by name nor by contents.
    #[error("is no picture of a known format: replace or remove it")]
    Unknown,
}

impl PictureError {
    /// What files with such a problem are called together.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Empty => "empty files",
            Self::NotAPicture(_) | Self::Archive(_) | Self::Unknown => {
                "files that are no pictures by their contents"
            }
            Self::Unread(_) | Self::UnreadKind(_) => "pictures of formats that are not read",
            Self::NoPixels(_) => "pictures without pixels",
            Self::TooLarge(_) => "pictures that are too large",
            Self::Truncated => "truncated pictures",
            Self::Damaged(_) => "damaged pictures",
        }
    }
}

fn not_a_picture(what: &Other) -> &'static str {
    match what {
        Other::WebPage => "is a web page (HTML), no picture: download the picture itself",
        Other::LfsPointer => {
            "is a pointer of Git LFS, no picture: fetch the picture with `git lfs pull`"
        }
        Other::Zeros => "holds only zeros: download or copy it again, or remove it",
        Other::Text => "is text, no picture: download or copy it again, or remove it",
    }
}
