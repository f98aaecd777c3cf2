//! Why pictures that a person points at cannot be used.

use std::fmt;
use std::path::PathBuf;

use crate::DataError;
use crate::store::Place;

/// How many problems a message names.
const NAMED: usize = 10;

/// Why pictures cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PictureFilesError {
    /// There is nothing at a given path.
    #[error("{}: no such picture, folder or zip file; check the spelling", .0.display())]
    NotFound(PathBuf),
    /// A folder or zip without a single picture.
    #[error("{}: holds no pictures; give a folder or zip with pictures, such as PNG files", .0.display())]
    Empty(PathBuf),
    /// A folder of pictures that is called as no class is.
    #[error(
        "{folder}: the classifier has no such class; its classes are {classes}: rename the folder, or give --labels"
    )]
    NoSuchClass {
        /// The folder.
        folder: Place,
        /// The names of the classes.
        classes: String,
    },
    /// Pictures that nothing says the classes of.
    #[error("{}: {why}", .place.display())]
    NoLabels {
        /// The folder or zip.
        place: PathBuf,
        /// What is missing, and what to do.
        why: &'static str,
    },
    /// Something else is wrong with a file, a folder or a zip.
    #[error(transparent)]
    Data(#[from] DataError),
    /// Several things are.
    #[error("{0}")]
    Several(Several),
}

/// Several problems, of which the first are named.
#[derive(Debug)]
pub struct Several(Vec<PictureFilesError>);

impl fmt::Display for Several {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} problems with the pictures", self.0.len())?;
        for problem in self.0.iter().take(NAMED) {
            write!(f, "\n  {problem}")?;
        }
        if self.0.len() > NAMED {
            write!(f, "\n  ... and {} more", self.0.len() - NAMED)?;
        }
        Ok(())
    }
}

impl PictureFilesError {
    /// One error of several problems.
    ///
    /// # Errors
    /// Where there is any problem.
    pub fn any<E: Into<Self>>(problems: impl IntoIterator<Item = E>) -> Result<(), Self> {
        let mut problems: Vec<Self> = problems.into_iter().map(Into::into).collect();
        match problems.len() {
            0 | 1 => problems.pop().map_or(Ok(()), Err),
            _ => Err(Self::Several(Several(problems))),
        }
    }
}
