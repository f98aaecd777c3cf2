use std::fs::{self, FileType};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Links that are followed before they count as a loop, as on Linux.
const LINKS: usize = 40;

/// Where the bytes for a path go.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A regular file that is there or will be.
    File(PathBuf),
    /// A device, a pipe, a socket or an open descriptor: written to as it is, never replaced.
    Stream(PathBuf),
}

impl Target {
    /// Follows symbolic links, also one whose target is not there yet.
    pub fn of(path: &Path) -> io::Result<Self> {
        match followed(path, is_descriptor)? {
            (path, None) if is_descriptor(&path) => Ok(Self::Stream(path)),
            (path, None) => Ok(Self::File(path)),
            (path, Some(kind)) if kind.is_file() => Ok(Self::File(path)),
            (_, Some(kind)) if kind.is_dir() => Err(ErrorKind::IsADirectory.into()),
            (path, Some(_)) => Ok(Self::Stream(path)),
        }
    }
}

/// The end of symbolic links, whether anything is there or not.
pub(crate) fn resolved(path: &Path) -> io::Result<PathBuf> {
    // A slash behind a link's name would stand for where it leads.
    let path: PathBuf = path.components().collect();
    followed(&path, |_| false).map(|(path, _)| path)
}

/// The end of symbolic links, and what is there, if anything. At a path that is `last` nothing is looked for.
fn followed(path: &Path, last: impl Fn(&Path) -> bool) -> io::Result<(PathBuf, Option<FileType>)> {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        if last(&path) {
            return Ok((path, None));
        }
        let kind = match fs::symlink_metadata(&path) {
            Ok(metadata) => metadata.file_type(),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok((path, None)),
            Err(error) => return Err(error),
        };
        if !kind.is_symlink() {
            return Ok((path, Some(kind)));
        }
        let to = fs::read_link(&path)?;
        path = path.parent().unwrap_or(Path::new("")).join(to);
    }
    Err(io::Error::other(
        "its symbolic links lead round in a circle",
    ))
}

/// Whether a path names an open descriptor, such as `/dev/stdout`: that may be a regular file, but renaming over it would take it
/// away from whoever opened it.
fn is_descriptor(path: &Path) -> bool {
    if path.starts_with("/dev/fd") {
        return true;
    }
    if ["/dev/stdout", "/dev/stderr"]
        .map(Path::new)
        .contains(&path)
    {
        return true;
    }
    path.starts_with("/proc") && path.parent().is_some_and(|parent| parent.ends_with("fd"))
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_are_followed_also_where_nothing_is_yet() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        symlink("second", at("first")).unwrap();
        symlink("file", at("second")).unwrap();
        assert_eq!(Target::of(&at("first")).unwrap(), Target::File(at("file")));
        fs::write(at("file"), "").unwrap();
        assert_eq!(Target::of(&at("first")).unwrap(), Target::File(at("file")));
        symlink("round", at("round")).unwrap();
        let error = Target::of(&at("round")).unwrap_err();
        assert!(error.to_string().contains("circle"), "{error}");
        let error = Target::of(folder.path()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::IsADirectory);
    }

    #[test]
    fn devices_and_descriptors_are_streams() {
        for path in ["/dev/null", "/dev/stdout", "/dev/fd/7", "/proc/self/fd/1"] {
            let path = Path::new(path);
            assert_eq!(Target::of(path).unwrap(), Target::Stream(path.to_owned()));
        }
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("link");
        symlink("/dev/null", &link).unwrap();
        let null = Target::Stream("/dev/null".into());
        assert_eq!(Target::of(&link).unwrap(), null);
    }
}
