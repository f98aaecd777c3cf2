use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::ErrorKind,
    path::Path,
};

use anyhow::bail;
use files::FileError;

/// The file that is locked. It stays: only the lock on it counts, which ends with the process.
const FILE: &str = ".lock";

/// The right to write to a run's folder, until it is dropped.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "the lock is held as long as the file is open")] File);

impl Lock {
    /// Takes it.
    ///
    /// # Errors
    /// When another process has it, or the folder cannot be written.
    pub fn acquire(folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join(FILE);
        let mut options = OpenOptions::new();
        let opened = options.create(true).truncate(false).write(true).open(&path);
        let file = opened.map_err(FileError::at(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            // Some network file systems have no locks.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {
                Ok(Self(file))
            }
            Err(TryLockError::Error(error)) => Err(FileError::at(&path)(error).into()),
            Err(TryLockError::WouldBlock) => bail!(
                "{} is in use by another process: wait until that has ended, or give another --run",
                folder.display()
            ),
        }
    }

    /// Removes the file too.
    pub fn remove(self, folder: &Path) {
        let _ = fs::remove_file(folder.join(FILE));
    }
}
