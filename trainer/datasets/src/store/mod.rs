//! Folders and zip files behind one face: list a folder, read a file.

mod folder;
mod litter;
#[cfg(test)]
mod tests;
mod zip;

use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::DataError;
use super::decode::PictureError;
use super::format::{Archive, Contents, HEAD, Other, contents};
use zip::Zip;

pub(super) use folder::read as read_file;

/// A file or folder of a data set, for messages: a path, or `pictures.zip: train_data/3/7.bmp` inside a zip.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(String);

impl Place {
    /// A file or folder on the disk.
    pub(super) fn of(path: &Path) -> Self {
        Self::new(&text(path.as_os_str()))
    }

    /// Characters that would disturb a terminal are escaped.
    fn new(text: &str) -> Self {
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
pub(super) fn text(name: &OsStr) -> String {
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02X}"));
        }
    }
    text
}

/// A file or folder of a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node {
    /// Its own name.
    pub name: String,
    /// Its path inside the store, with `/` between the parts; the top is `""`.
    pub inside: String,
    pub spelling: Spelling,
    at: At,
}

impl Node {
    /// Where it is on the disk, if it's not in a zip.
    pub fn path(&self) -> Option<&Path> {
        match &self.at {
            At::Path(path) => Some(path),
            At::ZipFolder | At::ZipEntry(_) => None,
        }
    }
}

/// How the name of a file or folder became text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    /// It is text.
    Exact,
    /// An old zip does not say of which letters its bytes are.
    Guessed,
    /// Its bytes are no UTF-8, and are shown as numbers.
    Bytes,
}

/// Where something really is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum At {
    Path(PathBuf),
    ZipFolder,
    ZipEntry(usize),
}

/// What a folder holds, sorted by name; litter is left out.
#[derive(Debug)]
pub(super) struct Listing {
    /// The folder's path inside the store.
    pub inside: String,
    /// How messages name it.
    pub place: Place,
    pub folders: Vec<Node>,
    pub files: Vec<Node>,
    /// What could not be looked at, such as links that lead nowhere.
    pub broken: Vec<DataError>,
}

impl Listing {
    fn empty(inside: &str, place: Place) -> Self {
        Self {
            inside: inside.to_owned(),
            place,
            folders: Vec::new(),
            files: Vec::new(),
            broken: Vec::new(),
        }
    }

    /// The names of its folders.
    pub fn folder_names(&self) -> Vec<String> {
        self.folders
            .iter()
            .map(|folder| folder.name.clone())
            .collect()
    }

    /// The folder of a name; where there is none, the only one whose name differs in case alone.
    pub fn folder(&self, name: &str) -> Option<&Node> {
        only(&self.folders, name)
    }

    /// The file of a name; where there is none, the only one whose name differs in case alone.
    pub fn file(&self, name: &str) -> Option<&Node> {
        only(&self.files, name)
    }
}

fn only<'a>(nodes: &'a [Node], name: &str) -> Option<&'a Node> {
    let exact = nodes.iter().find(|node| node.name == name);
    exact.or_else(|| {
        let mut similar = nodes
            .iter()
            .filter(|node| node.name.eq_ignore_ascii_case(name));
        similar.next().filter(|_| similar.next().is_none())
    })
}

/// A folder or a zip file.
#[derive(Clone)]
pub(super) enum Store {
    Folder(PathBuf),
    Zip(Zip),
}

/// `folder/name`, or `name` at the top.
pub(super) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

impl Store {
    /// Opens a folder, or a file that is a zip by its contents.
    pub fn open(location: &Path) -> Result<Self, DataError> {
        let metadata =
            fs::metadata(location).map_err(|cause| match folder::unusable(location, cause) {
                DataError::Unreadable { cause, .. } if cause.kind() == ErrorKind::NotFound => {
                    DataError::NotFound(Place::of(location))
                }
                other => other,
            })?;
        if metadata.is_dir() {
            return Ok(Self::Folder(location.to_owned()));
        }
        let place = || Place::of(location);
        if !metadata.is_file() {
            return Err(DataError::NotADataSet(place()));
        }
        let is_named_zip = location
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("zip"));
        match contents(&folder::head(location, HEAD)?) {
            Contents::Archive(Archive::Zip) => {}
            Contents::Archive(Archive::Other(archive)) => {
                return Err(DataError::Archive {
                    place: place(),
                    archive,
                });
            }
            Contents::Other(Other::WebPage) if is_named_zip => {
                return Err(DataError::WebPage(place()));
            }
            // Programs that unpack themselves have the zip behind them.
            _ if is_named_zip => {}
            _ => return Err(DataError::NotADataSet(place())),
        }
        let bytes = fs::read(location).map_err(|cause| DataError::Unreadable {
            place: place(),
            cause,
        })?;
        Zip::new(location, bytes).map(Self::Zip)
    }

    /// The folder or zip file itself.
    pub fn top(&self) -> Node {
        Node {
            name: String::new(),
            inside: String::new(),
            spelling: Spelling::Exact,
            at: match self {
                Self::Folder(path) => At::Path(path.clone()),
                Self::Zip(_) => At::ZipFolder,
            },
        }
    }

    /// How messages name something of this store.
    pub fn place(&self, node: &Node) -> Place {
        match (self, &node.at) {
            (_, At::Path(path)) => Place::of(path),
            (store, _) => store.place_of(&node.inside),
        }
    }

    /// How messages name a path inside of it that may not exist.
    pub fn place_of(&self, inside: &str) -> Place {
        match self {
            Self::Folder(path) if inside.is_empty() => Place::of(path),
            Self::Folder(path) => Place::of(&path.join(inside)),
            Self::Zip(zip) => zip.place(inside),
        }
    }

    /// What a folder holds.
    pub fn list(&self, folder: &Node) -> Result<Listing, DataError> {
        match (self, &folder.at) {
            (_, At::Path(path)) => folder::list(path, &folder.inside),
            (Self::Zip(zip), At::ZipFolder) => Ok(zip.list(&folder.inside)),
            _ => Err(self.is_other(folder, ErrorKind::NotADirectory)),
        }
    }

    /// A file's bytes.
    pub fn read(&mut self, file: &Node) -> Result<Vec<u8>, DataError> {
        let place = self.place(file);
        match (self, &file.at) {
            (_, At::Path(path)) => folder::read(path),
            (Self::Zip(zip), At::ZipEntry(number)) => zip.read(*number, place),
            (store, _) => Err(store.is_other(file, ErrorKind::IsADirectory)),
        }
    }

    /// The first bytes of a file, at most `most`.
    pub fn head(&mut self, file: &Node, most: usize) -> Result<Vec<u8>, DataError> {
        let place = self.place(file);
        match (self, &file.at) {
            (_, At::Path(path)) => folder::head(path, most),
            (Self::Zip(zip), At::ZipEntry(number)) => zip.head(*number, place, most),
            (store, _) => Err(store.is_other(file, ErrorKind::IsADirectory)),
        }
    }

    fn is_other(&self, node: &Node, kind: ErrorKind) -> DataError {
        DataError::Unreadable {
            place: self.place(node),
            cause: kind.into(),
        }
    }

    /// Whether several files have one name; the last of each is read.
    pub fn has_doubles(&self) -> bool {
        matches!(self, Self::Zip(zip) if zip.has_doubles())
    }
}

fn too_large(place: Place, size: u64) -> DataError {
    let cause = PictureError::TooLarge(format!("{} MiB", size >> 20));
    DataError::Picture { place, cause }
}
