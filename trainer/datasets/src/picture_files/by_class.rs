//! Pictures in folders that are called as their classes are.

use std::collections::BTreeSet;
use std::path::Path;

use shared::classes::{ClassId, ClassNames};

use super::{Domain, PictureFiles, PictureFilesError, in_order, only_folder};
use crate::class_folders;
use crate::labels::{ClassCells, LabelKind};
use crate::layout;
use crate::notes::Notes;
use crate::store::{Listing, Store};
use crate::{DataError, Labels};

impl PictureFiles {
    /// Pictures in folders that are called as their classes are, and those classes: the photos of the course's layout, or a folder
    /// or zip with a folder for each class.
    ///
    /// # Errors
    /// Where there are no such folders, or one of them is called as no class is.
    pub fn by_class(
        path: &Path,
        domain: Domain,
        classes: &ClassNames,
    ) -> Result<(Self, Labels), PictureFilesError> {
        let mut store = Store::open(path)?;
        let named = ClassCells::new(classes, LabelKind::Either);
        let mut notes = Notes::default();
        let (folder, own) = match layout::top_of_layout(&store)? {
            Some(_) if domain == Domain::Doodle => {
                let why = "doodles have no labels of their own; give a CSV file with --labels";
                return Err(PictureFilesError::NoLabels {
                    place: path.to_owned(),
                    why,
                });
            }
            Some(top) => {
                let top = store.list(&top)?;
                let photos = layout::list_photos_folder(&store, &top, &mut notes);
                let own = class_folders::classes(&mut store, &top, photos.as_ref(), &mut notes)?;
                (photos, Some(own.names))
            }
            None => (Some(folder_of_classes(&store, &named)?), None),
        };
        let mut all = Self::new(false);
        let (mut labels, mut problems) = (Vec::new(), Vec::new());
        for folder in in_order(folder.map(|folder| folder.folders).unwrap_or_default()) {
            match class_of(&folder.name, own.as_ref(), &named) {
                Some(class) => {
                    let first = all.pictures.len();
                    match store.list(&folder) {
                        Ok(listing) => {
                            let mut seen = BTreeSet::new();
                            all.walk(&mut store, path, listing, &mut seen, &mut notes.problems);
                        }
                        Err(problem) => notes.problems.push(problem),
                    }
                    labels.extend((first..all.pictures.len()).map(|place| (place as u64, class)));
                }
                None => problems.push(PictureFilesError::NoSuchClass {
                    folder: store.place(&folder),
                    classes: classes.names().join(", "),
                }),
            }
        }
        problems.extend(notes.problems.into_iter().map(PictureFilesError::from));
        PictureFilesError::any(problems)?;
        if labels.is_empty() {
            let why = "holds no folders of pictures that are called as their classes are; make such folders, or give a CSV file with \
                       --labels";
            return Err(PictureFilesError::NoLabels {
                place: path.to_owned(),
                why,
            });
        }
        all.stores.push(store);
        Ok((all, labels.into_iter().collect()))
    }
}

/// The same, unless that folder is a class's.
fn folder_of_classes(store: &Store, classes: &ClassCells<'_>) -> Result<Listing, DataError> {
    let top = store.list(&store.top())?;
    match only_folder(&top).filter(|folder| !classes.is_class(&folder.name)) {
        Some(above) => store.list(above),
        None => Ok(top),
    }
}

/// The class that a folder is called by: by one of the data set's own classes, where it has any, then by a class with that name.
fn class_of(folder: &str, own: Option<&ClassNames>, classes: &ClassCells<'_>) -> Option<ClassId> {
    // As in the course's layout, a name goes before a number.
    let class = |classes: &ClassCells<'_>| {
        let named = classes.named(folder).ok().flatten();
        named.or_else(|| classes.class(folder).ok())
    };
    let Some(own) = own else {
        return class(classes);
    };
    let class = class(&ClassCells::new(own, LabelKind::Either))?;
    classes.named(own.name(class)?).ok().flatten()
}
