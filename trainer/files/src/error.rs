use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// A file or folder that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{}: cannot be written ({cause}); {}", .path.display(), hint(.cause))]
pub struct FileError {
    /// The file or folder, by the name that the caller gave.
    pub path: PathBuf,
    /// What the system said.
    pub cause: io::Error,
}

impl FileError {
    /// An error about `path`.
    pub fn at(path: &Path) -> impl Fn(io::Error) -> Self {
        |cause| Self {
            path: path.to_owned(),
            cause,
        }
    }
}

/// What to do about it.
fn hint(cause: &io::Error) -> &'static str {
    match cause.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "make room there, or choose another place"
        }
        ErrorKind::FileTooLarge => "raise the limit on the size of files, or choose another place",
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => {
            "allow writing there, or choose another place"
        }
        ErrorKind::IsADirectory => "that is a folder: give a file's name",
        ErrorKind::NotADirectory => "a part of that path is a file: choose another place",
        ErrorKind::AlreadyExists | ErrorKind::DirectoryNotEmpty => {
            "there is something already: move it away, or choose another place"
        }
        ErrorKind::BrokenPipe => "the program that reads it has ended",
        ErrorKind::InvalidFilename => "choose another name",
        _ => "check the folder and the disk, or choose another place",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_names_the_file_the_cause_and_what_to_do() {
        let error = FileError::at(Path::new("a/b"))(ErrorKind::StorageFull.into());
        assert_eq!(
            error.to_string(),
            "a/b: cannot be written (no storage space); make room there, or choose another place"
        );
    }
}
