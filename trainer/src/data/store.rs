//! Folders and zip files behind one face: list a folder, read a file.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zip::ZipArchive;

use super::DataError;
use super::decode::{MOST_BYTES, PictureError, alone_if_large};

/// A file or folder of a data set, for messages: a path, or `pictures.zip: train_data/3/7.bmp` inside a zip.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(String);

impl Place {
    /// A file or folder outside of a data set.
    pub(super) fn of(path: &Path) -> Self {
        Self(path.display().to_string())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a folder holds. Names are sorted; hidden files and the litter of file managers are left out.
#[derive(Debug, Default, Clone)]
pub(super) struct Listing {
    pub folders: BTreeSet<String>,
    pub files: BTreeSet<String>,
}

/// A folder or a zip file. Paths inside are relative, with `/` between the parts; the top is `""`.
#[derive(Clone)]
pub(super) enum Store {
    Folder(PathBuf),
    Zip {
        path: PathBuf,
        listings: Arc<BTreeMap<String, Listing>>,
        archive: ZipArchive<Cursor<Arc<[u8]>>>,
    },
}

/// `folder/name`, or `name` at the top.
pub(super) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

fn is_litter(name: &str) -> bool {
    name.starts_with('.') || ["__MACOSX", "Thumbs.db", "desktop.ini"].contains(&name)
}

impl Store {
    /// Opens a folder or a zip file. A zip is read into memory whole, so that many threads can unpack it at once.
    pub fn open(location: &Path) -> Result<Self, DataError> {
        if location.is_dir() {
            return Ok(Self::Folder(location.to_owned()));
        }
        if !location.exists() {
            return Err(DataError::NotFound(location.to_owned()));
        }
        if !location
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("zip"))
        {
            return Err(DataError::NotADataSet(location.to_owned()));
        }
        let place = || Place(location.display().to_string());
        let bytes = fs::read(location).map_err(|source| DataError::Unreadable {
            place: place(),
            source,
        })?;
        let damaged = |source| DataError::Zip {
            place: place(),
            source,
        };
        let archive = ZipArchive::new(Cursor::new(Arc::from(bytes))).map_err(damaged)?;
        let names = archive
            .file_names()
            .collect::<Result<Vec<_>, _>>()
            .map_err(damaged)?;
        let listings = Arc::new(listings_of_names(names.iter().map(AsRef::as_ref)));
        Ok(Self::Zip {
            path: location.to_owned(),
            listings,
            archive,
        })
    }

    /// How messages name a file or folder of this store.
    pub fn place(&self, inside: &str) -> Place {
        Place(match self {
            Self::Folder(path) => path.join(inside).display().to_string(),
            Self::Zip { path, .. } if inside.is_empty() => path.display().to_string(),
            Self::Zip { path, .. } => format!("{}: {inside}", path.display()),
        })
    }

    /// What a folder holds, or `None` where there is no such folder.
    pub fn list(&self, folder: &str) -> Result<Option<Listing>, DataError> {
        match self {
            Self::Folder(path) => {
                let path = path.join(folder);
                if !path.is_dir() {
                    return Ok(None);
                }
                list_folder(&path)
                    .map(Some)
                    .map_err(|source| DataError::Unreadable {
                        place: self.place(folder),
                        source,
                    })
            }
            Self::Zip { listings, .. } => Ok(listings.get(folder).cloned()),
        }
    }

    /// A file's bytes.
    pub fn read(&mut self, file: &str) -> Result<Vec<u8>, DataError> {
        let place = self.place(file);
        match self {
            Self::Folder(path) => read_file(&path.join(file)),
            Self::Zip { archive, .. } => {
                let mut entry = match archive.by_name(file) {
                    Ok(entry) => entry,
                    Err(source) => return Err(DataError::Zip { place, source }),
                };
                let size = entry.size();
                if size > MOST_BYTES {
                    return Err(too_large(place, size));
                }
                let mut bytes = Vec::new();
                // A few bytes may be packed zeros without end.
                let read = alone_if_large(size, || {
                    entry.by_ref().take(size + 1).read_to_end(&mut bytes)
                });
                match read {
                    Ok(_) => Ok(bytes),
                    Err(source) => Err(DataError::Zip {
                        place,
                        source: source.into(),
                    }),
                }
            }
        }
    }
}

/// A file's bytes.
pub(super) fn read_file(path: &Path) -> Result<Vec<u8>, DataError> {
    let unreadable = |source| DataError::Unreadable {
        place: Place::of(path),
        source,
    };
    let size = fs::metadata(path).map_err(unreadable)?.len();
    if size > MOST_BYTES {
        return Err(too_large(Place::of(path), size));
    }
    alone_if_large(size, || fs::read(path)).map_err(unreadable)
}

fn too_large(place: Place, size: u64) -> DataError {
    let cause = PictureError::TooLarge(format!("{} MiB", size >> 20));
    DataError::Picture { place, cause }
}

fn list_folder(path: &Path) -> std::io::Result<Listing> {
    let mut listing = Listing::default();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_litter(&name) {
            continue;
        }
        let mut kind = entry.file_type()?;
        if kind.is_symlink() {
            kind = fs::metadata(entry.path())?.file_type();
        }
        if kind.is_dir() {
            listing.folders.insert(name)
        } else {
            listing.files.insert(name)
        };
    }
    Ok(listing)
}

/// The folders of a zip from the names of its entries, which may or may not include the folders themselves.
fn listings_of_names<'a>(names: impl Iterator<Item = &'a str>) -> BTreeMap<String, Listing> {
    let mut listings = BTreeMap::from([(String::new(), Listing::default())]);
    for name in names.filter(|name| !name.split('/').any(is_litter)) {
        let (mut folder, mut parts) = (String::new(), name.split('/').peekable());
        while let Some(part) = parts.next().filter(|part| !part.is_empty()) {
            let listing = listings.entry(folder.clone()).or_default();
            if parts.peek().is_none() {
                listing.files.insert(part.to_owned());
            } else {
                listing.folders.insert(part.to_owned());
                folder = join(&folder, part);
                listings.entry(folder.clone()).or_default();
            }
        }
    }
    listings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zip_lists_folders_with_and_without_their_own_entries() {
        let listings = listings_of_names(
            [
                "top/",
                "top/a/",
                "top/b/1.bmp",
                "__MACOSX/top/1.bmp",
                "top/.DS_Store",
            ]
            .into_iter(),
        );
        assert_eq!(listings[""].folders, BTreeSet::from(["top".to_owned()]));
        assert_eq!(
            listings["top"].folders,
            BTreeSet::from(["a".to_owned(), "b".to_owned()])
        );
        assert!(listings["top"].files.is_empty());
        assert!(listings["top/a"].files.is_empty());
        assert_eq!(
            listings["top/b"].files,
            BTreeSet::from(["1.bmp".to_owned()])
        );
    }
}
