//! The sample as a folder in the course's layout, with the held-out doodles beside it.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use files::FileError;
use image::{DynamicImage, ImageError};

use super::{SampleError, held_out, sample};
use crate::stop::each_until_stopped;
use crate::store::join;

/// Where the held-out doodles are, in the sample's folder.
const HELD_OUT_FOLDER: &str = "held_out";
/// Where their classes are.
const LABELS_FILE: &str = "held_out_labels.csv";

/// Writes [`sample`] to a new or empty folder, `train_data/<class 0-9>/<0-599>.bmp` and `test_data/0/<00000-00999>.bmp`,
/// with [`held_out`] as `held_out/<00000-00499>.bmp` and their classes in `held_out_labels.csv`.
///
/// It appears when it is whole: half a sample is never found. Setting `stop` stops it after the next picture: then nothing is left, and
/// false is returned.
///
/// # Errors
/// Where the folder is neither new nor empty, or cannot be written.
pub fn write_sample(seed: u64, folder: &Path, stop: &AtomicBool) -> Result<bool, SampleError> {
    if folder.file_name().is_none() {
        return Err(SampleError::Unnamed(folder.to_owned()));
    }
    refuse_taken(folder)?;
    files::new_folder(folder, |new| fill(seed, new, stop))
}

fn refuse_taken(folder: &Path) -> Result<(), SampleError> {
    let is_taken = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_some(),
        Err(error) if error.kind() == ErrorKind::NotFound => false,
        Err(_) if folder.is_file() => true,
        Err(error) => return Err(unwritable(folder)(error)),
    };
    if is_taken {
        return Err(SampleError::Taken(folder.to_owned()));
    }
    Ok(())
}

fn fill(seed: u64, folder: &Path, stop: &AtomicBool) -> Result<bool, SampleError> {
    let data = sample(seed);
    let (held_out, labels) = held_out(seed);
    let photos = data.photos.pictures.into_iter().map(DynamicImage::from);
    let photos = data.photos.files.into_iter().zip(photos);
    let doodles = [("", data.doodles), (HELD_OUT_FOLDER, held_out)];
    let doodles = doodles.into_iter().flat_map(|(inside, doodles)| {
        let named = doodles.files.into_iter().zip(doodles.pictures);
        named.map(move |(file, doodle)| (join(inside, &file), DynamicImage::from(doodle)))
    });
    let files: Vec<(String, DynamicImage)> = photos.chain(doodles).collect();
    let is_whole = each_until_stopped(&files, stop, |(inside, picture)| {
        save(&folder.join(inside), picture)
    })?;
    if !is_whole {
        return Ok(false);
    }
    let table: String = labels
        .iter()
        .map(|(id, class)| format!("{id},{class}\n"))
        .collect();
    let path = folder.join(LABELS_FILE);
    fs::write(&path, format!("id,label\n{table}")).map_err(unwritable(&path))?;
    Ok(true)
}

/// Saves a picture, in a folder that is made where it's missing.
fn save(path: &Path, picture: &DynamicImage) -> Result<(), SampleError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(unwritable(folder))?;
    }
    picture.save(path).map_err(|error| match error {
        ImageError::IoError(error) => unwritable(path)(error),
        other => unwritable(path)(io::Error::other(other)),
    })
}

fn unwritable(path: &Path) -> impl Fn(io::Error) -> SampleError {
    |cause| FileError::at(path)(cause).into()
}

#[cfg(test)]
mod tests {
    use shared::classes::ClassNames;

    use super::*;
    use crate::{Labels, Origin, PictureFiles, check, open};

    /// Writes one that nobody stops.
    fn write_sample(seed: u64, folder: &Path) -> Result<bool, SampleError> {
        super::write_sample(seed, folder, &AtomicBool::new(false))
    }

    fn names(folder: &Path) -> Vec<std::ffi::OsString> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name()).collect()
    }

    #[test]
    fn what_is_written_is_read_back_and_good() {
        let top = tempfile::tempdir().unwrap();
        let folder = top.path().join("sample");
        // An empty folder counts as a new one.
        fs::create_dir(&folder).unwrap();
        write_sample(3, &folder).unwrap();
        assert_eq!(names(top.path()), ["sample"]);
        let mut data = open(&folder).unwrap();
        data.origin = Origin::Sample { seed: 3 };
        assert!(data == sample(3));
        let report = check(&folder).unwrap();
        assert!(report.is_usable() && report.warnings.is_empty(), "{report}");
        let (doodles, labels) = held_out(3);
        let files = PictureFiles::numbered(&folder.join(HELD_OUT_FOLDER)).unwrap();
        let read = files.doodles(doodles.ids.len()).next().unwrap();
        let (ids, pictures): (Vec<u64>, Vec<_>) = read.into_iter().unzip();
        let pictures: Vec<_> = pictures.into_iter().map(Result::unwrap).collect();
        assert!((&ids, &pictures) == (&doodles.ids, &doodles.pictures));
        let file = folder.join(LABELS_FILE);
        let read = Labels::read(&file, &doodles.ids, &ClassNames::default()).unwrap();
        assert_eq!(read, labels);
    }

    #[test]
    fn one_that_is_stopped_leaves_nothing() {
        let top = tempfile::tempdir().unwrap();
        let folder = top.path().join("sample");
        assert!(!super::write_sample(3, &folder, &AtomicBool::new(true)).unwrap());
        assert!(names(top.path()).is_empty());
    }

    #[test]
    fn what_is_there_stays() {
        let top = tempfile::tempdir().unwrap();
        let taken = top.path().join("taken");
        fs::create_dir(&taken).unwrap();
        fs::write(taken.join("mine.txt"), "").unwrap();
        for path in [&taken, &taken.join("mine.txt")] {
            let error = write_sample(3, path).unwrap_err();
            assert!(matches!(error, SampleError::Taken(_)), "{error}");
            assert!(error.to_string().starts_with(&*path.to_string_lossy()));
        }
        assert_eq!(names(&taken), ["mine.txt"]);
        assert_eq!(names(top.path()), ["taken"]);
    }

    #[test]
    fn a_folder_needs_a_name_and_a_parent() {
        let error = write_sample(3, Path::new("..")).unwrap_err();
        assert!(matches!(error, SampleError::Unnamed(_)));
        let file = tempfile::NamedTempFile::new().unwrap();
        let error = write_sample(3, &file.path().join("sample")).unwrap_err();
        let name = file.path().to_string_lossy().into_owned();
        assert!(error.to_string().starts_with(&name), "{error}");
    }
}
