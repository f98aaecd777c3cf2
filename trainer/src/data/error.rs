//! What can be wrong with a data set. Every message names the file and what to do about it.

use std::io;
use std::path::PathBuf;

use shared::classes::ClassNamesError;

use crate::data::decode::PictureError;
use crate::data::store::Place;

/// One problem with a data set.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// There is no folder or file at the given location.
    #[error("{}: no such folder or zip file; check the spelling, or see `trainer data info` for where data is looked for", .0.display())]
    NotFound(PathBuf),
    /// The location is a file, and its name does not end in `.zip`.
    #[error("{}: neither a folder nor a .zip file; give the folder that holds train_data and test_data, or its zip", .0.display())]
    NotADataSet(PathBuf),
    /// The operating system refused to list or read something.
    #[error("{place}: cannot be read ({source}); check its permissions and the disk")]
    Unreadable {
        /// What was being read.
        place: Place,
        /// Why it failed.
        source: io::Error,
    },
    /// The zip file, or one entry of it, is damaged or of an unknown kind.
    #[error(
        "{place}: the zip cannot be read ({source}); download or pack it again (deflated or stored, no password)"
    )]
    Zip {
        /// The zip file or the entry in it.
        place: Place,
        /// Why it failed.
        source: zip::result::ZipError,
    },
    /// A folder of the layout is missing.
    #[error(
        "{0}: folder missing; the layout is train_data/<class>/<n>.png and test_data/0/<number>.png"
    )]
    MissingFolder(Place),
    /// A class of photos has no folder.
    #[error(
        "{folder}: the folder of class {class} ({name}) is missing; every class from 0 to {last} needs one"
    )]
    MissingClass {
        /// Where the folder should be.
        folder: Place,
        /// The class, which is the folder's name.
        class: usize,
        /// The class in words.
        name: String,
        /// The last class.
        last: usize,
    },
    /// A folder among the classes that names no class.
    #[error(
        "{folder}: not a class; the folders of train_data are {expected}: rename it, move it away, or list all classes in \
         classes.txt beside train_data"
    )]
    UnexpectedClass {
        /// The folder.
        folder: Place,
        /// The folders of the classes.
        expected: String,
    },
    /// Names that cannot be those of classes.
    #[error("{place}: {source}")]
    Classes {
        /// The list of names, or the folder whose folders are named so.
        place: Place,
        /// What is wrong with them, and what to do.
        source: ClassNamesError,
    },
    /// A folder without a single picture.
    #[error("{0}: holds no pictures; put pictures there, such as PNG files")]
    Empty(Place),
    /// A file that is no picture by its name.
    #[error(
        "{0}: no picture by its name (.png, .jpg, .bmp, .webp, ...); convert it or move it away"
    )]
    NotAPicture(Place),
    /// A doodle whose file is not named by its id.
    #[error(
        "{0}: the name of a doodle's file must be its number, such as 00042.bmp, where another's is; rename it"
    )]
    NotANumber(Place),
    /// Two doodles with the same id.
    #[error("{second}: has the same number as {first}; rename or remove one of them")]
    DuplicateId {
        /// The file that came first.
        first: Place,
        /// The file that came second.
        second: Place,
    },
    /// A file that is no picture which can be used.
    #[error("{place}: {cause}")]
    Picture {
        /// The picture's file.
        place: Place,
        /// Why it is none, and what to do.
        cause: PictureError,
    },
}

impl DataError {
    /// What problems like this one are called together.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::NotFound(_) | Self::NotADataSet(_) => "no data",
            Self::Unreadable { .. } => "files or folders that cannot be read",
            Self::Zip { .. } => "zip entries that cannot be read",
            Self::MissingFolder(_) => "missing folders",
            Self::MissingClass { .. } => "missing classes",
            Self::Classes { .. } => "names that classes cannot have",
            Self::UnexpectedClass { .. } => "folders that are no class",
            Self::Empty(_) => "folders without pictures",
            Self::NotAPicture(_) => "files that are no pictures",
            Self::NotANumber(_) => "names that are no number",
            Self::DuplicateId { .. } => "numbers that are used twice",
            Self::Picture { cause, .. } => cause.kind(),
        }
    }
}
