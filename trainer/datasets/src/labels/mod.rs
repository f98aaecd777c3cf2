//! Labels of pictures: tables with a column of ids and one of labels, as programs and people write them.

mod class_cells;
mod error;
mod number;
mod pictures;
mod table;
mod text;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs;
use std::path::Path;

use csv::StringRecord;
use shared::classes::{ClassId, ClassNames};

pub(super) use class_cells::ClassCells;
pub use error::{LabelsError, Problems};
use pictures::PictureError;
pub use pictures::PictureIndex;
pub(super) use pictures::number_in;
pub(super) use table::LabelKind;
use table::{Columns, Table, TableError, beginning, is_invisible};

/// The classes of some pictures by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labels(BTreeMap<u64, ClassId>);

impl Labels {
    /// Reads a table that says which picture is of which class. It may cover only some of the pictures.
    ///
    /// - Columns are separated by commas, semicolons, tabs or bars. A header names them, in any order and case: `id` (or `file`,
    ///   ...) and `label` (or `class`, ...). Others are ignored, and so are empty lines.
    /// - An id is the picture's number, or its file's name or path. A label is the number of a class or its name.
    /// - Where the label is empty, `NA` or `NaN`, the picture has none.
    /// - The text is UTF-8, or UTF-16 with a byte-order mark.
    ///
    /// # Errors
    /// Where the file cannot be read, is not such a table, or names an unknown picture, an unknown class, or two classes for one
    /// picture; all such lines are counted, and the first are named.
    pub fn read(
        file: &Path,
        pictures: impl Into<PictureIndex>,
        classes: &ClassNames,
    ) -> Result<Self, LabelsError> {
        let bytes = fs::read(file).map_err(|cause| LabelsError::Unreadable {
            file: file.to_owned(),
            cause,
        })?;
        Self::parse(file, &bytes, &pictures.into(), classes)
    }

    fn parse(
        file: &Path,
        bytes: &[u8],
        pictures: &PictureIndex,
        classes: &ClassNames,
    ) -> Result<Self, LabelsError> {
        let at = || file.to_owned();
        let text = text::text(bytes).map_err(|wrong| LabelsError::NotText { file: at(), wrong })?;
        let table = Table::open(&text).map_err(|error| match error {
            TableError::Header(found) => LabelsError::Header { file: at(), found },
            TableError::Columns { wanted, columns } => LabelsError::Columns {
                file: at(),
                wanted,
                columns,
            },
        })?;
        let mut reading = Reading {
            pictures,
            classes: ClassCells::new(classes, table.columns.kind),
            labels: BTreeMap::new(),
            problems: Problems::default(),
            unknown: Unknown::default(),
            lines: 0,
        };
        reading.read(table);
        reading.finish(file)
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

/// What stands where a picture has no label.
const MISSING: [&str; 8] = ["", "NA", "N/A", "NaN", "nan", "NULL", "null", "None"];

/// The label of a picture, and the line that gave it.
type Given = (ClassId, u64);

/// A table that is being read.
struct Reading<'a> {
    pictures: &'a PictureIndex,
    classes: ClassCells<'a>,
    labels: BTreeMap<u64, Given>,
    problems: Problems,
    unknown: Unknown,
    /// Lines with labels.
    lines: usize,
}

/// Lines about pictures that are not there.
#[derive(Default)]
struct Unknown {
    count: usize,
    first: Option<(u64, String)>,
}

impl Reading<'_> {
    fn read(&mut self, mut table: Table<'_>) {
        let mut record = StringRecord::new();
        while let Some(line) = table.read(&mut record) {
            let cells: Vec<&str> = record.iter().map(clean).collect();
            if cells.iter().all(|cell| cell.is_empty()) {
                continue;
            }
            if let Err(wrong) = self.line(line, &cells, &table.columns) {
                self.problems.add(line, wrong);
            }
        }
    }

    fn line(&mut self, line: u64, cells: &[&str], columns: &Columns) -> Result<(), String> {
        let cell = |column: usize| cells.get(column).copied().unwrap_or_default();
        let (id, label) = (cell(columns.id), cell(columns.label));
        if cells
            .iter()
            .skip(columns.named)
            .any(|cell| !cell.is_empty())
        {
            return Err(format!(
                "{} values under {} names of columns; put quotes around values with separators in them",
                cells.len(),
                columns.named
            ));
        }
        if label.is_empty() && id.contains('\n') {
            return Err(
                "a quotation mark is opened and not closed; close it, or remove it".to_owned(),
            );
        }
        if cells.len() > columns.label && MISSING.contains(&label) && !self.classes.is_class(label)
        {
            return Ok(());
        }
        for (name, cell) in [("id", id), ("label", label)] {
            if cell.is_empty() {
                return Err(format!("has no {name}; give one, or remove the line"));
            }
            if cell.contains('\u{fffd}') {
                return Err(format!(
                    "{name} {:?} is not UTF-8; save the file as CSV in UTF-8",
                    beginning(cell)
                ));
            }
        }
        let class = self.classes.class(label)?;
        self.lines += 1;
        match self.pictures.id(id) {
            Ok(id) => self.add(line, id, class),
            Err(PictureError::Unclear(wrong)) => Err(wrong),
            Err(PictureError::Unknown) => {
                self.unknown.count += 1;
                let pictures = self.pictures;
                let first = || (line, pictures.why_unknown(id));
                self.unknown.first.get_or_insert_with(first);
                Ok(())
            }
        }
    }

    /// The same label twice is no contradiction.
    fn add(&mut self, line: u64, id: u64, class: ClassId) -> Result<(), String> {
        match self.labels.entry(id) {
            Entry::Vacant(free) => {
                free.insert((class, line));
                Ok(())
            }
            Entry::Occupied(taken) => match *taken.get() {
                (known, _) if known == class => Ok(()),
                (known, first) => Err(format!(
                    "id {id} has label {class}, and label {known} in line {first}; keep one of the two lines"
                )),
            },
        }
    }

    fn finish(mut self, file: &Path) -> Result<Labels, LabelsError> {
        let file = file.to_owned();
        if let Some((line, first)) = self.unknown.first {
            if self.unknown.count == self.lines {
                return Err(LabelsError::OtherPictures {
                    file,
                    lines: self.lines,
                    pictures: self.pictures.len(),
                    line,
                    first,
                });
            }
            let others = match self.unknown.count - 1 {
                0 => String::new(),
                1 => " (and 1 other line is about a picture that is not there)".to_owned(),
                count => {
                    format!(" (and {count} other lines are about pictures that are not there)")
                }
            };
            self.problems.add(line, first + &others);
        }
        if !self.problems.is_empty() {
            let problems = self.problems;
            return Err(LabelsError::Lines { file, problems });
        }
        if self.labels.is_empty() {
            return Err(LabelsError::Empty(file));
        }
        let labels = self.labels.into_iter();
        Ok(labels.map(|(id, (class, _))| (id, class)).collect())
    }
}

/// A cell without white space around it, invisible characters, and what spreadsheets put round text that looks like a number.
fn clean(cell: &str) -> &str {
    let cell = cell.trim_matches(|letter: char| letter.is_whitespace() || is_invisible(letter));
    let quoted = cell
        .strip_prefix("=\"")
        .and_then(|cell| cell.strip_suffix('"'));
    let unmarked = cell
        .strip_prefix('\'')
        .filter(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    quoted.or(unmarked).unwrap_or(cell).trim()
}

#[cfg(test)]
mod tests;
