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
    permissions_of(&target).map_err(FileError::at(path))?;
    Ok(target)
}

/// Those of the file that is replaced; none where it is new.
fn permissions_of(target: &Path) -> io::Result<Option<Permissions>> {
    if target.file_name().is_none() {
        return Err(ErrorKind::IsADirectory.into());
    }
    match fs::metadata(target) {
        Ok(metadata) if metadata.permissions().readonly() => Err(io::Error::new(
            ErrorKind::PermissionDenied,
            "the file is read-only",
        )),
        metadata => Ok(metadata.ok().map(|metadata| metadata.permissions())),
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
        let permissions = permissions_of(&target)?;
        let folder = parent(&target);
        let folders = MadeFolders::above(folder)?;
        let file = new_builder().tempfile_in(folder)?;
        Ok(Self::Temporary {
            file: BufWriter::new(file),
            target,
            permissions,
            folders,
        })
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Stream(mut file) => file.flush(),
            Self::Temporary {
                file,
                target,
                permissions,
                folders,
            } => {
                let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
                if let Some(permissions) = permissions {
                    file.as_file().set_permissions(permissions)?;
                }
                file.as_file().sync_all()?;
                file.persist(&target).map_err(|error| error.error)?;
                folders.keep();
                sync_folder(parent(&target))
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
        // Nor does one in new folders leave them.
        drop(NewFile::create(&folder.path().join("new/newer/file")).unwrap());
        assert_eq!(names(folder.path()), ["file"]);
    }

    #[cfg(unix)]
    #[test]
    fn what_a_complete_file_may_replace_is_a_regular_file_that_may_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::os::unix::fs::symlink("real", at("link")).unwrap();
        assert_eq!(replaceable(&at("link")).unwrap(), at("real"));
        fs::write(at("real"), "").unwrap();
        assert_eq!(replaceable(&at("real")).unwrap(), at("real"));
        let mut permissions = fs::metadata(at("real")).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(at("real"), permissions).unwrap();
        for (path, reason) in [
            (at("link"), "read-only"),
            ("/dev/null".into(), "no regular file"),
            (folder.path().into(), "give a file's name"),
        ] {
            let error = replaceable(&path).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
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
