//! Predictions as a CSV file `id,label`, as the course takes them.

use std::io;
use std::path::{Path, PathBuf};

use files::FileError;
use shared::classes::{ClassId, ClassNames};

use crate::output::Sink;

/// A CSV file of predictions in the making.
///
/// [`finish`](Self::finish) puts it in place; what was there before stays whole until then. Without `finish`, nothing is left behind.
pub struct Submission {
    file: PathBuf,
    writer: csv::Writer<Sink>,
    with_probabilities: bool,
    classes: usize,
}

/// Why predictions could not be written.
#[derive(Debug, thiserror::Error)]
pub enum SubmissionError {
    /// The file system refused.
    #[error(transparent)]
    Unwritable(#[from] FileError),
    /// A row that has not one probability for each class.
    #[error("picture {id}: {have} probabilities for {classes} classes; give one for each class")]
    Probabilities {
        /// The picture.
        id: u64,
        /// Probabilities given.
        have: usize,
        /// How many there must be.
        classes: usize,
    },
}

impl Submission {
    /// Starts a file, or standard output where `file` is `-`, with the columns `id,label`, and `p_<name>` for each class where `with_probabilities`.
    ///
    /// # Errors
    /// Where nothing can be written there.
    pub fn create(
        file: &Path,
        classes: &ClassNames,
        with_probabilities: bool,
    ) -> Result<Self, SubmissionError> {
        let mut submission = Self {
            file: file.to_owned(),
            writer: csv::Writer::from_writer(Sink::create(file)?),
            with_probabilities,
            classes: classes.len(),
        };
        let mut header = vec!["id".to_owned(), "label".to_owned()];
        if with_probabilities {
            header.extend(classes.names().iter().map(|name| format!("p_{name}")));
        }
        submission.write(&header)?;
        Ok(submission)
    }

    /// Adds a picture. Its probabilities, one a class in [0, 1], are ignored where the file was made without.
    ///
    /// # Errors
    /// Where there is not one probability a class, or the file cannot be written to.
    pub fn add(
        &mut self,
        id: u64,
        label: ClassId,
        probabilities: &[f32],
    ) -> Result<(), SubmissionError> {
        let mut row = vec![id.to_string(), label.to_string()];
        if self.with_probabilities {
            if probabilities.len() != self.classes {
                return Err(SubmissionError::Probabilities {
                    id,
                    have: probabilities.len(),
                    classes: self.classes,
                });
            }
            row.extend(
                probabilities
                    .iter()
                    .map(|probability| format!("{probability:.6}")),
            );
        }
        self.write(&row)
    }

    /// Moves the finished file to its place.
    ///
    /// # Errors
    /// Where the last rows cannot be written, or the file cannot be moved.
    pub fn finish(self) -> Result<(), SubmissionError> {
        let file = self.writer.into_inner();
        let file = file.map_err(|error| FileError::at(&self.file)(error.into_error()))?;
        Ok(file.finish()?)
    }

    fn write(&mut self, row: &[String]) -> Result<(), SubmissionError> {
        let written = self.writer.write_record(row);
        written.map_err(|error| FileError::at(&self.file)(io::Error::from(error)).into())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::data::Labels;

    fn two() -> ClassNames {
        ClassNames::new(["cat", "dog"].map(str::to_owned).to_vec()).unwrap()
    }

    #[test]
    fn what_is_written_reads_as_labels() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("submission.csv");
        let mut submission = Submission::create(&file, &two(), false).unwrap();
        submission.add(4, ClassId(1), &[]).unwrap();
        submission.add(3, ClassId(0), &[0.9, 0.1]).unwrap();
        submission.finish().unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "id,label\n4,1\n3,0\n");
        assert_eq!(Labels::read(&file, &[3, 4], &two()).unwrap().len(), 2);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn probabilities_have_columns_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("submission.csv");
        let mut submission = Submission::create(&file, &two(), true).unwrap();
        submission.add(0, ClassId(1), &[0.25, 0.75]).unwrap();
        assert!(matches!(
            submission.add(1, ClassId(1), &[1.0]),
            Err(SubmissionError::Probabilities { id: 1, .. })
        ));
        submission.finish().unwrap();
        assert_eq!(
            fs::read_to_string(&file).unwrap(),
            "id,label,p_cat,p_dog\n0,1,0.250000,0.750000\n"
        );
    }

    #[test]
    fn an_unfinished_file_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("submission.csv");
        fs::write(&file, "before").unwrap();
        let mut submission = Submission::create(&file, &two(), false).unwrap();
        submission.add(0, ClassId(1), &[]).unwrap();
        drop(submission);
        assert_eq!(fs::read_to_string(&file).unwrap(), "before");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn its_folder_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("new/folder/submission.csv");
        Submission::create(&file, &two(), false)
            .unwrap()
            .finish()
            .unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "id,label\n");
        let below = file.join("submission.csv");
        let error = Submission::create(&below, &two(), false).err().unwrap();
        assert!(error.to_string().contains("cannot be written"), "{error}");
    }
}
