use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::Path;

use tempfile::TempDir;

use crate::{
    FileError, TEMPORARY,
    disk::{sync, sync_folder},
    parent::parent,
    target::resolved,
};

/// Makes a folder that is not there yet, or is there and empty: it appears when `fill`, which is given a temporary path, has filled
/// it. Its contents are not forced to the disk one by one: it is for what can be made again. A symbolic link stays one, and the folder
/// is made where it leads.
///
/// Where `fill` returns false, since it was asked to stop, nothing appears, and neither is anything left. Returns what `fill` did.
///
/// # Errors
/// What `fill` fails with, or when the folder holds something or cannot be written.
pub fn new_folder<E: From<FileError>>(
    place: &Path,
    fill: impl FnOnce(&Path) -> Result<bool, E>,
) -> Result<bool, E> {
    let at = FileError::at(place);
    let place = &resolved(place).map_err(&at)?;
    if !is_free(place).map_err(&at)? {
        return Err(at(ErrorKind::DirectoryNotEmpty.into()).into());
    }
    let (staging, new) = stage(place)?;
    if !fill(&new)? {
        return Ok(false);
    }
    // Not every system renames over a folder, though it is empty.
    if place.exists() {
        fs::remove_dir(place).map_err(&at)?;
    }
    fs::rename(&new, place).map_err(&at)?;
    drop(staging);
    Ok(true)
}

/// Fills a folder and puts it in the place of what was there, if anything: the old one stays whole until the new one is on the disk.
///
/// # Errors
/// What `fill` fails with, or when the folder cannot be written; what was there before is untouched then.
pub fn replace_folder<E: From<FileError>>(
    place: &Path,
    fill: impl FnOnce(&Path) -> Result<(), E>,
) -> Result<(), E> {
    let at = FileError::at(place);
    let (staging, new) = stage(place)?;
    fill(&new)?;
    sync_tree(&new).map_err(&at)?;
    swap(staging, &new, place).map_err(&at)?;
    Ok(sync_folder(parent(place)).map_err(&at)?)
}

/// A temporary folder beside a place, and a folder to fill in it.
fn stage(place: &Path) -> Result<(TempDir, std::path::PathBuf), FileError> {
    let make = || {
        if place.file_name().is_none() {
            return Err(ErrorKind::InvalidFilename.into());
        }
        fs::create_dir_all(parent(place))?;
        let staging = tempfile::Builder::new()
            .prefix(TEMPORARY)
            .tempdir_in(parent(place))?;
        let new = staging.path().join("new");
        fs::create_dir(&new)?;
        Ok((staging, new))
    };
    make().map_err(FileError::at(place))
}

/// What was there goes away with the staging folder.
fn swap(staging: TempDir, new: &Path, place: &Path) -> io::Result<()> {
    if fs::symlink_metadata(place).is_err() {
        return fs::rename(new, place);
    }
    let old = staging.path().join("old");
    fs::rename(place, &old)?;
    let Err(error) = fs::rename(new, place) else {
        return Ok(());
    };
    if fs::rename(&old, place).is_err() {
        // Dropped, the staging folder would take the only copy with it.
        let kept = staging.keep().join("old");
        let words = format!("{error}; what was there is in {}", kept.display());
        return Err(io::Error::new(error.kind(), words));
    }
    Err(error)
}

fn is_free(place: &Path) -> io::Result<bool> {
    match fs::read_dir(place) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

/// Brings every file below a folder, and the folders, to the disk.
fn sync_tree(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_tree(&entry.path())?;
        } else {
            sync(&File::open(entry.path())?)?;
        }
    }
    sync_folder(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(text: &'static str) -> impl FnOnce(&Path) -> Result<(), FileError> {
        move |folder| fs::write(folder.join("file"), text).map_err(FileError::at(folder))
    }

    fn fill_new(text: &'static str) -> impl FnOnce(&Path) -> Result<bool, FileError> {
        move |folder| fill(text)(folder).map(|()| true)
    }

    fn no(folder: &Path) -> Result<(), FileError> {
        Err(FileError::at(folder)(io::Error::other("no")))
    }

    #[test]
    fn a_folder_is_replaced_only_when_the_new_one_is_full() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("a/set.v2");
        fs::create_dir_all(folder.path().join("a/set.new")).unwrap();
        replace_folder(&place, fill("one")).unwrap();
        replace_folder(&place, no).unwrap_err();
        assert_eq!(fs::read_to_string(place.join("file")).unwrap(), "one");
        replace_folder(&place, fill("two")).unwrap();
        assert_eq!(fs::read_to_string(place.join("file")).unwrap(), "two");
        // The folder of another name and the one that was made, and nothing temporary.
        assert_eq!(fs::read_dir(folder.path().join("a")).unwrap().count(), 2);
    }

    #[test]
    fn a_new_folder_never_takes_the_place_of_another() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("set");
        fs::create_dir(&place).unwrap();
        new_folder(&place, |new| no(new).map(|()| true)).unwrap_err();
        new_folder(&place, fill_new("one")).unwrap();
        let error = new_folder(&place, fill_new("two")).unwrap_err().to_string();
        assert!(error.contains("there is something already"), "{error}");
        assert_eq!(fs::read_to_string(place.join("file")).unwrap(), "one");
        let error = new_folder(&place.join("file"), fill_new("two")).unwrap_err();
        assert!(error.to_string().contains("is a file"), "{error}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_whose_filling_is_stopped_does_not_appear() {
        let folder = tempfile::tempdir().unwrap();
        let stopped = |new: &Path| fill_new("half")(new).map(|_| false);
        assert!(!new_folder(&folder.path().join("set"), stopped).unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_one_and_the_folder_is_made_where_it_leads() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("empty")).unwrap();
        for (link, real) in [("to-empty", "empty"), ("to-none", "none")] {
            std::os::unix::fs::symlink(real, at(link)).unwrap();
            new_folder(&at(&format!("{link}/")), fill_new("one")).unwrap();
            assert!(at(link).is_symlink());
            assert_eq!(fs::read_to_string(at(real).join("file")).unwrap(), "one");
            new_folder(&at(link), fill_new("two")).unwrap_err();
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 4);
    }
}
