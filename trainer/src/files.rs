//! Files that are there whole or not at all.

use std::{fs, path::Path};

use anyhow::Context;

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
    fn the_message_names_the_file() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        let error = write_beside(&folder.path().join("file/below"), b"").unwrap_err();
        assert!(error.to_string().contains("file/below"));
    }
}
