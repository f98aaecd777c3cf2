//! The course's layout: which files are photos of which class, and which are doodles.

use image::ImageFormat;
use shared::classes::{ClassId, ClassNames, ClassNamesError};

use super::DataError;
use super::store::{Listing, Store, join};

/// Where the photos are, under the top of the layout.
pub(super) const PHOTOS_FOLDER: &str = "train_data";
/// Where the doodles are, under the top of the layout.
pub(super) const DOODLES_FOLDER: &str = "test_data/0";

/// Where the names of the classes may stand, one a line, at the top of the layout.
const CLASSES_FILE: &str = "classes.txt";

/// What the classes are called, and the folder of each below [`PHOTOS_FOLDER`].
pub(super) struct Classes {
    pub names: ClassNames,
    folders: Vec<String>,
}

impl Classes {
    /// The ten of the course, whose folders are numbers.
    fn course() -> Self {
        let names = ClassNames::default();
        let folders = names.ids().map(|class| class.to_string()).collect();
        Self { names, folders }
    }
}

/// The classes of a layout: those that `classes.txt` lists, whose folders have their names or their numbers from 0; else, where
/// no folder is a number, those that the folders are named for, in alphabetical order; else the ten of the course.
pub(super) fn classes(store: &mut Store, top: &str) -> Result<Classes, DataError> {
    let folders = store
        .list(&join(top, PHOTOS_FOLDER))?
        .unwrap_or_default()
        .folders;
    let file = join(top, CLASSES_FILE);
    let at = |place| move |source| DataError::Classes { place, source };
    if store
        .list(top)?
        .is_some_and(|listing| listing.files.contains(CLASSES_FILE))
    {
        let text = store.read(&file)?;
        let text = String::from_utf8_lossy(&text);
        let names = listed_classes(&text).map_err(at(store.place(&file)))?;
        let folder = |(number, name): (usize, &String)| {
            if folders.contains(name) {
                name.clone()
            } else {
                number.to_string()
            }
        };
        let folders = names.names().iter().enumerate().map(folder).collect();
        return Ok(Classes { names, folders });
    }
    let is_number = |name: &String| name.bytes().all(|byte| byte.is_ascii_digit());
    if folders.is_empty() || folders.iter().any(is_number) {
        return Ok(Classes::course());
    }
    let place = store.place(&join(top, PHOTOS_FOLDER));
    let folders: Vec<String> = folders.into_iter().collect();
    let names = ClassNames::new(folders.clone()).map_err(at(place))?;
    Ok(Classes { names, folders })
}

/// The names of a list, one a line; blank lines are left aside.
///
/// # Errors
/// Where they cannot be those of classes.
pub fn listed_classes(text: &str) -> Result<ClassNames, ClassNamesError> {
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    ClassNames::new(
        lines
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect(),
    )
}

/// Where the doodles are: in [`DOODLES_FOLDER`], or right in the folder above that.
pub(super) fn doodles_folder(store: &Store, top: &str) -> Result<String, DataError> {
    let usual = join(top, DOODLES_FOLDER);
    let above = join(top, "test_data");
    let plain = store.list(&usual)?.is_none()
        && store
            .list(&above)?
            .is_some_and(|listing| !listing.files.is_empty());
    Ok(if plain { above } else { usual })
}

/// The folder that holds `train_data` or `test_data`: the top, or the one folder at the top that has either.
pub(super) fn top_of_layout(store: &Store) -> Result<Option<String>, DataError> {
    let holds_layout = |listing: &Listing| {
        ["train_data", "test_data"]
            .iter()
            .any(|name| listing.folders.contains(*name))
    };
    let top = store.list("")?.unwrap_or_default();
    if holds_layout(&top) {
        return Ok(Some(String::new()));
    }
    let mut found = None;
    for folder in top.folders {
        if store
            .list(&folder)?
            .is_some_and(|listing| holds_layout(&listing))
            && found.replace(folder).is_some()
        {
            return Ok(None);
        }
    }
    Ok(found)
}

/// The photos in the order of classes, then of numbers; whatever is wrong goes to `problems`.
pub(super) fn list_photos(
    store: &Store,
    top: &str,
    classes: &Classes,
    problems: &mut Vec<DataError>,
) -> Result<Vec<(ClassId, String)>, DataError> {
    let folder = join(top, PHOTOS_FOLDER);
    let Some(listing) = store.list(&folder)? else {
        problems.push(DataError::MissingFolder(store.place(&folder)));
        return Ok(Vec::new());
    };
    let last = classes.names.len() - 1;
    let unexpected = listing.folders.iter();
    for name in unexpected.filter(|name| !classes.folders.contains(name)) {
        problems.push(DataError::UnexpectedClass {
            folder: store.place(&join(&folder, name)),
            expected: classes.folders.join(", "),
        });
    }
    let mut photos = Vec::new();
    let named = classes.names.ids().zip(classes.names.names());
    for ((class, name), own) in named.zip(&classes.folders) {
        let folder = join(&folder, own);
        match store.list(&folder)? {
            None => problems.push(DataError::MissingClass {
                folder: store.place(&folder),
                class: class.0.into(),
                name: name.clone(),
                last,
            }),
            Some(listing) => {
                let files = pictures(store, &folder, listing, problems);
                photos.extend(
                    files
                        .into_iter()
                        .map(|(_, file)| (class, join(&folder, &file))),
                );
            }
        }
    }
    Ok(photos)
}

/// The doodles of a folder by ascending number, or, where none of their names is a number, numbered in the order of their
/// names; whatever is wrong goes to `problems`.
pub(super) fn list_doodles(
    store: &Store,
    folder: &str,
    problems: &mut Vec<DataError>,
) -> Result<Vec<(u64, String)>, DataError> {
    let Some(listing) = store.list(folder)? else {
        problems.push(DataError::MissingFolder(store.place(folder)));
        return Ok(Vec::new());
    };
    let mut doodles: Vec<(u64, String)> = Vec::new();
    let mut listed = pictures(store, folder, listing, problems);
    if listed.iter().all(|(number, _)| number.is_none()) {
        for (place, (number, _)) in listed.iter_mut().enumerate() {
            *number = u64::try_from(place).ok();
        }
    }
    for (number, file) in listed {
        let file = join(folder, &file);
        match (number, doodles.last()) {
            (None, _) => problems.push(DataError::NotANumber(store.place(&file))),
            (Some(id), Some((before, first))) if id == *before => {
                problems.push(DataError::DuplicateId {
                    first: store.place(first),
                    second: store.place(&file),
                })
            }
            (Some(id), _) => doodles.push((id, file)),
        }
    }
    Ok(doodles)
}

/// The pictures of a folder with the number in each name, ordered by it.
fn pictures(
    store: &Store,
    folder: &str,
    listing: Listing,
    problems: &mut Vec<DataError>,
) -> Vec<(Option<u64>, String)> {
    let mut pictures = Vec::new();
    for file in listing.files {
        let (stem, extension) = file.rsplit_once('.').unwrap_or((&file, ""));
        let format = ImageFormat::from_extension(extension);
        if !format.is_some_and(|format| format.reading_enabled()) {
            problems.push(DataError::NotAPicture(store.place(&join(folder, &file))));
            continue;
        }
        let is_number = stem.bytes().all(|byte| byte.is_ascii_digit());
        pictures.push((if is_number { stem.parse().ok() } else { None }, file));
    }
    if pictures.is_empty() {
        problems.push(DataError::Empty(store.place(folder)));
    }
    pictures.sort();
    pictures
}
