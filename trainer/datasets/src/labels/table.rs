//! The columns of a labels file: what separates them, and which two matter.

use csv::{Reader, ReaderBuilder, StringRecord, Trim};

/// What may separate columns.
const SEPARATORS: [u8; 4] = *b",;\t|";

/// What may be called the column of ids. One of the first four is taken before the others, and one of these before the last.
const ID: [&[&str]; 3] = [
    &["id", "image_id", "picture_id", "key_id"],
    &[
        "file",
        "filename",
        "file_name",
        "path",
        "file_path",
        "image",
        "picture",
    ],
    &["name"],
];

/// What may be called the column of labels, in the same way.
const LABEL: [&[&str]; 2] = [
    &["label"],
    &[
        "class",
        "category",
        "target",
        "prediction",
        "predicted",
        "y",
        "class_name",
        "label_name",
        "category_name",
        "class_id",
        "label_id",
        "category_id",
    ],
];

/// The most characters of a line or a cell that a message shows.
const SHOWN: usize = 60;

/// What a label stands for, by the name of its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LabelKind {
    Number,
    Name,
    Either,
}

/// Where ids and labels stand.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Columns {
    pub id: usize,
    pub label: usize,
    pub kind: LabelKind,
    /// How many columns have a name.
    pub named: usize,
}

/// Why a table cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum TableError {
    /// There are no such columns: the first line, or its beginning.
    Header(String),
    /// Several columns could be the wanted one.
    Columns {
        wanted: &'static str,
        columns: Vec<String>,
    },
}

/// A table whose header has been read.
pub(super) struct Table<'a> {
    pub columns: Columns,
    reader: Reader<&'a [u8]>,
    /// What the reader was given, how much of it `line` has counted, and the line at that place.
    text: &'a str,
    counted: usize,
    line: u64,
}

impl<'a> Table<'a> {
    /// Finds the separator and the columns by the header, which is the first line that is not empty.
    pub fn open(text: &'a str) -> Result<Self, TableError> {
        let (text, hint) = separator_hint(text);
        let mut refused = None;
        for separator in hint.map_or(SEPARATORS.to_vec(), |hint| vec![hint]) {
            let mut reader = reader(text, separator);
            match columns(&header(&mut reader)) {
                Ok(Some(columns)) => {
                    return Ok(Self {
                        columns,
                        reader,
                        text,
                        counted: 0,
                        line: 1 + u64::from(hint.is_some()),
                    });
                }
                Ok(None) => {}
                Err(error) => refused = Some(error),
            }
        }
        Err(refused.unwrap_or_else(|| TableError::Header(first_line(text))))
    }

    /// Reads the next record, and returns the line that it begins in, counted from 1, or none after the last.
    pub fn read(&mut self, record: &mut StringRecord) -> Option<u64> {
        // The text is UTF-8, and records may have any number of cells, so that none can fail.
        if !self.reader.read_record(record).unwrap_or(false) {
            return None;
        }
        // Its position is before empty lines that the reader skips.
        let place = record
            .position()
            .map_or(0, |position| position.byte() as usize);
        let rest = self.text.get(place..).unwrap_or_default();
        let place = place + rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        let between = self.text.get(self.counted..place).unwrap_or_default();
        let ends = between.matches('\n').count() + between.matches('\r').count()
            - between.matches("\r\n").count();
        self.counted = place;
        self.line += ends as u64;
        Some(self.line)
    }
}

/// Spreadsheets read `sep=;` in the first line.
fn separator_hint(text: &str) -> (&str, Option<u8>) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let first = first.trim_end_matches('\r').trim_matches('"');
    let hint = first.to_ascii_lowercase();
    match hint.strip_prefix("sep=").map(str::as_bytes) {
        Some([separator]) if SEPARATORS.contains(separator) => (rest, Some(*separator)),
        _ => (text, None),
    }
}

fn reader(text: &str, separator: u8) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .delimiter(separator)
        .from_reader(text.as_bytes())
}

/// The first record that is not empty; the text is UTF-8, so that reading it cannot fail.
fn header(reader: &mut Reader<&[u8]>) -> StringRecord {
    let mut record = StringRecord::new();
    while let Ok(true) = reader.read_record(&mut record) {
        if !record.iter().all(str::is_empty) {
            break;
        }
    }
    record
}

/// The two columns that matter, or none where there are not both.
fn columns(header: &StringRecord) -> Result<Option<Columns>, TableError> {
    let names: Vec<String> = header.iter().map(plain).collect();
    let id = column(&names, &ID, "id")?;
    let label = column(&names, &LABEL, "label")?;
    let (Some(id), Some(label)) = (id, label) else {
        return Ok(None);
    };
    let kind = match names[label].rsplit_once('_') {
        Some((_, "id")) => LabelKind::Number,
        Some((_, "name")) => LabelKind::Name,
        _ => LabelKind::Either,
    };
    let named = names
        .iter()
        .rposition(|name| !name.is_empty())
        .map_or(0, |last| last + 1);
    Ok(Some(Columns {
        id,
        label,
        kind,
        named,
    }))
}

/// The column with one of the first names that any column has.
fn column(
    names: &[String],
    wanted: &[&[&str]],
    called: &'static str,
) -> Result<Option<usize>, TableError> {
    for group in wanted {
        let mut found = (0..names.len()).filter(|column| group.contains(&names[*column].as_str()));
        if let Some(first) = found.next() {
            let others: Vec<usize> = found.collect();
            if others.is_empty() {
                return Ok(Some(first));
            }
            let columns = [first].into_iter().chain(others);
            return Err(TableError::Columns {
                wanted: called,
                columns: columns.map(|column| names[column].clone()).collect(),
            });
        }
    }
    Ok(None)
}

/// A column's name in lower case, with `_` between its words.
fn plain(name: &str) -> String {
    let name = name.trim_matches(|letter: char| letter.is_whitespace() || is_invisible(letter));
    name.to_lowercase().replace([' ', '-'], "_")
}

/// Invisible characters that editors and web pages leave in text.
pub(super) fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
}

fn first_line(text: &str) -> String {
    let mut lines = text.lines().map(str::trim);
    let line = lines.find(|line| !line.is_empty());
    line.map_or_else(|| "nothing".to_owned(), beginning)
}

/// As much of a text as a message shows.
pub(super) fn beginning(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push_str("...");
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Result<(usize, usize), TableError> {
        Table::open(text).map(|table| (table.columns.id, table.columns.label))
    }

    #[test]
    fn columns_are_found_by_their_names_whatever_separates_them() {
        for (text, expected) in [
            ("id,label\n", (0, 1)),
            ("Id;Label\r\n", (0, 1)),
            ("\"id\"\t\"label\"\n", (0, 1)),
            (" ID | LABEL \n", (0, 1)),
            ("label,id\n", (1, 0)),
            (",id,label\n", (1, 2)),
            ("Unnamed: 0,id,label\n", (1, 2)),
            ("id,label,,\n", (0, 1)),
            ("id,label,p_horse,p_bed\n", (0, 1)),
            ("file,class,confidence,class_2,confidence_2\n", (0, 1)),
            ("File Name,Class\n", (0, 1)),
            ("image,prediction\n", (0, 1)),
            ("key_id,name,category\n", (0, 2)),
            ("id,file,label\n", (0, 2)),
            ("id,label,prediction\n", (0, 1)),
            ("\n,,\nid,label\n", (0, 1)),
            ("sep=;\r\nid;label\r\n", (0, 1)),
            ("id;label, as a person says it;class\n", (0, 2)),
        ] {
            assert_eq!(found(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn a_table_without_the_two_columns_is_refused_with_its_first_line() {
        let header = |found: &str| Err(TableError::Header(found.to_owned()));
        for text in ["0,1", "id label", "number,class", ",label", "file,name"] {
            assert_eq!(found(text), header(text), "{text}");
        }
        assert_eq!(found("\n \n"), header("nothing"));
        let long = "x".repeat(100);
        assert_eq!(found(&long), header(&format!("{}...", &long[..60])));
    }

    #[test]
    fn columns_that_could_be_the_same_thing_are_refused() {
        for (text, wanted, columns) in [
            ("id,image_id,label", "id", ["id", "image_id"]),
            ("id,label,label", "label", ["label", "label"]),
            ("file,target,prediction", "label", ["target", "prediction"]),
        ] {
            let columns = columns.map(str::to_owned).to_vec();
            assert_eq!(found(text), Err(TableError::Columns { wanted, columns }));
        }
    }
}
