use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zip::ZipArchive;
use zip::result::ZipError;

use super::litter::{is_hidden, is_litter};
use super::node::{At, Listing, Node, Spelling, join, too_large};
use super::place::Place;
use crate::DataError;
use crate::decode::{MOST_BYTES, alone_if_large};

/// A zip file, which is in memory whole, so that many threads can unpack it at once. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Zip {
    pub path: PathBuf,
    folders: Arc<BTreeMap<String, Folder>>,
    archive: ZipArchive<Cursor<Bytes>>,
    has_doubles: bool,
}

/// Bytes that are shared without being copied.
#[derive(Clone)]
struct Bytes(Arc<Vec<u8>>);

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// What a folder of a zip holds, by name.
#[derive(Default)]
struct Folder {
    folders: BTreeMap<String, Spelling>,
    hidden: BTreeMap<String, Spelling>,
    files: BTreeMap<String, (Spelling, usize)>,
}

impl Zip {
    pub fn new(path: &Path, bytes: Vec<u8>) -> Result<Self, DataError> {
        let damaged = |cause| broken(Place::of(path), cause);
        let archive = ZipArchive::new(Cursor::new(Bytes(Arc::new(bytes)))).map_err(damaged)?;
        let mut folders = BTreeMap::from([(String::new(), Folder::default())]);
        let mut has_doubles = archive.has_duplicate_names();
        for (number, (name, raw)) in archive
            .file_names()
            .zip(archive.file_names_raw())
            .enumerate()
        {
            let spelling = match std::str::from_utf8(raw) {
                Ok(_) => Spelling::Exact,
                Err(_) => Spelling::Guessed,
            };
            has_doubles |= !add(&mut folders, &name.map_err(damaged)?, spelling, number);
        }
        Ok(Self {
            path: path.to_owned(),
            folders: Arc::new(folders),
            archive,
            has_doubles,
        })
    }

    /// Whether several files have one name; the last of each is read.
    pub fn has_doubles(&self) -> bool {
        self.has_doubles
    }

    pub fn place(&self, inside: &str) -> Place {
        if inside.is_empty() {
            Place::of(&self.path)
        } else {
            Place::new(&format!("{}: {inside}", Place::of(&self.path)))
        }
    }

    pub fn list(&self, inside: &str) -> Listing {
        let node = |name: &String, spelling: &Spelling, at| Node {
            inside: join(inside, name),
            name: name.clone(),
            spelling: *spelling,
            at,
        };
        let mut listing = Listing::empty(inside, self.place(inside));
        if let Some(folder) = self.folders.get(inside) {
            let folders = |named: &BTreeMap<String, Spelling>| {
                let named = named.iter();
                named
                    .map(|(name, spelling)| node(name, spelling, At::ZipFolder))
                    .collect()
            };
            listing.folders = folders(&folder.folders);
            listing.hidden = folders(&folder.hidden);
            let files = folder.files.iter();
            listing.files = files
                .map(|(name, (spelling, number))| node(name, spelling, At::ZipEntry(*number)))
                .collect();
        }
        listing
    }

    /// The first bytes of an entry, at most `most`.
    pub fn head(&mut self, number: usize, place: Place, most: usize) -> Result<Vec<u8>, DataError> {
        let entry = self.archive.by_index(number);
        let entry = entry.map_err(|cause| broken(place.clone(), cause))?;
        let mut bytes = Vec::new();
        match entry.take(most as u64).read_to_end(&mut bytes) {
            Ok(_) => Ok(bytes),
            Err(cause) => Err(broken(place, cause.into())),
        }
    }

    pub fn read(&mut self, number: usize, place: Place) -> Result<Vec<u8>, DataError> {
        let entry = self.archive.by_index(number);
        let mut entry = entry.map_err(|cause| broken(place.clone(), cause))?;
        if entry.is_symlink() {
            return Err(DataError::ZippedLink(place));
        }
        let size = entry.size();
        if size > MOST_BYTES {
            return Err(too_large(place, size));
        }
        let mut bytes = Vec::new();
        // However few bytes an entry has, there may be packed zeros without end in it.
        let read = alone_if_large(size, || {
            entry.by_ref().take(size + 1).read_to_end(&mut bytes)
        });
        match read {
            Ok(_) => Ok(bytes),
            Err(cause) => Err(broken(place, cause.into())),
        }
    }
}

fn broken(place: Place, cause: ZipError) -> DataError {
    // What is only noticed while unpacking comes as an error of reading.
    let cause = match cause {
        ZipError::Io(cause) => cause.downcast().unwrap_or_else(ZipError::Io),
        cause => cause,
    };
    match cause {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            DataError::Encrypted(place)
        }
        ZipError::CompressionMethodNotSupported(method) => DataError::ZipMethod {
            place,
            method: method_name(method),
        },
        cause => DataError::Zip { place, cause },
    }
}

/// What ways of packing are called, by their number in zip files.
fn method_name(method: u16) -> String {
    let name = match method {
        1 => "Shrink",
        2..=5 => "Reduce",
        6 => "Implode",
        9 => "Deflate64",
        12 => "bzip2",
        14 => "LZMA",
        20 | 93 => "Zstandard",
        95 => "xz",
        96 => "JPEG",
        97 => "WavPack",
        98 => "PPMd",
        99 => return "a way that goes with a password".to_owned(),
        other => return format!("method {other}"),
    };
    name.to_owned()
}

/// Adds an entry under the folders that its name goes through, however it is spelt. Nothing lies above the top. Says whether no other
/// entry had its name.
fn add(
    folders: &mut BTreeMap<String, Folder>,
    name: &str,
    spelling: Spelling,
    number: usize,
) -> bool {
    // Windows has separators of its own, which the format forbids.
    let mut parts: Vec<&str> = Vec::new();
    for part in name.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            drive if parts.is_empty() && drive.len() == 2 && drive.ends_with(':') => {}
            part => parts.push(part),
        }
    }
    let file = if name.ends_with(['/', '\\']) {
        None
    } else {
        parts.pop()
    };
    let is_left_out = |part: &&str| is_litter(part) && !is_hidden(part);
    if parts.iter().any(is_left_out) || file.is_some_and(is_litter) {
        return true;
    }
    let mut inside = String::new();
    for part in parts {
        let folder = folders.entry(inside.clone()).or_default();
        let named = if is_hidden(part) {
            &mut folder.hidden
        } else {
            &mut folder.folders
        };
        named.insert(part.to_owned(), spelling);
        inside = join(&inside, part);
        folders.entry(inside.clone()).or_default();
    }
    let Some(file) = file else { return true };
    let folder = folders.entry(inside).or_default();
    let before = folder.files.insert(file.to_owned(), (spelling, number));
    before.is_none()
}
