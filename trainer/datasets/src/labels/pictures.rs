//! Which picture a cell of a labels file is about.

use std::collections::HashMap;

use image::ImageFormat;
use unicode_normalization::UnicodeNormalization;

use super::number::{Number, is_rounded, number};
use super::table::beginning;
use crate::Doodles;

/// More places than so many are looked up by folder.
const FEW: usize = 8;

/// The pictures that a labels file may be about: the id of each, and its file where it has one.
#[derive(Debug, Default)]
pub struct PictureIndex {
    pictures: Vec<Picture>,
    /// Places in `pictures` by what a number, a file's name, or that name without its ending may mean.
    by_number: HashMap<u64, Places>,
    by_name: HashMap<String, Places>,
    by_stem: HashMap<String, Places>,
}

/// Places of pictures, in their order.
#[derive(Debug, Default)]
struct Places {
    all: Vec<usize>,
    /// Where there are many, by the folded name of the folder that each is in; `""` for those whose folder is not known.
    by_folder: HashMap<String, Vec<usize>>,
}

impl Places {
    fn sort_by_folder(&mut self, pictures: &[Picture]) {
        if self.all.len() > FEW {
            for place in &self.all {
                let folder = folder(&pictures[*place].path);
                self.by_folder.entry(folder).or_default().push(*place);
            }
        }
    }

    /// Those that may be in a folder of this folded name, and perhaps others.
    fn in_folder(&self, folder: &str) -> Vec<usize> {
        if folder.is_empty() || self.by_folder.is_empty() {
            return self.all.clone();
        }
        let in_folder = [folder, ""]
            .into_iter()
            .filter_map(|folder| self.by_folder.get(folder));
        let mut places: Vec<usize> = in_folder.flatten().copied().collect();
        places.sort_unstable();
        places
    }
}

#[derive(Debug)]
struct Picture {
    id: u64,
    /// The parts of its file's path; none where it has no file.
    path: Vec<String>,
}

/// Why a cell is about none of the pictures.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum PictureError {
    /// It is about a picture that is not there: see [`PictureIndex::why_unknown`].
    Unknown,
    /// It cannot be read, or several pictures may be meant.
    Unclear(String),
}

impl PictureIndex {
    /// Pictures that go by a number, and by a file whose path has `/` between its parts, or is empty where there is none.
    pub fn numbered<'a>(pictures: impl IntoIterator<Item = (u64, &'a str)>) -> Self {
        let mut index = Self::default();
        for (place, (id, file)) in pictures.into_iter().enumerate() {
            index.add(id, file);
            index.by_number.entry(id).or_default().all.push(place);
        }
        index.sorted_by_folder()
    }

    /// Pictures that go by their files alone, with ids from 0 in their order: a number means a file with that name.
    pub fn named<'a>(files: impl IntoIterator<Item = &'a str>) -> Self {
        let mut index = Self::default();
        for (place, file) in files.into_iter().enumerate() {
            index.add(place as u64, file);
            let path = &index.pictures[place].path;
            if let Some(number) = path.last().and_then(|name| number_in(name)) {
                index.by_number.entry(number).or_default().all.push(place);
            }
        }
        index.sorted_by_folder()
    }

    fn sorted_by_folder(mut self) -> Self {
        let names = self.by_name.values_mut().chain(self.by_stem.values_mut());
        for places in names.chain(self.by_number.values_mut()) {
            places.sort_by_folder(&self.pictures);
        }
        self
    }

    fn add(&mut self, id: u64, file: &str) {
        let (place, path) = (self.pictures.len(), parts(file));
        if let Some(name) = path.last() {
            let name = folded(name);
            let stem = stem(&name).to_owned();
            self.by_stem.entry(stem).or_default().all.push(place);
            self.by_name.entry(name).or_default().all.push(place);
        }
        self.pictures.push(Picture { id, path });
    }

    /// How many pictures there are.
    pub fn len(&self) -> usize {
        self.pictures.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.pictures.is_empty()
    }

    /// The id of the picture that a trimmed cell names or numbers.
    pub(super) fn id(&self, cell: &str) -> Result<u64, PictureError> {
        if !cell.bytes().all(|byte| byte.is_ascii_digit())
            && let Some(id) = self.by_file(cell)?
        {
            return Ok(id);
        }
        match number(cell) {
            Number::Whole(number) => self.by_number(number, cell),
            Number::Unsure(why) => Err(PictureError::Unclear(format!(
                "id {:?} {why}",
                beginning(cell)
            ))),
            Number::Other if self.has_files() => Err(PictureError::Unknown),
            Number::Other => Err(PictureError::Unclear(format!(
                "id {:?} is not a number; use the number in the picture's name",
                beginning(cell)
            ))),
        }
    }

    /// What to say about a cell that is about a picture that is not there.
    pub(super) fn why_unknown(&self, cell: &str) -> String {
        let number = match number(cell) {
            Number::Whole(number) => number,
            Number::Other | Number::Unsure(_) => {
                return format!(
                    "no picture is called {:?}; the first is {}",
                    beginning(cell),
                    self.file(0)
                );
            }
        };
        let mut ids = self.by_number.keys();
        match ids.find(|id| is_rounded(number, **id)) {
            Some(id) => format!(
                "no picture has id {number}, but one has {id}, and a spreadsheet keeps 15 digits; keep the ids as text, and write \
                 the file again"
            ),
            None => format!(
                "no picture has id {number}; remove the line, or give the pictures that belong to these labels"
            ),
        }
    }

    /// By the path or the name of its file, with or without the ending; or by the number in that name, whatever the ending is now.
    fn by_file(&self, cell: &str) -> Result<Option<u64>, PictureError> {
        let path = parts(cell);
        let Some(name) = path.last() else {
            return Ok(None);
        };
        let folded_name = folded(name);
        let mut places = self.in_that_folder(&path, self.by_name.get(&folded_name));
        if places.is_empty() && stem(name) == name {
            places = self.in_that_folder(&path, self.by_stem.get(&folded_name));
        }
        if places.is_empty()
            && stem(name) != name
            && let Some(number) = number_in(name)
        {
            places = self.in_that_folder(&path, self.by_number.get(&number));
            places.retain(|place| {
                let own = self.pictures[*place].path.last();
                own.is_none_or(|own| number_in(own) == Some(number))
            });
        }
        let exact = |place: &usize| self.pictures[*place].path.last() == Some(name);
        if places.len() > 1 && places.iter().filter(|place| exact(place)).count() == 1 {
            places.retain(exact);
        }
        match places[..] {
            [] => Ok(None),
            [place] => Ok(Some(self.pictures[place].id)),
            [one, other, ..] => Err(PictureError::Unclear(format!(
                "{cell:?} could be {} or {}; write the whole path",
                self.file(one),
                self.file(other)
            ))),
        }
    }

    /// Those of some places whose file may be in the folder that a path says.
    fn in_that_folder(&self, path: &[String], places: Option<&Places>) -> Vec<usize> {
        let said = folders(path);
        let fits = |place: &usize| {
            let own = folders(&self.pictures[*place].path);
            let mut from_the_end = own.iter().rev().zip(said.iter().rev());
            from_the_end.all(|(own, said)| folded(own) == folded(said))
        };
        let mut places = places.map_or_else(Vec::new, |places| places.in_folder(&folder(path)));
        places.retain(fits);
        places
    }

    fn by_number(&self, number: u64, cell: &str) -> Result<u64, PictureError> {
        let thousand = number.checked_mul(1000);
        if cell.ends_with(".000")
            && thousand.is_some_and(|thousand| self.by_number.contains_key(&thousand))
        {
            return Err(PictureError::Unclear(format!(
                "id {cell:?} could be {number} or {number}000; write it without a point"
            )));
        }
        let places = self.by_number.get(&number);
        match places.map_or(&[][..], |places| places.all.as_slice()) {
            [place] => Ok(self.pictures[*place].id),
            [] => Err(PictureError::Unknown),
            [one, other, ..] => Err(PictureError::Unclear(format!(
                "{cell:?} could be {} or {}; write the whole path",
                self.file(*one),
                self.file(*other)
            ))),
        }
    }

    fn has_files(&self) -> bool {
        self.pictures.iter().any(|picture| !picture.path.is_empty())
    }

    fn file(&self, place: usize) -> String {
        self.pictures[place].path.join("/")
    }
}

/// The parts of a path but for the file's name.
fn folders(path: &[String]) -> &[String] {
    path.split_last().map_or(&[], |(_, folders)| folders)
}

/// The folded name of the folder that a path's file is in, `""` where there is none.
fn folder(path: &[String]) -> String {
    folders(path)
        .last()
        .map(|name| folded(name))
        .unwrap_or_default()
}

/// Pictures that go by their numbers alone.
impl<T: AsRef<[u64]> + ?Sized> From<&T> for PictureIndex {
    fn from(ids: &T) -> Self {
        Self::numbered(ids.as_ref().iter().map(|id| (*id, "")))
    }
}

impl From<&Doodles> for PictureIndex {
    fn from(doodles: &Doodles) -> Self {
        let files = doodles.files.iter().map(String::as_str);
        Self::numbered(doodles.ids.iter().copied().zip(files))
    }
}

/// A name without regard to case and Unicode's normal forms.
pub(super) fn folded(name: &str) -> String {
    name.nfc()
        .collect::<String>()
        .to_lowercase()
        .nfc()
        .collect()
}

/// The parts of a path as Unix and Windows write it.
fn parts(path: &str) -> Vec<String> {
    path.split(['/', '\\'])
        .filter(|part| !part.is_empty() && *part != ".")
        .map(|part| part.nfc().collect())
        .collect()
}

/// A file's name without the ending of a picture.
fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, ending)) if ImageFormat::from_extension(ending).is_some() => stem,
        _ => name,
    }
}

/// The number that a file's name is.
pub(crate) fn number_in(name: &str) -> Option<u64> {
    let stem = stem(name);
    let is_number = !stem.is_empty() && stem.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { stem.parse().ok() } else { None }
}

#[cfg(test)]
mod tests;
