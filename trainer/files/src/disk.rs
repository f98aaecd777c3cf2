//! Bringing files to the disk, where a file system can.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::Path;

/// Brings a file's bytes to the disk.
///
/// # Errors
/// When that fails. A file system that cannot is no error: some network file systems refuse.
pub fn sync(file: &File) -> io::Result<()> {
    unless_unsupported(file.sync_all())
}

/// Brings the names in a folder to the disk.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder).and_then(|folder| sync(&folder)) {
        // It cannot be opened to read.
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Ok(()),
        synced => synced,
    }
}

fn unless_unsupported(synced: io::Result<()>) -> io::Result<()> {
    match synced {
        Err(error) if [ErrorKind::InvalidInput, ErrorKind::Unsupported].contains(&error.kind()) => {
            Ok(())
        }
        synced => synced,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_system_that_cannot_sync_is_no_error_and_a_full_one_is() {
        let answer = |number| unless_unsupported(Err(io::Error::from_raw_os_error(number)));
        let [invalid, not_there, not_supported, full, failed] = [22, 38, 95, 28, 5].map(answer);
        assert!(invalid.is_ok() && not_there.is_ok() && not_supported.is_ok());
        assert!(full.is_err() && failed.is_err());
    }
}
