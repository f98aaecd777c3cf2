//! Settings as text in files: types by the words of the command line, and paths as they are.

use std::{
    borrow::Cow,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Whether a setting is off; what is off by default is not written, so that older versions can still read the rest.
pub(super) fn is_zero<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Serialises a type as the text that it is shown as, and reads it back by its `FromStr`, whose error is text.
macro_rules! serde_by_text {
    ($type:ty) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as serde::Deserialize>::deserialize(deserializer)?
                    .parse()
                    .map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use serde_by_text;

/// A path as it is stored. One whose name is not UTF-8 is stored as its bytes.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Stored<'a> {
    Text(Cow<'a, str>),
    Bytes(Cow<'a, [u8]>),
}

impl<'a> From<&'a Path> for Stored<'a> {
    fn from(path: &'a Path) -> Self {
        match path.to_str() {
            Some(text) => Self::Text(text.into()),
            None => Self::Bytes(path.as_os_str().as_encoded_bytes().into()),
        }
    }
}

impl From<Stored<'_>> for PathBuf {
    fn from(stored: Stored<'_>) -> Self {
        match stored {
            Stored::Text(text) => Self::from(text.into_owned()),
            Stored::Bytes(bytes) => path_from_bytes(bytes.into_owned()),
        }
    }
}

#[cfg(unix)]
fn path_from_bytes(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn path_from_bytes(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

/// One path.
pub(in crate::training) mod one {
    use super::*;

    pub fn serialize<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
        Stored::from(path).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PathBuf, D::Error> {
        Stored::deserialize(deserializer).map(PathBuf::from)
    }
}

/// A path or none.
pub(super) mod optional {
    use super::*;

    pub fn serialize<S: Serializer>(
        path: &Option<PathBuf>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        path.as_deref().map(Stored::from).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<PathBuf>, D::Error> {
        let stored = Option::<Stored>::deserialize(deserializer)?;
        Ok(stored.map(PathBuf::from))
    }
}

/// Any number of paths.
pub(super) mod list {
    use super::*;

    pub fn serialize<S: Serializer>(paths: &[PathBuf], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(paths.iter().map(|path| Stored::from(path.as_path())))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<PathBuf>, D::Error> {
        let stored = Vec::<Stored>::deserialize(deserializer)?;
        Ok(stored.into_iter().map(PathBuf::from).collect())
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Paths {
        #[serde(with = "one")]
        one: PathBuf,
        #[serde(default, with = "optional")]
        optional: Option<PathBuf>,
        #[serde(with = "list")]
        list: Vec<PathBuf>,
    }

    #[test]
    fn any_path_comes_back_and_ordinary_ones_are_text() {
        let odd = path_from_bytes(b"donn\xe9es".to_vec());
        let paths = Paths {
            one: odd.clone(),
            optional: Some(odd),
            list: vec!["plain".into()],
        };
        let text = serde_json::to_string(&paths).unwrap();
        assert!(text.contains(r#""list":["plain"]"#), "{text}");
        assert_eq!(serde_json::from_str::<Paths>(&text).unwrap(), paths);
        let none: Paths = serde_json::from_str(r#"{"one": "a", "list": []}"#).unwrap();
        assert_eq!(none.optional, None);
    }
}
