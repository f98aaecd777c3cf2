//! The python version: a pickled dictionary with a NumPy array of pictures and a list of labels.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read};

use serde_pickle::{DeOptions, Error, HashableValue, Value};

use super::{MOST_PICTURES, PICTURE, Pictures, picture};

/// No file is larger: pictures, and for each its labels and its file's name.
const MOST_BYTES: u64 = (MOST_PICTURES * (PICTURE + 256)) as u64;
/// Characters of an error's text: some contain whatever was being read.
const LONGEST_ERROR: usize = 100;

/// An array of bytes, a row a picture.
struct Array {
    rows: usize,
    bytes: Vec<u8>,
    /// Whether they are column by column.
    by_columns: bool,
}

impl Array {
    /// From the state of a NumPy array: version, shape, type, order and bytes. The type's name isn't among it, but its size
    /// follows.
    fn from_state(state: Value) -> Option<Self> {
        let Value::Tuple(state) = state else {
            return None;
        };
        let [
            _,
            Value::Tuple(shape),
            _,
            Value::Bool(by_columns),
            Value::Bytes(bytes),
        ] = <[Value; 5]>::try_from(state).ok()?
        else {
            return None;
        };
        let rows = bytes.len() / PICTURE;
        let expected = [rows, PICTURE].map(|length| Value::I64(length as i64));
        (shape == expected && bytes.len() == rows * PICTURE).then_some(Self {
            rows,
            bytes,
            by_columns,
        })
    }

    fn at(&self, row: usize, column: usize) -> u8 {
        self.bytes[if self.by_columns {
            column * self.rows + row
        } else {
            row * PICTURE + column
        }]
    }
}

/// Reads the pictures with some labels, where the list of labels has a `name`.
pub(super) fn read(file: impl Read, name: &str, labels: &[u8]) -> io::Result<Pictures> {
    // A NumPy array isn't one of the values that can be had, but what it would be made of is: its state.
    let options = DeOptions::new().replace_unresolved_globals();
    let pickle = serde_pickle::value_from_reader(file.take(MOST_BYTES), options);
    let Value::Dict(mut pickle) = pickle.map_err(unpickled)? else {
        return Err(wrong("it holds no dictionary".to_owned()));
    };
    let pictures = take(&mut pickle, "data")
        .and_then(Array::from_state)
        .ok_or_else(|| wrong("it holds no array of pictures called data".to_owned()))?;
    let all = take(&mut pickle, name)
        .and_then(small_numbers)
        .ok_or_else(|| wrong(format!("it holds no labels called {name}")))?;
    if all.len() != pictures.rows {
        return Err(wrong("it has not one label for each picture".to_owned()));
    }
    let mut wanted = Pictures::new();
    for (row, label) in all.iter().enumerate() {
        if labels.contains(label) {
            let picture = picture(|column| pictures.at(row, column));
            wanted.entry(*label).or_default().push(picture);
        }
    }
    Ok(wanted)
}

/// What a dictionary has under a name, which is bytes where Python 2 wrote it.
fn take(pickle: &mut BTreeMap<HashableValue, Value>, name: &str) -> Option<Value> {
    let names = [
        HashableValue::Bytes(name.into()),
        HashableValue::String(name.into()),
    ];
    names.iter().find_map(|name| pickle.remove(name))
}

fn small_numbers(list: Value) -> Option<Vec<u8>> {
    let Value::List(numbers) = list else {
        return None;
    };
    let small = |number| match number {
        Value::I64(number) => u8::try_from(number).ok(),
        _ => None,
    };
    numbers.into_iter().map(small).collect()
}

fn wrong(text: String) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, text)
}

fn unpickled(error: Error) -> io::Error {
    match error {
        Error::Io(error) => error,
        other => wrong(other.to_string().chars().take(LONGEST_ERROR).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::testing::{Python, levels, pickle};

    /// Three pictures with the labels 5, 1 and 5.
    fn file(python: Python) -> Vec<u8> {
        let labels = [5, 1, 5];
        let pictures: Vec<_> = (0..3).map(|number| levels(9, number)).collect();
        pickle(python, "labels", &labels, &pictures)
    }

    #[test]
    fn what_any_python_and_any_order_wrote() {
        for python in [Python::Two, Python::Three, Python::TwoByColumns] {
            let pictures = read(&*file(python), "labels", &[5, 7]).unwrap();
            assert_eq!(pictures.keys().collect::<Vec<_>>(), [&5]);
            let expected = [0, 2].map(|number| {
                let levels = levels(9, number);
                picture(|at| levels[at])
            });
            assert_eq!(pictures[&5], expected);
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        let good = file(Python::Two);
        let changed = |from: &[u8], to: &[u8]| {
            let at = good.windows(from.len()).position(|part| part == from);
            let mut changed = good.clone();
            changed.splice(at.unwrap()..at.unwrap() + from.len(), to.iter().copied());
            changed
        };
        for (file, message) in [
            (&b"\x80\x02]."[..], "it holds no dictionary"),
            (
                &changed(b"U\x04data", b"U\x04date"),
                "it holds no array of pictures called data",
            ),
            (
                &changed(b"U\x06labels", b"U\x06labelz"),
                "it holds no labels called labels",
            ),
            (
                &changed(b"M\x00\x0c", b"M\x00\x0d"),
                "it holds no array of pictures called data",
            ),
            (
                &changed(b"K\x05K\x01", b"K\x01"),
                "it has not one label for each picture",
            ),
            (
                &good[..good.len() - 1],
                &format!("eval error at offset {}: EOF while parsing", good.len() - 1),
            ),
        ] {
            let error = read(file, "labels", &[5]).unwrap_err();
            assert_eq!(error.to_string(), message);
        }
    }

    #[test]
    fn damage_anywhere_is_no_panic_and_errors_are_short() {
        let good = file(Python::Two);
        for at in (0..400).chain(good.len() - 100..good.len()) {
            for value in [0, 0x28, 0x2e, 0x55, 0xff] {
                let mut damaged = good.clone();
                damaged[at] = value;
                if let Err(error) = read(&*damaged, "labels", &[5]) {
                    assert!(error.to_string().len() <= 4 * LONGEST_ERROR);
                }
            }
        }
    }
}
