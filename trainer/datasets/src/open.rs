//! Opening a whole data set.

use std::collections::BTreeMap;
use std::path::Path;

use super::class_folders;
use super::findings::{Findings, Loaded, warnings};
use super::fit::{Picture, decode_all};
use super::layout;
use super::layout::{ABOVE_DOODLES, PHOTOS_FOLDER};
use super::notes::Notes;
use super::store::{Node, Place, Store};
use super::{DataError, DataSet, Doodles, Found, Origin, Photos, sample};

/// The embedded sample is always the same.
const SAMPLE_SEED: u64 = 0;

/// Opens a folder, or a zip file, in the course's layout (`train_data/<class>/<n>.bmp`, `test_data/0/<id>.bmp`; any format
/// and size) and decodes all of it, on all cores. The layout may lie in folders of its own, such as `real_or_drawing/`.
///
/// The classes are those that `classes.txt` beside `train_data` lists, or that the folders in `train_data` are named for; where
/// those are numbers, the ten of the course.
///
/// # Errors
/// Everything that is wrong with it.
pub fn open(location: &Path) -> Result<DataSet, DataError> {
    let findings = load(location)?;
    let warnings = warnings(&findings);
    DataError::all(findings.store.place_of(""), findings.notes.problems)?;
    let names = |files: Vec<Node>| files.into_iter().map(|file| file.inside).collect();
    Ok(DataSet {
        origin: match findings.store {
            Store::Folder(path) => Origin::Folder(path),
            Store::Zip(zip) => Origin::Zip(zip.path),
        },
        classes: findings.classes.names,
        photos: Photos {
            pictures: findings.photos.pictures,
            labels: findings.photos.keys,
            files: names(findings.photos.files),
        },
        doodles: Doodles {
            ids: findings.doodles.keys,
            pictures: findings.doodles.pictures,
            files: names(findings.doodles.files),
        },
        warnings,
    })
}

/// Opens what was found, or draws the embedded sample where nothing was.
///
/// # Errors
/// As [`open()`].
pub fn open_or_draw(found: &Found) -> Result<DataSet, DataError> {
    match &found.location {
        Some(location) => open(location).map_err(|error| error.of(found)),
        None => Ok(sample(SAMPLE_SEED)),
    }
}

/// Reads everything that can be read; errors only where there is nothing to look at.
pub(super) fn load(location: &Path) -> Result<Findings, DataError> {
    let mut store = Store::open(location)?;
    let top = layout::top_of_layout(&store)?;
    if top.is_none() && is_part(location) {
        return Err(DataError::Part(Place::of(location)));
    }
    let top = store.list(&top.unwrap_or_else(|| store.top()))?;
    let mut notes = Notes::default();
    let photos = layout::list_photos_folder(&store, &top, &mut notes);
    let classes = class_folders::classes(&mut store, &top, photos.as_ref(), &mut notes)?;
    let photos =
        photos.map(|listing| layout::list_photos(&mut store, listing, &classes, &mut notes));
    let photos = load_pictures(&store, photos.unwrap_or_default(), &mut notes.problems);
    let doodles = layout::list_doodles_folder(&store, &top, &mut notes);
    let doodles = doodles.map(|listing| layout::list_doodles(&mut store, listing, &mut notes));
    let doodles = load_pictures(&store, doodles.unwrap_or_default(), &mut notes.problems);
    if notes
        .problems
        .iter()
        .any(|problem| matches!(problem, DataError::MissingFolder { .. }))
    {
        notes.problems.extend(top.broken);
    }
    Ok(Findings {
        store,
        classes,
        photos,
        doodles,
        notes,
    })
}

/// Whether a folder is one of those that a layout has, by its name.
fn is_part(location: &Path) -> bool {
    location
        .file_name()
        .is_some_and(|name| name == PHOTOS_FOLDER || name == ABOVE_DOODLES)
}

fn load_pictures<K, P: Picture>(
    store: &Store,
    listed: Vec<(K, Node)>,
    problems: &mut Vec<DataError>,
) -> Loaded<K, P> {
    let (keys, files): (Vec<K>, Vec<Node>) = listed.into_iter().unzip();
    let decoded = decode_all(store, &files);
    let mut loaded = Loaded {
        keys: Vec::new(),
        files: Vec::new(),
        pictures: Vec::new(),
        remarks: BTreeMap::new(),
    };
    for ((key, file), picture) in keys.into_iter().zip(files).zip(decoded) {
        match picture {
            Ok(fitted) => {
                let place = loaded.files.len();
                for remark in fitted.remarks {
                    loaded.remarks.entry(remark).or_default().push(place);
                }
                loaded.keys.push(key);
                loaded.files.push(file);
                loaded.pictures.push(fitted.picture);
            }
            Err(problem) => problems.push(problem),
        }
    }
    loaded
}

#[cfg(test)]
mod tests;
