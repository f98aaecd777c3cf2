use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::{
    FileError, TEMPORARY,
    parent::{parent, sync_folder},
    target::Target,
};

/// Writes a whole file; its folders are made where they are missing.
///
/// A symbolic link stays one, and its target gets the bytes. What is no regular file (a device, a pipe) is written to directly.
///
/// # Errors
/// When it cannot be written; what was there before is untouched then.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let mut file = NewFile::create(path)?;
    file.write_all(bytes).map_err(FileError::at(path))?;
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
        /// Those of the file that is replaced.
        permissions: Option<Permissions>,
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

impl Output {
    fn create(path: &Path) -> io::Result<Self> {
        let target = match Target::of(path)? {
            Target::Stream(stream) => {
                let file = OpenOptions::new().append(true).open(stream)?;
                return Ok(Self::Stream(BufWriter::new(file)));
            }
            Target::File(target) => target,
        };
        if target.file_name().is_none() {
            return Err(ErrorKind::IsADirectory.into());
        }
        let permissions = match fs::metadata(&target) {
            Ok(metadata) if metadata.permissions().readonly() => {
                return Err(io::Error::new(
                    ErrorKind::PermissionDenied,
                    "the file is read-only",
                ));
            }
            metadata => metadata.ok().map(|metadata| metadata.permissions()),
        };
        let folder = parent(&target);
        fs::create_dir_all(folder)?;
        let file = new_builder().tempfile_in(folder)?;
        Ok(Self::Temporary {
            file: BufWriter::new(file),
            target,
            permissions,
        })
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Stream(mut file) => file.flush(),
            Self::Temporary {
                file,
                target,
                permissions,
            } => {
                let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
                if let Some(permissions) = permissions {
                    file.as_file().set_permissions(permissions)?;
                }
                file.as_file().sync_all()?;
                file.persist(&target).map_err(|error| error.error)?;
                sync_folder(parent(&target))
            }
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
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced_and_its_siblings_are_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b.txt");
        write(&path, b"one").unwrap();
        for sibling in ["b.new", "b.txt.new", "b.txt.part"] {
            fs::write(folder.path().join("a").join(sibling), "mine").unwrap();
        }
        write(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        let there = names(&folder.path().join("a"));
        assert_eq!(there, ["b.new", "b.txt", "b.txt.new", "b.txt.part"]);
        let mine = fs::read(folder.path().join("a/b.txt.new")).unwrap();
        assert_eq!(mine, b"mine");
    }

    #[test]
    fn an_unfinished_file_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        write(&path, b"before").unwrap();
        let mut file = NewFile::create(&path).unwrap();
        file.write_all(b"after").unwrap();
        drop(file);
        assert_eq!(fs::read(&path).unwrap(), b"before");
        assert_eq!(names(folder.path()), ["file"]);
    }

    #[test]
    fn what_cannot_be_written_is_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        let below = folder.path().join("file/below");
        let error = write(&below, b"").unwrap_err().to_string();
        assert!(error.contains("file/below: cannot be written"), "{error}");
        let error = write(folder.path(), b"").unwrap_err().to_string();
        assert!(error.contains("give a file's name"), "{error}");
        assert!(write(Path::new(""), b"").is_err());
        assert!(write(Path::new(".."), b"").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_its_target_gets_the_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        fs::write(&real, "before").unwrap();
        std::os::unix::fs::symlink("real", &link).unwrap();
        write(&link, b"after").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&real).unwrap(), b"after");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_keeps_its_permissions_and_a_new_one_has_ordinary_ones() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let plain = folder.path().join("plain");
        fs::write(&plain, "").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        write(&path, b"").unwrap();
        assert_eq!(mode(&path), mode(&plain));
        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        write(&path, b"more").unwrap();
        assert_eq!(mode(&path), 0o640);
        fs::set_permissions(&path, Permissions::from_mode(0o440)).unwrap();
        let error = write(&path, b"less").unwrap_err().to_string();
        assert!(error.contains("read-only"), "{error}");
        assert_eq!(fs::read(&path).unwrap(), b"more");
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_written_to_and_stays_one() {
        use std::os::unix::fs::FileTypeExt;
        use std::process::Command;
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(
            Command::new("mkfifo")
                .arg(&pipe)
                .status()
                .unwrap()
                .success()
        );
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || fs::read(pipe).unwrap()
        });
        write(&pipe, b"through").unwrap();
        assert_eq!(reader.join().unwrap(), b"through");
        assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
        write(Path::new("/dev/null"), b"away").unwrap();
        let null = fs::metadata("/dev/null").unwrap().file_type();
        assert!(null.is_char_device());
        assert_eq!(names(folder.path()), ["pipe"]);
    }
}
