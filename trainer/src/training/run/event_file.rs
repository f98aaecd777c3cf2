//! TensorBoard's event file of a run: TFRecords, each an `Event` message with the scalars of an epoch.
//!
//! Source: TensorFlow, `tensorflow/core/lib/io/record_writer.h`, `tensorflow/core/util/event.proto` and
//! `tensorflow/core/framework/summary.proto`.

use std::{
    fs::{self, File, OpenOptions},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use files::FileError;
use prost::Message;

use super::EpochRecord;

/// Bytes before a record's data: its length, and the length's checksum.
const HEAD: usize = 12;
/// The checksum of the data, after it.
const TAIL: usize = 4;

#[derive(Clone, PartialEq, Message)]
struct Event {
    /// Seconds since 1970.
    #[prost(double, tag = "1")]
    wall_time: f64,
    #[prost(int64, tag = "2")]
    step: i64,
    #[prost(string, optional, tag = "3")]
    file_version: Option<String>,
    #[prost(message, optional, tag = "5")]
    summary: Option<Summary>,
}

#[derive(Clone, PartialEq, Message)]
struct Summary {
    #[prost(message, repeated, tag = "1")]
    value: Vec<Value>,
}

#[derive(Clone, PartialEq, Message)]
struct Value {
    #[prost(string, tag = "1")]
    tag: String,
    #[prost(float, optional, tag = "2")]
    simple_value: Option<f32>,
}

/// An event file with one event an epoch, open for the epochs to come.
#[derive(Debug)]
pub(super) struct EventFile {
    path: PathBuf,
    file: File,
}

impl EventFile {
    /// Opens the file, makes it where it is missing, and brings it up to the epochs of `history`: what a crash left of a record, and
    /// epochs that are trained anew, go; epochs that are missing are added. A viewer that has the file open sees it grow.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub fn open(path: &Path, history: &[EpochRecord]) -> Result<Self, FileError> {
        let failed = || FileError::at(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(FileError::at(folder))?;
        }
        let bytes = match fs::read(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            read => read.map_err(failed())?,
        };
        let (records, length) = whole_records(&bytes, 1 + history.len());
        let mut options = OpenOptions::new();
        let file = options
            .create(true)
            .append(true)
            .open(path)
            .map_err(failed())?;
        file.set_len(length as u64).map_err(failed())?;
        let path = path.to_owned();
        let mut open = Self { path, file };
        if records == 0 {
            open.write(&Event {
                wall_time: now(),
                file_version: Some("brain.Event:2".to_owned()),
                ..Event::default()
            })?;
        }
        for record in &history[records.saturating_sub(1)..] {
            open.add(record)?;
        }
        Ok(open)
    }

    /// Adds an epoch.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add(&mut self, record: &EpochRecord) -> Result<(), FileError> {
        let value = |(tag, value): (&str, Option<f64>)| {
            Some(Value {
                tag: tag.to_owned(),
                simple_value: Some(value? as f32),
            })
        };
        let value = scalars(record).into_iter().filter_map(value).collect();
        self.write(&Event {
            wall_time: now(),
            step: i64::from(record.epoch),
            summary: Some(Summary { value }),
            ..Event::default()
        })
    }

    fn write(&mut self, event: &Event) -> Result<(), FileError> {
        let written = self.file.write_all(&record(&event.encode_to_vec()));
        written.map_err(FileError::at(&self.path))
    }
}

/// What TensorBoard plots of an epoch, by group and name.
fn scalars(record: &EpochRecord) -> [(&'static str, Option<f64>); 16] {
    [
        ("loss/domain", record.domain_loss),
        ("loss/feature", Some(record.feature_loss)),
        ("loss/class", record.class_loss),
        ("loss/confusion", record.confusion_loss),
        (
            "loss/information maximisation",
            record.information_maximisation_loss,
        ),
        ("loss/consistency", record.consistency_loss),
        ("loss/distillation", record.distillation_loss),
        ("loss/pseudo-label", record.pseudo_label_loss),
        ("accuracy/source", Some(record.source_accuracy)),
        ("accuracy/held-out photos", record.validation_accuracy),
        ("accuracy/domain", record.domain_accuracy),
        ("training/lambda", record.lambda),
        ("training/learning rate", record.learning_rate),
        ("training/gradient norm", record.gradient_norm),
        ("training/used rate", record.used_rate),
        ("training/pictures per second", record.pictures_per_second),
    ]
}

/// A TFRecord: length, its checksum, data, their checksum, all little-endian.
fn record(data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u64).to_le_bytes();
    let mut record = Vec::with_capacity(HEAD + data.len() + TAIL);
    record.extend(length);
    record.extend(masked_crc(&length));
    record.extend(data);
    record.extend(masked_crc(data));
    record
}

fn masked_crc(bytes: &[u8]) -> [u8; 4] {
    let crc = crc32c::crc32c(bytes);
    crc.rotate_right(15).wrapping_add(0xa282_ead8).to_le_bytes()
}

/// How many whole records the bytes begin with, `most` at most, and how long these are together.
fn whole_records(bytes: &[u8], most: usize) -> (usize, usize) {
    let (mut records, mut length) = (0, 0);
    while records < most
        && let Some(record) = whole_record(&bytes[length..])
    {
        records += 1;
        length += record;
    }
    (records, length)
}

/// The length of the record that the bytes begin with, where it is whole.
fn whole_record(bytes: &[u8]) -> Option<usize> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    let (crc, rest) = rest.split_first_chunk::<4>()?;
    if *crc != masked_crc(length) {
        return None;
    }
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let (data, rest) = rest.split_at_checked(length)?;
    let is_whole = rest.first_chunk() == Some(&masked_crc(data));
    is_whole.then_some(HEAD + length + TAIL)
}

/// Seconds since 1970.
fn now() -> f64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0.0, |since| since.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn epoch(epoch: u32) -> EpochRecord {
        EpochRecord {
            epoch,
            feature_loss: 0.5,
            lambda: (epoch > 0).then_some(0.25),
            ..EpochRecord::default()
        }
    }

    fn events(path: &Path) -> Vec<Event> {
        let bytes = fs::read(path).unwrap();
        let mut rest = &bytes[..];
        let mut events = Vec::new();
        while let Some(length) = whole_record(rest) {
            events.push(Event::decode(&rest[HEAD..length - TAIL]).unwrap());
            rest = &rest[length..];
        }
        assert!(rest.is_empty(), "{rest:?}");
        events
    }

    fn steps(path: &Path) -> Vec<i64> {
        let events = events(path);
        assert_eq!(events[0].file_version.as_deref(), Some("brain.Event:2"));
        events[1..].iter().map(|event| event.step).collect()
    }

    #[test]
    fn a_record_is_as_tensorboard_writes_it() {
        // Written by TensorBoard's own RecordWriter.
        let expected = [
            3, 0, 0, 0, 0, 0, 0, 0, 176, 153, 73, 14, 97, 98, 99, 110, 87, 241, 33,
        ];
        assert_eq!(record(b"abc"), expected);
    }

    #[test]
    fn an_epoch_has_the_scalars_that_it_has() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("board/events");
        let mut file = EventFile::open(&path, &[epoch(0)]).unwrap();
        file.add(&epoch(1)).unwrap();
        let events = events(&path);
        let tags = |event: &Event| -> Vec<(String, Option<f32>)> {
            let values = event.summary.iter().flat_map(|summary| &summary.value);
            values
                .map(|value| (value.tag.clone(), value.simple_value))
                .collect()
        };
        let has = |event: &Event, tag: &str| {
            let tags = tags(event);
            tags.iter()
                .find(|(name, _)| name == tag)
                .map(|(_, value)| *value)
        };
        assert_eq!(has(&events[1], "training/lambda"), None);
        assert_eq!(has(&events[2], "training/lambda"), Some(Some(0.25)));
        assert_eq!(has(&events[1], "loss/feature"), Some(Some(0.5)));
    }

    #[test]
    fn epochs_are_there_once_whatever_happened_to_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("events");
        let history: Vec<EpochRecord> = (0..3).map(epoch).collect();
        EventFile::open(&path, &history).unwrap();
        assert_eq!(steps(&path), [0, 1, 2]);
        let whole = fs::read(&path).unwrap();
        for damaged in [
            &whole[..0],
            &whole[..5],
            &whole[..whole.len() - 1],
            b"something else",
        ] {
            fs::write(&path, damaged).unwrap();
            EventFile::open(&path, &history).unwrap();
            assert_eq!(steps(&path), [0, 1, 2]);
        }
        // Epochs after the last checkpoint are trained again.
        let mut file = EventFile::open(&path, &history[..1]).unwrap();
        file.add(&epoch(1)).unwrap();
        assert_eq!(steps(&path), [0, 1]);
    }
}
