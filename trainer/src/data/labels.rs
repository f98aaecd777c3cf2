//! Labels of pictures: CSV files with the columns `id` and `label`.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use csv::StringRecord;
use shared::classes::{ClassId, ClassNames};

/// The classes of some pictures by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labels(BTreeMap<u64, ClassId>);

/// Why a labels file was refused.
#[derive(Debug, thiserror::Error)]
pub enum LabelsError {
    /// The file could not be opened.
    #[error("{}: cannot be read ({source}); check its name and permissions", .file.display())]
    Unreadable {
        /// The labels file.
        file: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
    /// The first line is not `id,label`.
    #[error("{}: the first line must be id,label, not {found:?}; add or correct it", .file.display())]
    Header {
        /// The labels file.
        file: PathBuf,
        /// The first line.
        found: String,
    },
    /// Only a header.
    #[error("{}: holds no labels; give a line id,label for each picture that is to be scored", .0.display())]
    Empty(PathBuf),
    /// A line that is no id and label, or that fits neither the pictures nor the classes.
    #[error("{}, line {line}: {wrong}", .file.display())]
    Line {
        /// The labels file.
        file: PathBuf,
        /// Counted from 1, the header's.
        line: u64,
        /// What is wrong, and what to do.
        wrong: String,
    },
}

impl Labels {
    /// Reads a CSV file `id,label`, where a label is the number of a class. It may cover only some of the pictures.
    ///
    /// `ids` are the pictures' ids, ascending.
    ///
    /// # Errors
    /// Where the file cannot be read, is not such a table, or names an unknown picture, an unknown class, or a picture twice.
    pub fn read(file: &Path, ids: &[u64], classes: &ClassNames) -> Result<Self, LabelsError> {
        let opened = File::open(file).map_err(|source| LabelsError::Unreadable {
            file: file.to_owned(),
            source,
        })?;
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(opened);
        let mut labels = BTreeMap::new();
        let mut record = StringRecord::new();
        let mut is_header = true;
        loop {
            let line = reader.position().line();
            let wrong = |wrong| LabelsError::Line {
                file: file.to_owned(),
                line,
                wrong,
            };
            match reader.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) if is_header => return Err(header(file, "nothing")),
                Ok(false) if labels.is_empty() => return Err(LabelsError::Empty(file.to_owned())),
                Ok(false) => return Ok(Self(labels)),
                Err(error) => return Err(wrong(format!("{error}; save it as plain UTF-8 text"))),
            }
            let line = record.position().map_or(line, csv::Position::line);
            let wrong = |wrong| LabelsError::Line {
                file: file.to_owned(),
                line,
                wrong,
            };
            if is_header {
                is_header = false;
                if !is_id_and_label(&record) {
                    return Err(header(file, &record.iter().collect::<Vec<_>>().join(",")));
                }
                continue;
            }
            let (id, class) = id_and_class(&record, ids, classes).map_err(wrong)?;
            if labels.insert(id, class).is_some() {
                return Err(wrong(format!(
                    "id {id} has a label already; keep one of the two lines"
                )));
            }
        }
    }

    /// The class of a picture, where it is known.
    #[must_use]
    pub fn get(&self, id: u64) -> Option<ClassId> {
        self.0.get(&id).copied()
    }

    /// Ids, ascending, and classes.
    pub fn iter(&self) -> impl Iterator<Item = (u64, ClassId)> {
        self.0.iter().map(|(id, class)| (*id, *class))
    }

    /// How many pictures have a label.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether no picture has a label.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(u64, ClassId)> for Labels {
    fn from_iter<I: IntoIterator<Item = (u64, ClassId)>>(labels: I) -> Self {
        Self(labels.into_iter().collect())
    }
}

fn header(file: &Path, found: &str) -> LabelsError {
    LabelsError::Header {
        file: file.to_owned(),
        found: found.to_owned(),
    }
}

/// Spreadsheets like to put a byte-order mark before the first word.
fn is_id_and_label(record: &StringRecord) -> bool {
    record.len() == 2 && record[0].trim_start_matches('\u{feff}') == "id" && &record[1] == "label"
}

fn id_and_class(
    record: &StringRecord,
    ids: &[u64],
    classes: &ClassNames,
) -> Result<(u64, ClassId), String> {
    if record.len() != 2 {
        return Err(format!(
            "{} values instead of 2; write id,label",
            record.len()
        ));
    }
    let id = record[0].parse().map_err(|_| {
        format!(
            "id {:?} is not a number; use the number in the picture's name",
            &record[0]
        )
    })?;
    if ids.binary_search(&id).is_err() {
        return Err(format!(
            "no picture has id {id}; remove the line, or give the pictures that belong to these labels"
        ));
    }
    let class = record[1]
        .parse()
        .ok()
        .map(ClassId)
        .filter(|class| classes.name(*class).is_some());
    let class = class.ok_or_else(|| {
        format!(
            "label {:?} is not a class; classes are 0 to {}",
            &record[1],
            classes.len() - 1
        )
    })?;
    Ok((id, class))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Labels, String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("labels.csv");
        std::fs::write(&file, text).unwrap();
        Labels::read(&file, &[0, 1, 7], &ClassNames::default()).map_err(|error| {
            error
                .to_string()
                .replace(&file.display().to_string(), "labels.csv")
        })
    }

    #[test]
    fn labels_may_cover_some_pictures_in_any_order() {
        let labels = read("id,label\n7,0\n00001, 9\n").unwrap();
        assert_eq!(
            labels.iter().collect::<Vec<_>>(),
            [(1, ClassId(9)), (7, ClassId(0))]
        );
        assert_eq!((labels.get(7), labels.get(0)), (Some(ClassId(0)), None));
    }

    #[test]
    fn windows_files_are_welcome() {
        assert_eq!(read("\u{feff}id,label\r\n0,3\r\n").unwrap().len(), 1);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        for (text, message) in [
            (
                "id,label\n0,1\n2,1\n",
                "labels.csv, line 3: no picture has id 2; remove the line, or give the pictures that belong to these labels",
            ),
            (
                "id,label\n0,10\n",
                "labels.csv, line 2: label \"10\" is not a class; classes are 0 to 9",
            ),
            (
                "id,label\n0,cat\n",
                "labels.csv, line 2: label \"cat\" is not a class; classes are 0 to 9",
            ),
            (
                "id,label\n\n0,1\n0,1\n",
                "labels.csv, line 4: id 0 has a label already; keep one of the two lines",
            ),
            (
                "id,label\nx,1\n",
                "labels.csv, line 2: id \"x\" is not a number; use the number in the picture's name",
            ),
            (
                "id,label\n0\n",
                "labels.csv, line 2: 1 values instead of 2; write id,label",
            ),
            (
                "0,1\n",
                "labels.csv: the first line must be id,label, not \"0,1\"; add or correct it",
            ),
            (
                "",
                "labels.csv: the first line must be id,label, not \"nothing\"; add or correct it",
            ),
            (
                "id,label\n",
                "labels.csv: holds no labels; give a line id,label for each picture that is to be scored",
            ),
        ] {
            assert_eq!(read(text).unwrap_err(), message);
        }
    }

    #[test]
    fn a_file_that_is_not_there() {
        let error = Labels::read(Path::new("absent.csv"), &[], &ClassNames::default()).unwrap_err();
        assert!(error.to_string().starts_with("absent.csv: cannot be read"));
    }
}
