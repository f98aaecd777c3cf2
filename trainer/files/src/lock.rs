use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use same_file::Handle;

use crate::FileError;

/// What one process at a time holds: a lock on a file, until it is dropped. The file stays: only the lock on it counts, which ends with
/// the process.
#[derive(Debug)]
pub struct Lock {
    #[expect(dead_code, reason = "the lock is held as long as the file is open")]
    file: File,
    path: PathBuf,
}

impl Lock {
    /// Takes the lock on a file, which is made where it is missing; none where another process has it.
    ///
    /// On a file system without locks it is always given.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn acquire(path: &Path) -> Result<Option<Self>, FileError> {
        let at = FileError::at(path);
        loop {
            let mut options = OpenOptions::new();
            let opened = options.create(true).truncate(false).write(true).open(path);
            let file = opened.map_err(&at)?;
            if is_taken(&file.try_lock()) {
                return Ok(None);
            }
            if is_at(&file, path).map_err(&at)? {
                let path = path.to_owned();
                return Ok(Some(Self { file, path }));
            }
        }
    }

    /// Removes the file too.
    pub fn remove(self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// Whether another process has the lock. Any other failure says that there are no locks, in one of many ways: a file that is open to
/// write can be locked on every file system that has them.
pub(crate) fn is_taken(tried: &Result<(), TryLockError>) -> bool {
    matches!(tried, Err(TryLockError::WouldBlock))
}

/// Whether an open file is still at its path: another process may have [removed](Lock::remove) it since it was opened, and a lock on it
/// would keep nobody out.
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    let opened = Handle::from_file(file.try_clone()?)?;
    match Handle::from_path(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        found => Ok(found? == opened),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn a_file_that_was_removed_after_it_was_opened_is_not_at_its_path() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let opened = File::create(&path).unwrap();
        assert!(is_at(&opened, &path).unwrap());
        fs::remove_file(&path).unwrap();
        assert!(!is_at(&opened, &path).unwrap());
        let _other = Lock::acquire(&path).unwrap().unwrap();
        assert!(!is_at(&opened, &path).unwrap());
    }

    #[test]
    fn of_many_who_take_it_and_remove_it_one_holds_it_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let holders = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..200 {
                        let Ok(Some(lock)) = Lock::acquire(&path) else {
                            continue;
                        };
                        assert_eq!(holders.fetch_add(1, Ordering::SeqCst), 0);
                        holders.fetch_sub(1, Ordering::SeqCst);
                        lock.remove();
                    }
                });
            }
        });
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_system_without_locks_locks_nobody_out() {
        // As NFS without its lock service, and others, say it.
        for number in [37, 22, 95, 38] {
            let error = io::Error::from_raw_os_error(number);
            assert!(!is_taken(&Err(TryLockError::Error(error))), "{number}");
        }
        assert!(is_taken(&Err(TryLockError::WouldBlock)));
    }
}
