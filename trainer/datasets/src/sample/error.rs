//! Why a sample is not written. Every message names the path and what to do about it.

use std::path::PathBuf;

use files::FileError;

/// Why the sample was not written.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// The path has no last part to name the folder by.
    #[error("{}: not a name for a new folder; give one, such as sample", .0.display())]
    Unnamed(PathBuf),
    /// Something is there already.
    #[error("{}: exists and is not an empty folder; name a new one, or move it away", .0.display())]
    Taken(PathBuf),
    /// The operating system refused to make or write something.
    #[error(transparent)]
    Unwritable(#[from] FileError),
}
