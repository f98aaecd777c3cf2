//! What the classes are called, and which folder holds the photos of each.

use std::collections::HashMap;

use shared::classes::{ClassNames, ClassNamesError};
use unicode_normalization::UnicodeNormalization;

use super::DataError;
use super::notes::Notes;
use super::store::{Listing, Node, Spelling, Store};

/// Where the names of the classes may stand, one a line, at the top of the layout.
const CLASSES_FILE: &str = "classes.txt";

/// What the classes are called, and where the photos of each are.
pub(super) struct Classes {
    pub names: ClassNames,
    /// Each one's folder, or the name that it should have.
    pub folders: Vec<Result<Node, String>>,
}

impl Classes {
    /// What each one's folder is called, or should be.
    pub fn expected(&self) -> impl Iterator<Item = &str> {
        let folders = self.folders.iter();
        folders.map(|folder| match folder {
            Ok(folder) => folder.name.as_str(),
            Err(expected) => expected,
        })
    }

    /// Whether a folder is a class's, or one about which something worse was said.
    pub fn has(&self, folder: &Node) -> bool {
        let is_same = |known: &Node| composed(&known.name) == composed(&folder.name);
        folder.spelling == Spelling::Bytes || self.folders().any(is_same)
    }

    /// The folders that there are.
    pub fn folders(&self) -> impl Iterator<Item = &Node> {
        self.folders.iter().flatten()
    }

    /// With the folders that have the classes' names, or else their numbers.
    fn new(names: ClassNames, folders: &[Node], has_names: bool) -> Self {
        let (mut named, mut numbered) = (HashMap::new(), HashMap::new());
        for folder in folders {
            if has_names {
                named.entry(composed(&folder.name)).or_insert(folder);
            }
            if is_number(&folder.name)
                && let Ok(number) = folder.name.parse::<usize>()
            {
                numbered.entry(number).or_insert(folder);
            }
        }
        let find = |(number, name): (usize, &String)| {
            let folder = named.get(name).or_else(|| numbered.get(&number));
            let folder = folder.map(|folder| Node::clone(folder));
            folder.ok_or_else(|| number.to_string())
        };
        let folders = names.names().iter().enumerate().map(find).collect();
        Self { names, folders }
    }
}

/// The classes of a layout: those that `classes.txt` lists, whose folders have their names or their numbers from 0; else, where
/// no folder is a number, those that the folders are named for, in alphabetical order; else the ten of the course.
pub(super) fn classes(
    store: &mut Store,
    top: &Listing,
    photos: Option<&Listing>,
    notes: &mut Notes,
) -> Result<Classes, DataError> {
    let (mut folders, mut places) = (Vec::<Node>::new(), HashMap::new());
    for folder in photos.iter().flat_map(|photos| &photos.folders) {
        let name = composed(&folder.name);
        let same = places.get(&name).map(|place: &usize| &folders[*place]);
        if folder.spelling == Spelling::Bytes {
            notes
                .problems
                .push(DataError::ClassNotText(store.place(folder)));
        } else if let Some(same) = same {
            notes.problems.push(DataError::SameClass {
                first: store.place(same),
                second: store.place(folder),
            });
        } else {
            places.insert(name, folders.len());
            folders.push(folder.clone());
        }
    }
    if let Some(file) = top.file(CLASSES_FILE) {
        let place = store.place(file);
        let Some(text) = plain_text(&store.read(file)?) else {
            return Err(DataError::NotText(place));
        };
        let names = listed_classes(&text).map_err(|cause| DataError::Classes { place, cause })?;
        return Ok(Classes::new(names, &folders, true));
    }
    let Some(photos) = photos.filter(|_| !folders.is_empty()) else {
        return Ok(Classes::new(ClassNames::default(), &[], false));
    };
    if folders.iter().any(|folder| is_number(&folder.name)) {
        return Ok(Classes::new(ClassNames::default(), &folders, false));
    }
    let names = folders
        .iter()
        .map(|folder| composed(&folder.name))
        .collect();
    let names = ClassNames::new(names).map_err(|cause| DataError::Classes {
        place: photos.place.clone(),
        cause,
    })?;
    Ok(Classes::new(names, &folders, true))
}

/// Whether a name is a number, of any size.
pub(super) fn is_number(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())
}

/// The same text with its letters and accents in one character each, as keyboards write them; macOS keeps names of files otherwise.
fn composed(name: &str) -> String {
    name.nfc().collect()
}

/// Text in UTF-8, or in UTF-16 with a byte-order mark, as on Windows.
fn plain_text(bytes: &[u8]) -> Option<String> {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let (units, rest) = bytes.as_chunks::<2>();
        let units: Vec<u16> = units.iter().map(|pair| unit(*pair)).collect();
        rest.is_empty().then(|| String::from_utf16(&units).ok())?
    };
    match bytes {
        [0xff, 0xfe, text @ ..] => utf16(text, u16::from_le_bytes),
        [0xfe, 0xff, text @ ..] => utf16(text, u16::from_be_bytes),
        text => String::from_utf8(text.to_vec()).ok(),
    }
}

/// The names of a list, one a line; blank lines are ignored.
///
/// # Errors
/// Where they cannot be those of classes.
pub fn listed_classes(text: &str) -> Result<ClassNames, ClassNamesError> {
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    ClassNames::new(
        lines
            .filter(|line| !line.is_empty())
            .map(composed)
            .collect(),
    )
}
