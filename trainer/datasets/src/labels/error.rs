//! Why a labels file was refused.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// How many problems a message names.
const NAMED: usize = 10;

/// Why a labels file was refused.
#[derive(Debug, thiserror::Error)]
pub enum LabelsError {
    /// The file could not be opened.
    #[error("{}: cannot be read ({cause}); check its name and permissions", .file.display())]
    Unreadable {
        /// The labels file.
        file: PathBuf,
        /// Why it failed.
        cause: io::Error,
    },
    /// The file is not text.
    #[error("{}: {wrong}", .file.display())]
    NotText {
        /// The labels file.
        file: PathBuf,
        /// What it is, and what to do.
        wrong: &'static str,
    },
    /// The first line does not name a column of ids and one of labels.
    #[error(
        "{}: the first line must be id,label, not {found:?}; add or correct it (id may also be file; label may be class; other \
         columns are ignored)", .file.display()
    )]
    Header {
        /// The labels file.
        file: PathBuf,
        /// The first line, or its beginning.
        found: String,
    },
    /// Several columns could be the one that is needed.
    #[error(
        "{}: the columns {} could all be the {wanted}; call the right one {wanted}, or remove the others",
        .file.display(), .columns.join(", ")
    )]
    Columns {
        /// The labels file.
        file: PathBuf,
        /// `id` or `label`.
        wanted: &'static str,
        /// The names of the columns.
        columns: Vec<String>,
    },
    /// Only a header.
    #[error("{}: holds no labels; give a line id,label for each picture that is to be scored", .0.display())]
    Empty(PathBuf),
    /// Labels of other pictures.
    #[error(
        "{}: none of its {lines} lines is about one of these {pictures} pictures (line {line}: {first}); give the pictures that \
         belong to these labels", .file.display()
    )]
    OtherPictures {
        /// The labels file.
        file: PathBuf,
        /// Lines with labels.
        lines: usize,
        /// Pictures that there are.
        pictures: usize,
        /// The first such line, counted from 1, the header's.
        line: u64,
        /// What is wrong with it.
        first: String,
    },
    /// Lines that are no id and label, or that fit neither the pictures nor the classes.
    #[error("{}{problems}", .file.display())]
    Lines {
        /// The labels file.
        file: PathBuf,
        /// What is wrong with them.
        problems: Problems,
    },
}

/// What is wrong with the lines of a file: all are counted, the first are kept.
#[derive(Debug, Default)]
pub struct Problems {
    first: Vec<(u64, String)>,
    count: usize,
}

impl Problems {
    /// A line, counted from 1, with what is wrong with it and what to do.
    pub(super) fn add(&mut self, line: u64, wrong: String) {
        self.count += 1;
        if self.first.len() < NAMED {
            self.first.push((line, wrong));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let [(line, wrong)] = &self.first[..] {
            return write!(f, ", line {line}: {wrong}");
        }
        write!(f, ": {} problems", self.count)?;
        for (line, wrong) in &self.first {
            write!(f, "\n  line {line}: {wrong}")?;
        }
        if self.count > self.first.len() {
            write!(f, "\n  ... and {} more", self.count - self.first.len())?;
        }
        Ok(())
    }
}
