use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::litter::{is_hidden, is_litter};
use super::node::{At, Listing, Node, Spelling, join, too_large};
use super::place::{Place, text};
use crate::DataError;
use crate::decode::{MOST_BYTES, alone_if_large};

/// What a folder holds; links are followed.
pub(super) fn list(path: &Path, inside: &str) -> Result<Listing, DataError> {
    let unreadable = |cause| DataError::Unreadable {
        place: Place::of(path),
        cause,
    };
    let mut listing = Listing {
        path: Some(path.to_owned()),
        ..Listing::empty(inside, Place::of(path))
    };
    for entry in fs::read_dir(path).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let path = entry.path();
        let node = node(inside, &entry.file_name(), path.clone());
        if is_litter(&node.name) {
            if is_hidden(&node.name) && path.is_dir() {
                listing.hidden.push(node);
            }
            continue;
        }
        let kind = match entry.file_type() {
            Ok(kind) if !kind.is_symlink() => Ok(kind),
            _ => fs::metadata(&path).map(|metadata| metadata.file_type()),
        };
        let kind = match kind {
            Ok(kind) => kind,
            Err(cause) => {
                listing.broken.push(unusable(&path, cause));
                continue;
            }
        };
        if kind.is_dir() {
            listing.folders.push(node);
        } else if kind.is_file() {
            listing.files.push(node);
        }
    }
    listing
        .folders
        .sort_by(|one, other| one.name.cmp(&other.name));
    listing
        .hidden
        .sort_by(|one, other| one.name.cmp(&other.name));
    listing
        .files
        .sort_by(|one, other| one.name.cmp(&other.name));
    listing.broken.sort_by_key(ToString::to_string);
    Ok(listing)
}

/// A file or folder of a folder that is `inside` the store.
fn node(inside: &str, name: &OsStr, path: PathBuf) -> Node {
    let (name, spelling) = match name.to_str() {
        Some(name) => (name.to_owned(), Spelling::Exact),
        None => (text(name), Spelling::Bytes),
    };
    Node {
        inside: join(inside, &name),
        name,
        spelling,
        at: At::Path(path),
    }
}

/// Why there is nothing at a path.
pub(crate) fn unusable(path: &Path, cause: io::Error) -> DataError {
    let place = Place::of(path);
    let is_link = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    if is_link && cause.kind() != ErrorKind::PermissionDenied {
        let target = fs::read_link(path).map(|target| Place::of(&target));
        let target = target.map_or_else(|_| "?".to_owned(), |target| target.to_string());
        return DataError::BrokenLink { place, target };
    }
    DataError::Unreadable { place, cause }
}

/// A file's bytes.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, DataError> {
    let unreadable = |cause| unusable(path, cause);
    let mut file = File::open(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    let size = metadata.len();
    if size > MOST_BYTES {
        return Err(too_large(Place::of(path), size));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    // It may grow meanwhile.
    let read = || file.by_ref().take(MOST_BYTES).read_to_end(&mut bytes);
    alone_if_large(size, read).map_err(unreadable)?;
    Ok(bytes)
}

/// The first bytes of a file, at most `most`.
pub(crate) fn head(path: &Path, most: usize) -> Result<Vec<u8>, DataError> {
    let read = || {
        let mut bytes = Vec::new();
        File::open(path)?
            .take(most as u64)
            .read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(|cause| unusable(path, cause))
}
