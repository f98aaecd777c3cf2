//! One file in the place of another.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::Path;

use crate::disk::{sync, sync_folder};
use crate::parent::parent;

/// Brings a complete file, which is open to write, to the disk and renames it, or copies it where it cannot be renamed. It is gone from
/// where it was then.
pub(crate) fn replace(file: &File, complete: &Path, place: &Path) -> io::Result<()> {
    keep_attributes(file, place);
    sync(file)?;
    match fs::rename(complete, place) {
        Ok(()) => sync_folder(parent(place)),
        Err(error) if can_be_overwritten(place, error.kind()) => {
            overwrite(complete, place)?;
            fs::remove_file(complete)
        }
        Err(error) => Err(error),
    }
}

/// Whether a file that cannot be replaced, for such a reason, can be overwritten.
pub(crate) fn can_be_overwritten(place: &Path, reason: ErrorKind) -> bool {
    let may_help = matches!(
        reason,
        // The file is mounted by itself, or lies on another file system than its folder.
        ErrorKind::ResourceBusy | ErrorKind::CrossesDevices
        // The folder may not be written.
            | ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
    );
    may_help && OpenOptions::new().write(true).open(place).is_ok()
}

fn overwrite(complete: &Path, place: &Path) -> io::Result<()> {
    let mut from = File::open(complete)?;
    let mut to = OpenOptions::new().write(true).open(place)?;
    let length = io::copy(&mut from, &mut to)?;
    to.set_len(length)?;
    sync(&to)
}

/// Gives a new file the owner and permissions of the one that it replaces, if any. Not every file system has them and not everybody
/// may set them, so what cannot be kept is not.
fn keep_attributes(new: &File, old: &Path) {
    let (Ok(of_new), Ok(of_old)) = (new.metadata(), fs::metadata(old)) else {
        return;
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        // One by one: the group can often be kept where the user cannot.
        if of_new.gid() != of_old.gid() {
            let _ = fchown(new, None, Some(of_old.gid()));
        }
        if of_new.uid() != of_old.uid() {
            let _ = fchown(new, Some(of_old.uid()), None);
        }
    }
    // After the owner, since a change of that takes permissions away.
    if of_old.permissions() != of_new.permissions() {
        let _ = new.set_permissions(of_old.permissions());
    }
}
