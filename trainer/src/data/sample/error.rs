//! Why a sample is not written. Every message names the path and what to do about it.

use std::io;
use std::path::PathBuf;

/// Why the sample was not written.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// The path has no last part to name the folder by.
    #[error("{}: not a name for a new folder; give one, such as sample", .0.display())]
    Unnamed(PathBuf),
    /// Something is there already.
    #[error("{}: exists and is not an empty folder; name a new one, or move it away", .0.display())]
    Taken(PathBuf),
    /// The folder that is filled before it gets its name is there already.
    #[error("{}: left by an attempt that was cut off, or in use by another; remove it and try again", .0.display())]
    Unfinished(PathBuf),
    /// The operating system refused to make or write something.
    #[error("{}: cannot be written ({source}); check its permissions and the disk", .path.display())]
    Unwritable {
        /// What was being written.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
}
