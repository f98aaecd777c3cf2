//! Files that are there whole or not at all.

use std::{fs, path::Path};

use anyhow::Context;
use serde::de::DeserializeOwned;

/// What a JSON file holds.
///
/// # Errors
/// When it cannot be read, or is no JSON or not of that type; names the file.
pub fn read_json<T: DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    let text = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("{} is damaged", path.display()))
}

/// Writes a file beside its place and renames it there, so that a crash leaves the old file or the new one.
///
/// # Errors
/// When the folder cannot be made or written; names the file.
pub fn write_beside(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let failed = || format!("cannot write {}", path.display());
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        fs::create_dir_all(folder).with_context(failed)?;
    }
    let mut name = path.file_name().with_context(failed)?.to_os_string();
    name.push(".new");
    let beside = path.with_file_name(name);
    fs::write(&beside, bytes).with_context(failed)?;
    fs::rename(&beside, path).with_context(failed)
}

/// Fills a folder beside its place and renames it there, in place of what was there: it is there whole or not at all.
///
/// # Errors
/// What `fill` fails with, or when the folder cannot be made or renamed; names the folder.
pub fn folder_beside(
    place: &Path,
    fill: impl FnOnce(&Path) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let failed = || format!("cannot write {}", place.display());
    let beside = place.with_extension("new");
    if beside.exists() {
        fs::remove_dir_all(&beside).with_context(failed)?;
    }
    fs::create_dir_all(&beside).with_context(failed)?;
    fill(&beside)?;
    if place.exists() {
        fs::remove_dir_all(place).with_context(failed)?;
    }
    fs::rename(&beside, place).with_context(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_folders_replaces_and_leaves_nothing_beside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b.txt");
        write_beside(&path, b"one").unwrap();
        write_beside(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path().join("a")).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_is_replaced_only_when_the_new_one_is_full() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("a/mark");
        let fill =
            |text: &'static str| move |beside: &Path| Ok(fs::write(beside.join("file"), text)?);
        folder_beside(&place, fill("one")).unwrap();
        folder_beside(&place, |_| anyhow::bail!("no")).unwrap_err();
        assert_eq!(fs::read_to_string(place.join("file")).unwrap(), "one");
        folder_beside(&place, fill("two")).unwrap();
        assert_eq!(fs::read_to_string(place.join("file")).unwrap(), "two");
        assert_eq!(fs::read_dir(folder.path().join("a")).unwrap().count(), 1);
    }

    #[test]
    fn the_message_names_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("numbers.json");
        let message = || format!("{:#}", read_json::<Vec<u8>>(&path).unwrap_err());
        assert!(message().contains("numbers.json cannot be read"));
        fs::write(&path, "[1, 2").unwrap();
        assert!(message().contains("numbers.json is damaged"));
        fs::write(&path, "[1, 2]").unwrap();
        assert_eq!(read_json::<Vec<u8>>(&path).unwrap(), [1, 2]);
        fs::write(folder.path().join("file"), "").unwrap();
        let error = write_beside(&folder.path().join("file/below"), b"").unwrap_err();
        assert!(error.to_string().contains("file/below"));
    }
}
