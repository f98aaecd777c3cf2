//! Which picture a cell of a labels file is about.

use std::collections::HashMap;

use image::ImageFormat;
use unicode_normalization::UnicodeNormalization;

use super::number::{Number, is_rounded, number};
use super::table::beginning;
use crate::Doodles;

/// The pictures that a labels file may be about: the id of each, and its file where it has one.
#[derive(Debug, Default)]
pub struct PictureIndex {
    pictures: Vec<Picture>,
    /// Places in `pictures` by what a number, a file's name, or that name without its ending may mean.
    by_number: HashMap<u64, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
    by_stem: HashMap<String, Vec<usize>>,
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
            index.by_number.entry(id).or_default().push(place);
        }
        index
    }

    /// Pictures that go by their files alone, with ids from 0 in their order: a number means a file with that name.
    pub fn named<'a>(files: impl IntoIterator<Item = &'a str>) -> Self {
        let mut index = Self::default();
        for (place, file) in files.into_iter().enumerate() {
            index.add(place as u64, file);
            let name = index.pictures[place].path.last();
            if let Some(number) = name.and_then(|name| number_in(name)) {
                index.by_number.entry(number).or_default().push(place);
            }
        }
        index
    }

    fn add(&mut self, id: u64, file: &str) {
        let (place, path) = (self.pictures.len(), parts(file));
        if let Some(name) = path.last() {
            let name = folded(name);
            let stem = stem(&name).to_owned();
            self.by_stem.entry(stem).or_default().push(place);
            self.by_name.entry(name).or_default().push(place);
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
    fn in_that_folder(&self, path: &[String], places: Option<&Vec<usize>>) -> Vec<usize> {
        let folders = |path: &[String]| path[..path.len().saturating_sub(1)].to_vec();
        let said = folders(path);
        let fits = |place: &usize| {
            let own = folders(&self.pictures[*place].path);
            let from_the_end = own.iter().rev().zip(said.iter().rev());
            from_the_end.fold(true, |fits, (own, said)| {
                fits && folded(own) == folded(said)
            })
        };
        places.into_iter().flatten().copied().filter(fits).collect()
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
        match self.by_number.get(&number).map_or(&[][..], Vec::as_slice) {
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
mod tests {
    use super::*;

    fn course() -> PictureIndex {
        let files = [
            "test_data/0/00000.bmp",
            "test_data/0/00001.bmp",
            "test_data/0/00012.bmp",
        ];
        PictureIndex::numbered([0, 1, 12].into_iter().zip(files))
    }

    fn unclear(index: &PictureIndex, cell: &str) -> String {
        match index.id(cell) {
            Err(PictureError::Unclear(why)) => why,
            other => panic!("{cell}: {other:?}"),
        }
    }

    fn unknown(index: &PictureIndex, cell: &str) -> String {
        assert_eq!(index.id(cell), Err(PictureError::Unknown), "{cell}");
        index.why_unknown(cell)
    }

    #[test]
    fn a_picture_goes_by_its_number_and_by_its_file() {
        for cell in [
            "12",
            "00012",
            "12.0",
            "00012.bmp",
            "00012.BMP",
            "0/00012.bmp",
            "test_data/0/00012.bmp",
            "./test_data/0/00012.bmp",
            "test_data\\0\\00012.bmp",
            "C:\\real_or_drawing\\test_data\\0\\00012.bmp",
            "/content/real_or_drawing/test_data/0/00012.bmp",
            // Converted since.
            "12.png",
            "test_data/0/12.png",
        ] {
            assert_eq!(course().id(cell), Ok(12), "{cell}");
        }
    }

    #[test]
    fn a_picture_of_another_folder_is_another_picture() {
        for cell in [
            "train_data/0/00012.bmp",
            "test_data/1/00012.bmp",
            "train_data/0/12.png",
        ] {
            let why = unknown(&course(), cell);
            assert!(why.contains("the first is test_data/0/00000.bmp"), "{why}");
        }
    }

    #[test]
    fn pictures_without_numbers_go_by_their_names() {
        let files = ["d0.png", "d1.png", "Caf\u{e9}.png", "v1.2.png"];
        let index = PictureIndex::numbered((0..).zip(files));
        for (cell, id) in [
            ("d1.png", 1),
            ("d1", 1),
            ("D1.PNG", 1),
            ("cafe\u{301}.png", 2),
            ("v1.2", 3),
            ("unnamed/test_data/d0.png", 0),
            ("2", 2),
        ] {
            assert_eq!(index.id(cell), Ok(id), "{cell}");
        }
        // A number in a name is no place in the order.
        unknown(&index, "1.png");
        unknown(&index, "d2.png");
        unknown(&index, "v1.3");
    }

    #[test]
    fn files_in_several_folders_are_told_apart() {
        let index = PictureIndex::named([
            "cat/1.png",
            "dog/1.png",
            "dog/2.png",
            "dog/X.png",
            "dog/x.png",
        ]);
        assert_eq!(index.id("dog/1.png"), Ok(1));
        assert_eq!(index.id("2"), Ok(2));
        assert_eq!(index.id("2.png"), Ok(2));
        assert_eq!(index.id("x.png"), Ok(4));
        for cell in ["1", "1.png", "1.jpg", "x"] {
            let why = unclear(&index, cell);
            assert!(why.contains("write the whole path"), "{why}");
        }
    }

    #[test]
    fn numbers_that_lost_digits_are_said_to_have() {
        let ids = [9_000_003_627_287_624, 9_000_003_634_347_624];
        let index = PictureIndex::from(&ids);
        assert_eq!(index.id("9000003627287624"), Ok(ids[0]));
        let why = unknown(&index, "9000003627287620");
        assert!(why.contains("one has 9000003627287624"), "{why}");
        let why = unclear(&index, "9.000003627287624E+15");
        assert!(why.contains("keep that column as text"), "{why}");
        let index = PictureIndex::from(&[3, 3000]);
        let why = unclear(&index, "3.000");
        assert!(why.contains("3 or 3000"), "{why}");
    }
}
