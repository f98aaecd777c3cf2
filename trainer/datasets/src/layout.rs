//! The course's layout: which files are photos of which class, and which are doodles.

use std::collections::HashSet;

use shared::classes::ClassId;

use super::DataError;
use super::class_folders::{Classes, is_number};
use super::format::{Contents, HEAD, Named, contents, named};
use super::notes::Notes;
use super::passed_over::Why;
use super::store::{Listing, Node, Store, join};

/// Where the photos are, under the top of the layout.
pub(super) const PHOTOS_FOLDER: &str = "train_data";
/// Where the doodles are, under the top of the layout.
pub(super) const DOODLES_FOLDER: &str = "test_data/0";
/// The folder above, where they may be as well.
pub(super) const ABOVE_DOODLES: &str = "test_data";

/// How many folders deep the layout is looked for.
pub(super) const DEEPEST: usize = 5;
/// And in how many folders.
const MOST_FOLDERS: usize = 1000;

/// The folder that holds `train_data` or `test_data`: the top, or the only one that has either, below other folders.
pub(super) fn top_of_layout(store: &Store) -> Result<Option<Node>, DataError> {
    let mut level = vec![store.top()];
    let mut seen = 0;
    for depth in 0..=DEEPEST {
        let (mut found, mut below) = (Vec::new(), Vec::new());
        for folder in level {
            seen += 1;
            let listing = match store.list(&folder) {
                Ok(listing) => listing,
                Err(problem) if depth == 0 => return Err(problem),
                Err(_) => continue,
            };
            if [PHOTOS_FOLDER, ABOVE_DOODLES]
                .iter()
                .any(|name| listing.folder(name).is_some())
            {
                found.push(folder);
            } else if !listing.files.iter().any(is_picture) {
                below.extend(listing.folders);
            }
            if seen == MOST_FOLDERS {
                break;
            }
        }
        if found.len() > 1 {
            let folders: Vec<String> = found.iter().map(|folder| folder.inside.clone()).collect();
            return Err(DataError::Several {
                place: store.place_of(""),
                folders: folders.join(", "),
            });
        }
        if let Some(only) = found.pop() {
            return Ok(Some(only));
        }
        if seen == MOST_FOLDERS {
            break;
        }
        level = below;
    }
    Ok(None)
}

/// Whether a file is a picture that is read, by its name.
pub(super) fn is_picture(file: &Node) -> bool {
    matches!(named(&file.name), Named::Picture(_))
}

/// Where the folders of the classes are.
pub(super) fn list_photos_folder(
    store: &Store,
    top: &Listing,
    notes: &mut Notes,
) -> Option<Listing> {
    let Some(folder) = top.folder(PHOTOS_FOLDER) else {
        notes.problems.push(missing(store, top, PHOTOS_FOLDER));
        return None;
    };
    note_other_cases(store, top, PHOTOS_FOLDER, notes);
    listed(store, folder, notes)
}

/// Whoever has both does not mean one of them to be left out silently.
fn note_other_cases(store: &Store, top: &Listing, name: &str, notes: &mut Notes) {
    for folder in top.other_cases(name) {
        notes.passed_over.add(Why::OtherCase, store.place(folder));
    }
}

fn listed(store: &Store, folder: &Node, notes: &mut Notes) -> Option<Listing> {
    store
        .list(folder)
        .map_err(|problem| notes.problems.push(problem))
        .ok()
}

fn missing(store: &Store, listing: &Listing, inside: &str) -> DataError {
    DataError::MissingFolder {
        place: store.place_of(&join(&listing.inside, inside)),
        found: listing.folder_names(),
        archives: listing.archive_names(),
    }
}

/// The photos in the order of classes, then of numbers.
pub(super) fn list_photos(
    store: &mut Store,
    listing: Listing,
    classes: &Classes,
    notes: &mut Notes,
) -> Vec<(ClassId, Node)> {
    notes.problems.extend(listing.broken);
    for folder in &listing.hidden {
        let inside = store.list(folder);
        if inside.is_ok_and(|inside| inside.files.iter().any(is_picture)) {
            notes.passed_over.add(Why::Hidden, store.place(folder));
        }
    }
    let last = classes.names.len() - 1;
    for folder in listing.folders.iter().filter(|folder| !classes.has(folder)) {
        notes.problems.push(DataError::UnexpectedClass {
            folder: store.place(folder),
            expected: classes.expected().collect::<Vec<_>>().join(", "),
        });
    }
    if listing.folders.is_empty() && listing.files.iter().any(is_picture) {
        notes.problems.push(DataError::NoClasses(listing.place));
        return Vec::new();
    }
    for file in &listing.files {
        let why = if is_picture(file) {
            Why::Beside
        } else {
            Why::NoPicture
        };
        notes.passed_over.add(why, store.place(file));
    }
    let mut photos = Vec::new();
    let named = classes.names.ids().zip(classes.names.names());
    for ((class, name), folder) in named.zip(&classes.folders) {
        match folder {
            Err(expected) => notes.problems.push(DataError::MissingClass {
                folder: store.place_of(&join(&listing.inside, expected)),
                class: class.0.into(),
                name: name.clone(),
                last,
            }),
            Ok(folder) => match store.list(folder) {
                Ok(listing) => {
                    let files = pictures(store, listing, notes);
                    photos.extend(files.into_iter().map(|file| (class, file)));
                }
                Err(problem) => notes.problems.push(problem),
            },
        }
    }
    photos
}

/// Where the doodles are: in `test_data/0`, right in `test_data`, or in the only folder there.
pub(super) fn list_doodles_folder(
    store: &Store,
    top: &Listing,
    notes: &mut Notes,
) -> Option<Listing> {
    let Some(above) = top.folder(ABOVE_DOODLES) else {
        notes.problems.push(missing(store, top, DOODLES_FOLDER));
        return None;
    };
    note_other_cases(store, top, ABOVE_DOODLES, notes);
    let above = listed(store, above, notes)?;
    let has_pictures = above
        .files
        .iter()
        .any(|file| named(&file.name) != Named::Other);
    let folder = match (above.folder("0"), &above.folders[..]) {
        (Some(usual), _) => usual,
        (None, [only]) if !has_pictures => only,
        (None, [_, _, ..]) if !has_pictures => {
            notes.problems.push(missing(store, &above, "0"));
            return None;
        }
        (None, _) => return Some(above),
    };
    for file in above.files.iter().filter(|file| is_picture(file)) {
        notes.passed_over.add(Why::Beside, store.place(file));
    }
    listed(store, folder, notes)
}

/// The doodles of a folder by ascending number, or, where none of their names is a number, numbered in the order of their
/// names.
pub(super) fn list_doodles(
    store: &mut Store,
    listing: Listing,
    notes: &mut Notes,
) -> Vec<(u64, Node)> {
    let listed = pictures(store, listing, notes);
    let has_numbers = listed.iter().any(|file| is_number(stem(&file.name)));
    let mut doodles: Vec<(u64, Node)> = Vec::new();
    for (place, file) in (0..).zip(listed) {
        let number = if has_numbers {
            number(&file)
        } else {
            Some(place)
        };
        match (number, doodles.last()) {
            (None, _) if is_number(stem(&file.name)) => {
                notes
                    .problems
                    .push(DataError::NumberTooLarge(store.place(&file)));
            }
            (None, _) => notes
                .problems
                .push(DataError::NotANumber(store.place(&file))),
            (Some(id), Some((before, first))) if id == *before => {
                notes.problems.push(DataError::DuplicateId {
                    first: store.place(first),
                    second: store.place(&file),
                });
            }
            (Some(id), _) => doodles.push((id, file)),
        }
    }
    doodles
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn number(file: &Node) -> Option<u64> {
    let stem = stem(&file.name);
    if is_number(stem) {
        stem.parse().ok()
    } else {
        None
    }
}

/// The pictures of a folder, ordered by the number in each name, or else by the name.
fn pictures(store: &mut Store, listing: Listing, notes: &mut Notes) -> Vec<Node> {
    notes.problems.extend(listing.broken);
    for folder in &listing.folders {
        notes.passed_over.add(Why::Folder, store.place(folder));
    }
    let Sorted {
        mut pictures,
        unread,
        others,
    } = sorted(store, listing.files);
    if pictures.is_empty() && unread.alone.is_empty() {
        let first = others.first();
        notes.problems.push(DataError::Empty {
            place: listing.place,
            others: first.map(|first| (others.len(), store.place(first))),
        });
        return pictures;
    }
    for (files, why) in [(others, Why::NoPicture), (unread.copies, Why::OtherFormat)] {
        for file in files {
            notes.passed_over.add(why, store.place(&file));
        }
    }
    let problem = |(file, format): (Node, _)| DataError::unread(store.place(&file), format);
    notes.problems.extend(unread.alone.into_iter().map(problem));
    pictures.sort_by_cached_key(|file| (number(file), file.name.clone()));
    pictures
}

/// The files of a folder by what they are.
pub(super) struct Sorted {
    /// Pictures that are read.
    pub pictures: Vec<Node>,
    /// Pictures that are not.
    pub unread: Unread,
    pub others: Vec<Node>,
}

/// Pictures of formats that are not read.
pub(super) struct Unread {
    /// With their formats.
    pub alone: Vec<(Node, &'static str)>,
    /// Those with a picture of the same name: cameras and drawing programs keep what they make in a format of their own beside it.
    pub copies: Vec<Node>,
}

/// Tells the files of a folder apart by their names, and those with other names by what they hold.
pub(super) fn sorted(store: &mut Store, files: Vec<Node>) -> Sorted {
    let (mut pictures, mut unread, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for file in files {
        match named(&file.name) {
            Named::Picture(_) => pictures.push(file),
            Named::Unread(format) => unread.push((file, format)),
            // One that cannot be read is not missed either.
            Named::Other => match store.head(&file, HEAD).map(|head| contents(&head)) {
                Ok(Contents::Picture(_)) => pictures.push(file),
                Ok(_) | Err(_) => others.push(file),
            },
        }
    }
    let stems: HashSet<&str> = pictures.iter().map(|picture| stem(&picture.name)).collect();
    let is_copy = |(file, _): &(Node, _)| stems.contains(stem(&file.name));
    let (copies, alone) = unread.into_iter().partition::<Vec<_>, _>(is_copy);
    let copies = copies.into_iter().map(|(file, _)| file).collect();
    Sorted {
        pictures,
        unread: Unread { alone, copies },
        others,
    }
}
