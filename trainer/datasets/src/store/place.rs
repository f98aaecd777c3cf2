use std::ffi::OsStr;
use std::fmt;
use std::path::Path;

/// A file or folder of a data set, for messages: a path, or `pictures.zip: train_data/3/7.bmp` inside a zip.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(String);

impl Place {
    /// A file or folder on the disk.
    pub(crate) fn of(path: &Path) -> Self {
        Self::new(&text(path.as_os_str()))
    }

    /// Characters that would disturb a terminal are escaped.
    pub(super) fn new(text: &str) -> Self {
        let shown = |character: char| {
            let escaped = character
                .is_control()
                .then(|| character.escape_default().to_string());
            escaped.unwrap_or_else(|| character.to_string())
        };
        Self(text.chars().map(shown).collect())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A name or path as text; bytes that are no UTF-8 become `\xE9`.
pub(crate) fn text(name: &OsStr) -> String {
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02X}"));
        }
    }
    text
}
