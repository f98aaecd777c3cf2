//! The bitmaps of Quick, Draw!: one file a class, of which only the rows that are wanted are read.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use image::GrayImage;
use shared::input::DOODLE_SIDE;

use super::BuildError;
use super::error::{QUICKDRAW_ORIGIN, unreadable};

/// Bytes of a row, each a grey level, row by row of the doodle.
const ROW: usize = (DOODLE_SIDE * DOODLE_SIDE) as usize;
/// What the files of the data set begin with takes up about 80 bytes; NumPy itself refuses more than 10,000.
const LONGEST_HEADER: usize = 10_000;
/// What the name of a file begins with that a browser downloads.
const LONG_NAME: &str = "full_numpy_bitmap_";

/// A file of doodles.
#[derive(Debug)]
pub(super) struct Bitmaps {
    path: PathBuf,
    file: File,
    /// Where the first row begins, in bytes.
    start: u64,
    rows: usize,
}

/// Opens `<name>.npy` or `full_numpy_bitmap_<name>.npy` of each class.
pub(super) fn open_all(
    folder: &Path,
    names: [&'static str; 10],
) -> Result<Vec<Bitmaps>, BuildError> {
    let paths = names.map(|name| {
        ["", LONG_NAME]
            .map(|before| folder.join(format!("{before}{name}.npy")))
            .into_iter()
            .find(|path| path.exists())
            .ok_or(format!("{name}.npy"))
    });
    let missing: Vec<&str> = paths
        .iter()
        .filter_map(|path| path.as_ref().err())
        .map(String::as_str)
        .collect();
    if !missing.is_empty() {
        return Err(BuildError::NoDoodles {
            folder: folder.to_owned(),
            missing: missing.join(", "),
        });
    }
    paths.into_iter().flatten().map(Bitmaps::open).collect()
}

impl Bitmaps {
    fn open(path: PathBuf) -> Result<Self, BuildError> {
        let failed = unreadable(path.display().to_string(), QUICKDRAW_ORIGIN);
        let damaged = |wrong| BuildError::Damaged {
            place: path.display().to_string(),
            wrong,
            origin: QUICKDRAW_ORIGIN,
        };
        let mut file = File::open(&path).map_err(&failed)?;
        let header = read_header(&mut file).map_err(&failed)?;
        let start = file.stream_position().map_err(&failed)?;
        let size = file.metadata().map_err(&failed)?.len();
        let rows = rows(&header).map_err(damaged)?;
        let end = rows
            .checked_mul(ROW as u64)
            .and_then(|bytes| bytes.checked_add(start));
        if end.is_none_or(|end| size < end) {
            return Err(damaged(format!(
                "holds less than the {rows} doodles that it says"
            )));
        }
        Ok(Self {
            path,
            file,
            start,
            rows: usize::try_from(rows).unwrap_or(usize::MAX),
        })
    }

    /// How many doodles there are.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Its path.
    pub fn file(&self) -> &Path {
        &self.path
    }

    /// A doodle, by its number from 0.
    pub fn read(&mut self, number: usize) -> Result<GrayImage, BuildError> {
        let mut levels = vec![0; ROW];
        self.file
            .seek(SeekFrom::Start(self.start + number as u64 * ROW as u64))
            .and_then(|_| self.file.read_exact(&mut levels))
            .map_err(unreadable(
                self.path.display().to_string(),
                QUICKDRAW_ORIGIN,
            ))?;
        // There is always a level for each pixel.
        Ok(GrayImage::from_raw(DOODLE_SIDE, DOODLE_SIDE, levels).unwrap_or_default())
    }
}

/// What a file says of its array, as a Python dictionary.
///
/// Read here and not by npyz, whose parser of Python expressions (0.9.1) takes exponential time on nested brackets: a damaged file would never
/// be refused.
/// Source: `numpy.lib.format`, versions 1.0 to 3.0.
fn read_header(file: &mut File) -> io::Result<String> {
    let wrong = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
    let mut start = [0; 10];
    file.read_exact(&mut start)?;
    if !start.starts_with(b"\x93NUMPY") {
        return Err(wrong("not a NumPy file"));
    }
    let length = match start[6] {
        1 => usize::from(u16::from_le_bytes([start[8], start[9]])),
        2 | 3 => {
            let mut high = [0; 2];
            file.read_exact(&mut high)?;
            u32::from_le_bytes([start[8], start[9], high[0], high[1]]) as usize
        }
        version => return Err(wrong(&format!("NumPy format {version} is unknown"))),
    };
    if length > LONGEST_HEADER {
        return Err(wrong("its header is too long"));
    }
    let mut header = vec![0; length];
    file.read_exact(&mut header)?;
    String::from_utf8(header).map_err(|_| wrong("its header is no text"))
}

/// The number of rows of an array of bytes, or what is wrong with it.
fn rows(header: &str) -> Result<u64, String> {
    let value = |key: &str| {
        let (_, rest) = header.split_once(&format!("'{key}':"))?;
        Some(rest.trim_start())
    };
    let kind = value("descr").and_then(|text| text.strip_prefix('\'')?.split_once('\''));
    let shape = value("shape").and_then(|text| text.strip_prefix('(')?.split_once(')'));
    let (Some((kind, _)), Some((shape, _)), Some(order)) = (kind, shape, value("fortran_order"))
    else {
        return Err("its header can't be understood".to_owned());
    };
    if !["|u1", "<u1", ">u1"].contains(&kind) {
        return Err(format!("holds {kind:?} instead of bytes (uint8)"));
    }
    if !order.starts_with("False") {
        return Err("is in Fortran's order instead of C's".to_owned());
    }
    let lengths: Vec<&str> = shape.split(',').map(str::trim).collect();
    let (rows, length) = match lengths[..] {
        [rows, length] | [rows, length, ""] => (rows.parse().ok(), length.parse().ok()),
        _ => (None, None),
    };
    rows.filter(|_| length == Some(ROW))
        .ok_or_else(|| format!("has the shape ({shape}) instead of (n, {ROW})"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::build::testing::npy;

    fn open(bytes: &[u8]) -> Result<Bitmaps, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cat.npy");
        fs::write(&path, bytes).unwrap();
        Bitmaps::open(path).map_err(|error| {
            let text = error.to_string();
            let (_, text) = text.split_once("cat.npy: ").unwrap();
            text.split_once("; ").unwrap().0.to_owned()
        })
    }

    #[test]
    fn any_row_of_any_version() {
        let rows: Vec<Vec<u8>> = (0..5).map(|row| vec![row; ROW]).collect();
        let first = npy("|u1", "False", "(5, 784)", &rows);
        let mut second = first.clone();
        second[6] = 2;
        second.splice(10..10, [0, 0]);
        for bytes in [first, second] {
            let mut bitmaps = open(&bytes).unwrap();
            assert_eq!(bitmaps.len(), 5);
            for row in [4, 0, 3] {
                assert_eq!(bitmaps.read(row).unwrap().as_raw(), &rows[row]);
            }
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        let rows = vec![vec![7; ROW]; 2];
        let good = npy("|u1", "False", "(2, 784)", &rows);
        let with = |kind: &str, order: &str, shape: &str| npy(kind, order, shape, &rows);
        let mut long = good.clone();
        long[6] = 2;
        let mut unknown = good.clone();
        unknown[6] = 9;
        for (bytes, message) in [
            (
                &b"PK\x03\x04abcdefgh"[..],
                "cannot be read (not a NumPy file)",
            ),
            (&unknown, "cannot be read (NumPy format 9 is unknown)"),
            (&long, "cannot be read (its header is too long)"),
            (&good[..20], "cannot be read (failed to fill whole buffer)"),
            (
                &with("<f4", "False", "(2, 784)"),
                "holds \"<f4\" instead of bytes (uint8)",
            ),
            (
                &with("|u1", "True", "(2, 784)"),
                "is in Fortran's order instead of C's",
            ),
            (
                &with("|u1", "False", "(2, 28, 28)"),
                "has the shape (2, 28, 28) instead of (n, 784)",
            ),
            (
                &with("|u1", "False", "(99999999999999999999, 784)"),
                "has the shape (99999999999999999999, 784) instead of (n, 784)",
            ),
            (
                &with("|u1", "False", "(18446744073709551615, 784)"),
                "holds less than the 18446744073709551615 doodles that it says",
            ),
            (
                &good[..good.len() - 1],
                "holds less than the 2 doodles that it says",
            ),
            (&with("|u1", "False", "2"), "its header can't be understood"),
        ] {
            assert_eq!(open(bytes).unwrap_err(), message);
        }
    }

    #[test]
    fn every_missing_file_is_named_and_browsers_names_will_do() {
        let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
        let folder = tempfile::tempdir().unwrap();
        for name in ["a", "b", "c", "full_numpy_bitmap_d", "e", "f", "g", "h"] {
            let bytes = npy("|u1", "False", "(1, 784)", &[vec![0; ROW]]);
            fs::write(folder.path().join(format!("{name}.npy")), bytes).unwrap();
        }
        let error = open_all(folder.path(), names).unwrap_err().to_string();
        assert!(error.contains("holds no i.npy, j.npy; download"), "{error}");
    }
}
