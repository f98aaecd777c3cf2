//! Pictures that a person points at: files, folders and zips, decoded a few at a time, so that their number costs no memory.

mod by_class;
mod error;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use image::{GrayImage, RgbImage};
use rayon::prelude::*;
use serde::Serialize;

use super::fit::{Picture, fit};
use super::labels::number_in;
use super::layout::{self, Sorted};
use super::natural::natural_order;
use super::notes::Notes;
use super::store::{Listing, Node, Place, Store, join, read_file, text};
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
    location: FileLocation,
    /// Its path in the folder or zip, or its name.
    inside: String,
    /// Its path as a person gave it, and its path in the folder or zip.
    file: String,
}

/// Where a picture is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum FileLocation {
    /// A file of one of [`PictureFiles::stores`], by its place there.
    Store(usize, Node),
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
        let Some(mut store) = open(path)? else {
            all.add_single(path);
            if let [picture] = &mut all.pictures[..] {
                picture.id = number_in(&picture.inside).unwrap_or_default();
            }
            return Ok(all);
        };
        let mut notes = Notes::default();
        let folder = match layout::top_of_layout(&store)? {
            Some(top) => {
                let top = store.list(&top)?;
                layout::list_doodles_folder(&store, &top, &mut notes)
            }
            None => Some(plain_folder(&store)?),
        };
        if let Some(folder) = folder {
            for (id, file) in layout::list_doodles(&mut store, folder, &mut notes) {
                all.push(id, path, file);
            }
        }
        DataError::all(store.place_of(""), notes.problems)?;
        all.passed_over = notes.passed_over.files();
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
        let Some(mut store) = open(path)? else {
            self.add_single(path);
            return Ok(());
        };
        let mut notes = Notes::default();
        let folder = match layout::top_of_layout(&store)? {
            Some(top) => {
                let top = store.list(&top)?;
                match domain {
                    Domain::Doodle => layout::list_doodles_folder(&store, &top, &mut notes),
                    Domain::Photo => layout::list_photos_folder(&store, &top, &mut notes),
                }
            }
            None => Some(store.list(&store.top())?),
        };
        let before = self.pictures.len();
        if let Some(folder) = folder {
            self.walk(
                &mut store,
                path,
                folder,
                &mut BTreeSet::new(),
                &mut notes.problems,
            );
        }
        DataError::all(store.place_of(""), notes.problems)?;
        if self.pictures.len() == before {
            return Err(PictureFilesError::Empty(path.to_owned()));
        }
        self.stores.push(store);
        Ok(())
    }

    fn add_single(&mut self, path: &Path) {
        let inside = path.file_name().unwrap_or(path.as_os_str());
        self.pictures.push(PictureFile {
            id: self.pictures.len() as u64,
            location: FileLocation::File(path.to_owned()),
            inside: text(inside),
            file: text(path.as_os_str()),
        });
    }

    /// All pictures below a folder, each folder's own before those of the folders in it. A folder that was `seen`, and that links
    /// lead to again, is left out.
    fn walk(
        &mut self,
        store: &mut Store,
        path: &Path,
        folder: Listing,
        seen: &mut BTreeSet<PathBuf>,
        problems: &mut Vec<DataError>,
    ) {
        let real = folder.path.and_then(|path| path.canonicalize().ok());
        if real.is_some_and(|real| !seen.insert(real)) {
            return;
        }
        problems.extend(folder.broken);
        let Sorted {
            mut pictures,
            unread,
            others,
        } = layout::sorted(store, folder.files);
        self.passed_over += others.len() + unread.copies.len();
        // What is wrong with these is told where they are decoded.
        pictures.extend(unread.alone.into_iter().map(|(file, _)| file));
        for file in in_order(pictures) {
            self.push(self.pictures.len() as u64, path, file);
        }
        for inner in in_order(folder.folders) {
            match store.list(&inner) {
                Ok(listing) => self.walk(store, path, listing, seen, problems),
                Err(problem) => problems.push(problem),
            }
        }
    }

    /// A picture of the store that comes next.
    fn push(&mut self, id: u64, path: &Path, file: Node) {
        let path = text(path.as_os_str());
        self.pictures.push(PictureFile {
            id,
            inside: file.inside.clone(),
            file: join(path.trim_end_matches('/'), &file.inside),
            location: FileLocation::Store(self.stores.len(), file),
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
            let name = &picture.inside;
            let fitted = match &picture.location {
                FileLocation::Store(store, file) => {
                    let store = &mut stores[*store];
                    fit(name, &store.read(file)?, || store.place(file))
                }
                FileLocation::File(path) => fit(name, &read_file(path)?, || Place::of(path)),
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

/// The folder or zip at a path, or none where there is a file of another kind.
fn open(path: &Path) -> Result<Option<Store>, PictureFilesError> {
    match Store::open(path) {
        Ok(store) => Ok(Some(store)),
        Err(DataError::NotADataSet(_)) => Ok(None),
        Err(DataError::NotFound(_)) => Err(PictureFilesError::NotFound(path.to_owned())),
        Err(other) => Err(other.into()),
    }
}

fn in_order(mut nodes: Vec<Node>) -> Vec<Node> {
    nodes.sort_by(|one, other| natural_order(&one.name, &other.name));
    nodes
}

/// The top, or where it holds no pictures but one folder, as zips often do, that folder.
fn plain_folder(store: &Store) -> Result<Listing, DataError> {
    let mut listing = store.list(&store.top())?;
    // Links may go round in circles.
    for _ in 0..layout::DEEPEST {
        match only_folder(&listing) {
            Some(only) => listing = store.list(only)?,
            None => break,
        }
    }
    Ok(listing)
}

/// The only folder of one that holds no pictures.
fn only_folder(listing: &Listing) -> Option<&Node> {
    match &listing.folders[..] {
        [only] if !listing.files.iter().any(layout::is_picture) => Some(only),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
