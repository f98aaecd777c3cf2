use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::Path;

/// The folder that a path is in, `.` where it is a mere name.
pub(crate) fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Brings the names in a folder to the disk, where its file system can.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    match synced {
        Err(error)
            if ![
                ErrorKind::InvalidInput,
                ErrorKind::Unsupported,
                ErrorKind::PermissionDenied,
            ]
            .contains(&error.kind()) =>
        {
            Err(error)
        }
        _ => Ok(()),
    }
}
