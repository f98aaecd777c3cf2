//! The course's layout: which files are photos of which class, and which are doodles.

use shared::classes::{ClassId, ClassNames};

use super::DataError;
use super::store::{Listing, Store, join};

/// Where the photos are, under the top of the layout.
pub(super) const PHOTOS_FOLDER: &str = "train_data";
/// Where the doodles are, under the top of the layout.
pub(super) const DOODLES_FOLDER: &str = "test_data/0";

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
    classes: &ClassNames,
    problems: &mut Vec<DataError>,
) -> Result<Vec<(ClassId, String)>, DataError> {
    let folder = join(top, PHOTOS_FOLDER);
    let Some(listing) = store.list(&folder)? else {
        problems.push(DataError::MissingFolder(store.place(&folder)));
        return Ok(Vec::new());
    };
    let last = classes.len() - 1;
    let class_of = |name: &str| classes.ids().find(|class| class.to_string() == name);
    for name in listing
        .folders
        .iter()
        .filter(|name| class_of(name).is_none())
    {
        problems.push(DataError::UnexpectedClass {
            folder: store.place(&join(&folder, name)),
            last,
        });
    }
    let mut photos = Vec::new();
    for (class, name) in classes.ids().zip(classes.names()) {
        let folder = join(&folder, &class.to_string());
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

/// The doodles of a folder by ascending number; whatever is wrong goes to `problems`.
pub(super) fn list_doodles(
    store: &Store,
    folder: &str,
    problems: &mut Vec<DataError>,
) -> Result<Vec<(u32, String)>, DataError> {
    let Some(listing) = store.list(folder)? else {
        problems.push(DataError::MissingFolder(store.place(folder)));
        return Ok(Vec::new());
    };
    let mut doodles: Vec<(u32, String)> = Vec::new();
    for (number, file) in pictures(store, folder, listing, problems) {
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
) -> Vec<(Option<u32>, String)> {
    let mut pictures = Vec::new();
    for file in listing.files {
        let (stem, extension) = file.rsplit_once('.').unwrap_or((&file, ""));
        if !["bmp", "png"]
            .iter()
            .any(|known| extension.eq_ignore_ascii_case(known))
        {
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
