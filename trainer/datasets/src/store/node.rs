//! Files and folders of a store.

use std::path::PathBuf;

use super::Place;
use crate::DataError;
use crate::decode::PictureError;

/// A file or folder of a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    /// Its own name.
    pub name: String,
    /// Its path inside the store, with `/` between the parts; the top is `""`.
    pub inside: String,
    pub spelling: Spelling,
    pub(super) at: At,
}

/// How the name of a file or folder became text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// It is text.
    Exact,
    /// An old zip does not say of which letters its bytes are.
    Guessed,
    /// Its bytes are no UTF-8, and are shown as numbers.
    Bytes,
}

/// Where something really is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum At {
    Path(PathBuf),
    ZipFolder,
    ZipEntry(usize),
}

/// What a folder holds, sorted by name; litter is left out.
#[derive(Debug)]
pub(crate) struct Listing {
    /// The folder's path inside the store.
    pub inside: String,
    /// How messages name it.
    pub place: Place,
    /// Where it is on the disk, if it's not in a zip.
    pub path: Option<PathBuf>,
    pub folders: Vec<Node>,
    /// Folders whose names begin with a dot, but for those that programs make.
    pub hidden: Vec<Node>,
    pub files: Vec<Node>,
    /// What could not be looked at, such as links that lead nowhere.
    pub broken: Vec<DataError>,
}

impl Listing {
    pub(super) fn empty(inside: &str, place: Place) -> Self {
        Self {
            inside: inside.to_owned(),
            place,
            path: None,
            folders: Vec::new(),
            hidden: Vec::new(),
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

    /// The names of its files that are archives by their endings.
    pub fn archive_names(&self) -> Vec<String> {
        const ENDINGS: [&str; 8] = ["zip", "7z", "bz2", "gz", "rar", "tar", "tgz", "xz"];
        let is_archive = |file: &&Node| {
            let ending = file.name.rsplit_once('.').map(|(_, ending)| ending);
            ending.is_some_and(|ending| {
                ENDINGS
                    .iter()
                    .any(|archive| ending.eq_ignore_ascii_case(archive))
            })
        };
        let archives = self.files.iter().filter(is_archive);
        archives.map(|file| file.name.clone()).collect()
    }

    /// The folder of a name; where there is none, the only one whose name differs in case alone.
    pub fn folder(&self, name: &str) -> Option<&Node> {
        only(&self.folders, name)
    }

    /// Folders whose names differ in case alone from that of the one that [`folder`](Self::folder) gives.
    pub fn other_cases(&self, name: &str) -> impl Iterator<Item = &Node> {
        let is_similar = |node: &&Node| node.name.eq_ignore_ascii_case(name);
        let folder = self.folder(name);
        let similar = self.folders.iter().filter(is_similar);
        similar.filter(move |node| folder.is_some_and(|folder| folder != *node))
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

/// `folder/name`, or `name` at the top.
pub(crate) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

/// Why a file of so many bytes is not read.
pub(super) fn too_large(place: Place, size: u64) -> DataError {
    let cause = PictureError::TooLarge(format!("{} MiB", size >> 20));
    DataError::Picture { place, cause }
}
