use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::{
    FileError, TEMPORARY,
    lock::is_taken,
    parent::parent,
    replace::{can_be_overwritten, replace},
    target::Target,
};

/// Writes a whole file; its folders are made where they are missing.
///
/// A symbolic link stays one, and its target gets the bytes. What is no regular file (a device, a pipe) is written to directly. A
/// file that is replaced keeps its owner and permissions, as far as the system allows. Its other hard links keep the old bytes.
///
/// # Errors
/// When it cannot be written; what was there before is untouched then, unless it can only be overwritten (see [`put_in_place`]).
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let mut file = NewFile::create(path)?;
    file.add(bytes)?;
    file.finish()
}

/// A file in the making, which [`finish`](Self::finish) puts in place. Without that nothing is left behind.
#[derive(Debug)]
pub struct NewFile {
    path: PathBuf,
    output: Output,
}

#[derive(Debug)]
enum Output {
    Temporary {
        file: BufWriter<NamedTempFile>,
        target: PathBuf,
        /// After the file, which has to be gone before them.
        folders: MadeFolders,
    },
    Stream(BufWriter<File>),
}

impl NewFile {
    /// Begins the file `path`; its folders are made where they are missing. See [`write`](crate::write()).
    ///
    /// # Errors
    /// When nothing can be written there.
    pub fn create(path: &Path) -> Result<Self, FileError> {
        let output = Output::create(path).map_err(FileError::at(path))?;
        Ok(Self {
            path: path.to_owned(),
            output,
        })
    }

    /// The path that it was begun for.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes more bytes.
    ///
    /// # Errors
    /// When that fails; it names the file.
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), FileError> {
        let written = self.write_all(bytes);
        written.map_err(FileError::at(&self.path))
    }

    /// Brings it to the disk and gives it its name.
    ///
    /// # Errors
    /// When that fails; what was there before is untouched then.
    pub fn finish(self) -> Result<(), FileError> {
        self.output.finish().map_err(FileError::at(&self.path))
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.output {
            Output::Temporary { file, .. } => file.write(bytes),
            Output::Stream(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.output {
            Output::Temporary { file, .. } => file.flush(),
            Output::Stream(file) => file.flush(),
        }
    }
}

/// Removes the temporary file of a process that has ended. One that is being written stays, and so does what is no regular file.
///
/// # Errors
/// Where it cannot be removed.
pub fn remove_abandoned(path: &Path) -> Result<(), FileError> {
    let remove = || {
        if !fs::symlink_metadata(path)?.is_file() {
            return Ok(());
        }
        if is_taken(&File::open(path)?.try_lock()) {
            return Ok(());
        }
        fs::remove_file(path)
    };
    match remove() {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        removed => removed.map_err(FileError::at(path)),
    }
}

/// Gives a complete file its name, by renaming it; what was there before is replaced, and its owner and permissions are kept.
///
/// Where the system does not rename over a file that is there, it's overwritten instead: one that is mounted by itself, as in
/// containers, or one in a folder that may not be written.
///
/// # Errors
/// When neither can be done.
pub fn put_in_place(complete: &Path, place: &Path) -> Result<(), FileError> {
    let file = OpenOptions::new().append(true).open(complete);
    let file = file.map_err(FileError::at(complete))?;
    replace(&file, complete, place).map_err(FileError::at(place))
}

/// The path of the regular file that a new one for `path` replaces, or that is not there yet: at the end of symbolic links.
///
/// For a file that is made under a name of its own, and renamed to this when it is complete. Nothing is written yet.
///
/// # Errors
/// Where it is a folder, read-only, or no regular file (a device, a pipe).
pub fn replaceable(path: &Path) -> Result<PathBuf, FileError> {
    let target = match Target::of(path).map_err(FileError::at(path))? {
        Target::File(target) => target,
        Target::Stream(_) => {
            let error = io::Error::new(ErrorKind::InvalidInput, "it is no regular file");
            return Err(FileError::at(path)(error));
        }
    };
    ensure_replaceable(&target).map_err(FileError::at(path))?;
    Ok(target)
}

fn ensure_replaceable(target: &Path) -> io::Result<()> {
    if target.file_name().is_none() {
        return Err(ErrorKind::IsADirectory.into());
    }
    match fs::metadata(target) {
        Ok(metadata) if metadata.permissions().readonly() => Err(io::Error::new(
            ErrorKind::PermissionDenied,
            "the file is read-only",
        )),
        _ => Ok(()),
    }
}

impl Output {
    fn create(path: &Path) -> io::Result<Self> {
        let target = match Target::of(path)? {
            Target::Stream(stream) => {
                let file = OpenOptions::new().append(true).open(stream)?;
                return Ok(Self::Stream(BufWriter::new(file)));
            }
            Target::File(target) => target,
        };
        ensure_replaceable(&target)?;
        let folder = parent(&target);
        let folders = MadeFolders::above(folder)?;
        let file = match new_builder().tempfile_in(folder) {
            Err(error) if can_be_overwritten(&target, error.kind()) => new_builder().tempfile()?,
            made => made?,
        };
        // Says that it is being written; some network file systems have no locks.
        let _ = file.as_file().try_lock();
        Ok(Self::Temporary {
            file: BufWriter::new(file),
            target,
            folders,
        })
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Stream(mut file) => file.flush(),
            Self::Temporary {
                file,
                target,
                folders,
            } => {
                let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
                let (file, path) = file.into_parts();
                replace(&file, &path, &target)?;
                // It is no longer there, so there is nothing to remove.
                let _ = path.keep();
                folders.keep();
                Ok(())
            }
        }
    }
}

/// Folders that were made for a file, the innermost first; they are removed with it where it is not finished.
#[derive(Debug)]
struct MadeFolders(Vec<PathBuf>);

impl MadeFolders {
    /// Makes a folder and those above it that are missing.
    fn above(folder: &Path) -> io::Result<Self> {
        let missing = folder
            .ancestors()
            .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists());
        let made = Self(missing.map(Path::to_owned).collect());
        fs::create_dir_all(folder)?;
        Ok(made)
    }

    fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for folder in &self.0 {
            // Fails where others have put something there meanwhile, which stays.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Temporary files with the permissions of any new file, and not those for one's own eyes.
fn new_builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(Permissions::from_mode(0o666));
    }
    builder
}

#[cfg(test)]
mod tests;
