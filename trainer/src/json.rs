//! JSON files.

use std::{fs, path::Path};

use anyhow::Context;
use serde::{Serialize, de::DeserializeOwned};

/// What a JSON file holds.
///
/// # Errors
/// When it cannot be read, or is no JSON or not of that type; names the file.
pub fn read_json<T: DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    let text = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    // Editors on Windows put a byte-order mark before what they save.
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
    serde_json::from_slice(text).with_context(|| format!("{} is damaged", path.display()))
}

/// Writes a JSON file for people to read as well.
///
/// # Errors
/// When it cannot be written; names the file.
pub fn write_json(path: &Path, value: &impl Serialize) -> anyhow::Result<()> {
    Ok(files::write(path, &serde_json::to_vec_pretty(value)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_names_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("numbers.json");
        let message = || format!("{:#}", read_json::<Vec<u8>>(&path).unwrap_err());
        assert!(message().contains("numbers.json cannot be read"));
        fs::write(&path, "[1, 2").unwrap();
        assert!(message().contains("numbers.json is damaged"));
        fs::write(&path, "\u{feff}[3, 4]").unwrap();
        assert_eq!(read_json::<Vec<u8>>(&path).unwrap(), [3, 4]);
        write_json(&path, &[1, 2]).unwrap();
        assert_eq!(read_json::<Vec<u8>>(&path).unwrap(), [1, 2]);
    }
}
