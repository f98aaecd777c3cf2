//! Doodles that are decoded a few at a time, so that their number costs no memory.

use std::path::Path;

use super::fit::decode_all;
use super::layout;
use super::open::first_problem;
use super::store::Store;
use super::{DataError, Doodles};

/// The doodles of a folder or zip, listed by ascending number but not decoded.
pub struct DoodleFiles {
    store: Store,
    files: Vec<(u64, String)>,
}

impl DoodleFiles {
    /// Lists the doodles of the course's layout, or of a plain folder or zip of pictures.
    ///
    /// # Errors
    /// The first thing that is wrong with the names.
    pub fn list(location: &Path) -> Result<Self, DataError> {
        let store = Store::open(location)?;
        let folder = match layout::top_of_layout(&store)? {
            Some(top) => layout::doodles_folder(&store, &top)?,
            None => plain_folder(&store)?,
        };
        let mut problems = Vec::new();
        let files = layout::list_doodles(&store, &folder, &mut problems)?;
        first_problem(problems)?;
        Ok(Self { store, files })
    }

    /// The number of each, ascending.
    #[must_use]
    pub fn ids(&self) -> Vec<u64> {
        self.files.iter().map(|(id, _)| *id).collect()
    }

    /// Leaves out those whose number is not wanted.
    pub fn retain(&mut self, wanted: impl Fn(u64) -> bool) {
        self.files.retain(|(id, _)| wanted(*id));
    }

    /// Decodes `size` at a time, on all cores; `size` is at least 1.
    ///
    /// Each item fails with the first picture in it that cannot be read or is damaged.
    pub fn chunks(&self, size: usize) -> impl Iterator<Item = Result<Doodles, DataError>> {
        self.files.chunks(size).map(|chunk| {
            let (ids, files): (Vec<u64>, Vec<String>) = chunk.iter().cloned().unzip();
            let pictures = decode_all(&self.store, &files)
                .into_iter()
                .map(|fitted| Ok(fitted?.picture))
                .collect::<Result<_, _>>()?;
            Ok(Doodles {
                ids,
                pictures,
                files,
            })
        })
    }
}

/// The top, or where it holds nothing but one folder, as zips often do, that folder.
fn plain_folder(store: &Store) -> Result<String, DataError> {
    let top = store.list("")?.unwrap_or_default();
    Ok(match top.folders.first() {
        Some(only) if top.files.is_empty() && top.folders.len() == 1 => only.clone(),
        _ => String::new(),
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::data::open;
    use crate::data::testing::{at, doodle, pack, small_layout};

    fn read(location: &Path) -> Doodles {
        let mut all = Doodles::default();
        for chunk in DoodleFiles::list(location).unwrap().chunks(3) {
            let chunk = chunk.unwrap();
            all.ids.extend(chunk.ids);
            all.pictures.extend(chunk.pictures);
            all.files.extend(chunk.files);
        }
        all
    }

    #[test]
    fn chunks_together_are_the_data_set_s_doodles() {
        let folder = small_layout();
        let doodles = open(folder.path()).unwrap().doodles;
        assert_eq!(read(folder.path()), doodles);
        let zip = folder.path().join("all.zip");
        pack(folder.path(), "real_or_drawing", &zip);
        assert_eq!(read(&zip), open(&zip).unwrap().doodles);
    }

    #[test]
    fn a_plain_folder_is_read_from_above_as_well() {
        let folder = tempfile::tempdir().unwrap();
        doodle(1).save(at(folder.path(), "mine/1.png")).unwrap();
        assert_eq!(read(folder.path()).ids, [1]);
        assert_eq!(read(&folder.path().join("mine")).ids, [1]);
    }

    #[test]
    fn a_damaged_picture_that_is_not_wanted_does_not_matter() {
        let folder = small_layout();
        fs::write(folder.path().join("test_data/0/00002.bmp"), "BM").unwrap();
        let mut files = DoodleFiles::list(folder.path()).unwrap();
        let results: Vec<_> = files.chunks(2).map(|chunk| chunk.is_ok()).collect();
        assert_eq!(results, [true, false]);
        files.retain(|id| id != 2);
        assert_eq!(files.ids(), [0, 1, 3]);
        assert!(files.chunks(2).all(|chunk| chunk.is_ok()));
    }
}
