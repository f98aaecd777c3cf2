//! Folders and zip files behind one face: list a folder, read a file.

mod folder;
mod litter;
mod node;
mod place;
#[cfg(test)]
mod tests;
mod zip;

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::DataError;
use super::format::{Archive, Contents, HEAD, Other, contents};
use node::At;
use zip::Zip;

pub(super) use folder::read as read_file;
pub(super) use node::{Listing, Node, Spelling, join};
pub use place::Place;
pub(super) use place::text;

/// A folder or a zip file.
#[derive(Clone)]
pub(super) enum Store {
    Folder(PathBuf),
    Zip(Zip),
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
