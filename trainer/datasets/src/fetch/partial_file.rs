//! The part of a download that has arrived, a note of what it is a part of, and the lock of the process that downloads it.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use files::Lock;

use super::FetchError;

/// The beginning of a file in the making. Only the process that has claimed it may change it.
pub(super) struct PartialFile {
    file: PathBuf,
    /// Two lines: the address, and the validator.
    note: PathBuf,
    /// The file that is locked.
    locked: PathBuf,
    lock: Option<Lock>,
}

/// A beginning that can be resumed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Begun {
    /// In bytes, more than 0.
    pub size: u64,
    /// The ETag or date by which the server knows whether the file is still the same.
    pub validator: String,
}

impl PartialFile {
    /// The one that belongs to `out`: its name with `.edgewise-part` after it, and for the others also `.from` and `.lock`.
    pub fn beside(out: &Path) -> Self {
        let named = |ending| {
            let mut name = OsString::from(out);
            name.push(ending);
            PathBuf::from(name)
        };
        Self {
            file: named(".edgewise-part"),
            note: named(".edgewise-part.from"),
            locked: named(".edgewise-part.lock"),
            lock: None,
        }
    }

    /// Keeps other processes away from it, until it's dropped. Its folder must be there.
    pub fn claim(&mut self) -> Result<(), FetchError> {
        if self.lock.is_none() {
            let lock = Lock::acquire(&self.locked);
            let lock = lock.map_err(|error| unwritable(&self.locked)(error.cause))?;
            self.lock = Some(lock.ok_or_else(|| FetchError::InUse(self.file.clone()))?);
        }
        Ok(())
    }

    /// Where it is.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// In bytes.
    pub fn size(&self) -> io::Result<u64> {
        fs::metadata(&self.file).map(|file| file.len())
    }

    /// What there is of the file at an address, if it can be resumed.
    pub fn begun(&self, address: &str) -> Option<Begun> {
        let size = self.size().ok().filter(|size| *size > 0)?;
        let note = fs::read_to_string(&self.note).ok()?;
        let (of, validator) = note.split_once('\n')?;
        (of == address).then(|| Begun {
            size,
            validator: validator.trim_end().to_owned(),
        })
    }

    /// Makes ready for a file that comes from its start: empties it, and notes what it's a part of.
    pub fn begin(&self, address: &str, validator: Option<&str>) -> Result<(), FetchError> {
        // Never a note beside what another file left.
        remove_if_there(&self.note)?;
        File::create(&self.file).map_err(unwritable(&self.file))?;
        let Some(validator) = validator else {
            return Ok(());
        };
        files::write(&self.note, format!("{address}\n{validator}\n").as_bytes())
            .map_err(|error| unwritable(&self.note)(error.cause))
    }

    /// Gives the whole file its name.
    pub fn finish(&self, out: &Path) -> Result<(), FetchError> {
        files::put_in_place(&self.file, out).map_err(|error| unwritable(out)(error.cause))?;
        remove_if_there(&self.note)
    }

    /// Removes it, or lets it be where that fails: what it's removed for matters more.
    pub fn remove(&self) {
        let _ = fs::remove_file(&self.note);
        let _ = fs::remove_file(&self.file);
    }
}

impl Drop for PartialFile {
    fn drop(&mut self) {
        if let Some(lock) = self.lock.take() {
            lock.remove();
        }
    }
}

fn remove_if_there(path: &Path) -> Result<(), FetchError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(unwritable(path)(error)),
        _ => Ok(()),
    }
}

pub(super) fn unwritable(path: &Path) -> impl Fn(io::Error) -> FetchError {
    |cause| FetchError::Unwritable {
        path: path.to_owned(),
        cause,
    }
}
