//! Pictures that a person points at: files, folders and zips, decoded a few at a time, so that their number costs no memory.

mod by_class;
mod error;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use image::{GrayImage, ImageFormat, RgbImage};
use rayon::prelude::*;
use serde::Serialize;

use super::fit::{Picture, fit};
use super::labels::number_in;
use super::layout::{self, PHOTOS_FOLDER};
use super::natural::natural_order;
use super::store::{Listing, Place, Store, join, read_file};
use super::{DataError, PictureIndex};
pub use error::{PictureFilesError, Several};

/// What pictures show the world as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Domain {
    /// Drawings, which the network is shown as they are.
    #[default]
    Doodle,
    /// Photos, of which the network is shown what it was trained on, such as their Canny edges.
    Photo,
}

/// Pictures in the order in which they were given, those of a folder in natural order.
pub struct PictureFiles {
    stores: Vec<Store>,
    pictures: Vec<PictureFile>,
    /// Whether their ids are numbers that people know.
    numbered: bool,
    passed_over: usize,
}

#[derive(Clone, Debug)]
struct PictureFile {
    id: u64,
    source: Source,
    /// Its path in the folder or zip, or its name.
    inside: String,
    /// Its path as a person gave it, and its path in the folder or zip.
    file: String,
}

/// Where a picture is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Source {
    /// A place in [`PictureFiles::stores`].
    Store(usize),
    /// A file by itself, whatever its name.
    File(PathBuf),
}

impl PictureFiles {
    /// The pictures of each path: a picture, or a folder or zip with all that is in it. Of the course's layout the doodles or the
    /// photos are taken. Ids are places in that order, from 0.
    ///
    /// # Errors
    /// All paths that lead to no picture.
    pub fn list(paths: &[PathBuf], domain: Domain) -> Result<Self, PictureFilesError> {
        let mut all = Self::new(false);
        let mut problems = Vec::new();
        for path in paths {
            problems.extend(all.add(path, domain).err());
        }
        PictureFilesError::any(problems)?;
        Ok(all)
    }

    /// The doodles of a folder or zip by their numbers, ascending: those in their names, or from 0 in the order of the names.
    ///
    /// # Errors
    /// All that is wrong with the names.
    pub fn numbered(path: &Path) -> Result<Self, PictureFilesError> {
        let mut all = Self::new(true);
        if !path.is_dir() && !is_zip(path) {
            all.add(path, Domain::Doodle)?;
            if let [picture] = &mut all.pictures[..] {
                picture.id = number_in(&picture.inside).unwrap_or_default();
            }
            return Ok(all);
        }
        let store = Store::open(path)?;
        let folder = match layout::top_of_layout(&store)? {
            Some(top) => layout::doodles_folder(&store, &top)?,
            None => plain_folder(&store)?,
        };
        let mut problems = Vec::new();
        for (id, inside) in layout::list_doodles(&store, &folder, &mut problems)? {
            all.push(id, path, inside);
        }
        PictureFilesError::any(problems)?;
        all.stores.push(store);
        Ok(all)
    }

    fn new(numbered: bool) -> Self {
        Self {
            stores: Vec::new(),
            pictures: Vec::new(),
            numbered,
            passed_over: 0,
        }
    }

    fn add(&mut self, path: &Path, domain: Domain) -> Result<(), PictureFilesError> {
        if !path.exists() {
            return Err(PictureFilesError::NotFound(path.to_owned()));
        }
        if !path.is_dir() && !is_zip(path) {
            let inside = path.file_name().map(Path::new);
            self.pictures.push(PictureFile {
                id: self.pictures.len() as u64,
                source: Source::File(path.to_owned()),
                inside: shown(inside.unwrap_or(path)),
                file: shown(path),
            });
            return Ok(());
        }
        let store = Store::open(path)?;
        let folder = match (layout::top_of_layout(&store)?, domain) {
            (Some(top), Domain::Doodle) => layout::doodles_folder(&store, &top)?,
            (Some(top), Domain::Photo) => join(&top, PHOTOS_FOLDER),
            (None, _) => String::new(),
        };
        let before = self.pictures.len();
        self.walk(&store, path, &folder, &mut BTreeSet::new())?;
        if self.pictures.len() == before {
            return Err(PictureFilesError::Empty(path.to_owned()));
        }
        self.stores.push(store);
        Ok(())
    }

    /// All pictures below a folder, each folder's own before those of the folders in it. A folder that links lead to again is left
    /// out.
    fn walk(
        &mut self,
        store: &Store,
        path: &Path,
        folder: &str,
        seen: &mut BTreeSet<PathBuf>,
    ) -> Result<(), PictureFilesError> {
        if let Store::Folder(top) = store
            && let Ok(real) = top.join(folder).canonicalize()
            && !seen.insert(real)
        {
            return Ok(());
        }
        let Listing { folders, files } = listing(store, folder)?;
        for file in in_order(files) {
            if is_picture(&file) {
                self.push(self.pictures.len() as u64, path, join(folder, &file));
            } else {
                self.passed_over += 1;
            }
        }
        for inner in in_order(folders) {
            self.walk(store, path, &join(folder, &inner), seen)?;
        }
        Ok(())
    }

    /// A picture of the store that comes next.
    fn push(&mut self, id: u64, path: &Path, inside: String) {
        let file = join(shown(path).trim_end_matches('/'), &inside);
        self.pictures.push(PictureFile {
            id,
            source: Source::Store(self.stores.len()),
            inside,
            file,
        });
    }

    /// How many pictures there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pictures.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pictures.is_empty()
    }

    /// How many other files were passed over in folders, since their names are not those of pictures.
    #[must_use]
    pub fn passed_over(&self) -> usize {
        self.passed_over
    }

    /// The id of each, and its path for people.
    pub fn files(&self) -> impl Iterator<Item = (u64, &str)> {
        self.pictures
            .iter()
            .map(|picture| (picture.id, picture.file.as_str()))
    }

    /// What a labels file may call them.
    #[must_use]
    pub fn index(&self) -> PictureIndex {
        let inside = self.pictures.iter().map(|picture| picture.inside.as_str());
        if self.numbered {
            let ids = self.pictures.iter().map(|picture| picture.id);
            PictureIndex::numbered(ids.zip(inside))
        } else {
            PictureIndex::named(inside)
        }
    }

    /// Leaves out those that are not wanted.
    pub fn retain(&mut self, wanted: impl Fn(u64) -> bool) {
        self.pictures.retain(|picture| wanted(picture.id));
    }

    /// Decodes `size` at a time as doodles, on all cores, each with its id; `size` is at least 1.
    pub fn doodles(
        &self,
        size: usize,
    ) -> impl Iterator<Item = Vec<(u64, Result<GrayImage, DataError>)>> {
        self.pictures.chunks(size).map(|chunk| self.decoded(chunk))
    }

    /// The same as photos, 32x32.
    pub fn photos(
        &self,
        size: usize,
    ) -> impl Iterator<Item = Vec<(u64, Result<RgbImage, DataError>)>> {
        self.pictures.chunks(size).map(|chunk| self.decoded(chunk))
    }

    fn decoded<P: Picture>(&self, chunk: &[PictureFile]) -> Vec<(u64, Result<P, DataError>)> {
        let decoded = |stores: &mut Vec<Store>, picture: &PictureFile| {
            let inside = &picture.inside;
            let fitted = match &picture.source {
                Source::Store(store) => {
                    let store = &mut stores[*store];
                    fit(inside, &store.read(inside)?, || store.place(inside))
                }
                Source::File(path) => fit(inside, &read_file(path)?, || Place::of(path)),
            };
            Ok(fitted?.picture)
        };
        let pictures = chunk.par_iter();
        pictures
            .map_with(self.stores.clone(), |stores, picture| {
                (picture.id, decoded(stores, picture))
            })
            .collect()
    }
}

fn is_zip(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}

fn is_picture(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ImageFormat::from_extension(ending).is_some_and(|format| format.reading_enabled())
}

fn listing(store: &Store, folder: &str) -> Result<Listing, DataError> {
    let listing = store.list(folder)?;
    listing.ok_or_else(|| DataError::MissingFolder(store.place(folder)))
}

fn in_order(names: BTreeSet<String>) -> Vec<String> {
    let mut names: Vec<String> = names.into_iter().collect();
    names.sort_by(|one, other| natural_order(one, other));
    names
}

/// The top, or where it holds nothing but one folder, as zips often do, that folder.
fn plain_folder(store: &Store) -> Result<String, DataError> {
    Ok(only_folder(&listing(store, "")?).unwrap_or_default())
}

fn only_folder(listing: &Listing) -> Option<String> {
    let is_only = listing.files.is_empty() && listing.folders.len() == 1;
    listing.folders.first().filter(|_| is_only).cloned()
}

/// A path as text: bytes that are not UTF-8 as `\xE9`, so that different paths stay different.
fn shown(path: &Path) -> String {
    let mut text = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests;
