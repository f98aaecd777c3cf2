//! From the network to the disk.

use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use super::FetchError;
use super::partial_file::{PartialFile, unwritable};
use super::web::{Body, Web};
use crate::Observer;

/// Bytes that are asked for and written at once.
const PIECE: usize = 1 << 16;

/// Appends what comes; false if it was stopped before the end.
pub(super) fn save(
    mut body: Body,
    part: &PartialFile,
    web: &Web,
    stop: &AtomicBool,
    observer: &dyn Observer,
) -> Result<bool, FetchError> {
    let mut have = body.start;
    let refused = |cause: io::Error, have| match cause.kind() {
        ErrorKind::StorageFull => FetchError::DiskFull {
            part: part.file().to_owned(),
            missing: body.total.map(|total| total.saturating_sub(have)),
        },
        _ => unwritable(part.file())(cause),
    };
    let mut file = OpenOptions::new()
        .append(true)
        .open(part.file())
        .map_err(|error| refused(error, have))?;
    observer.begin(body.total, have);
    let mut piece = vec![0; PIECE];
    loop {
        if stop.load(Ordering::Relaxed) {
            observer.end(false);
            return Ok(false);
        }
        let count = match body.reader.read(&mut piece) {
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(web.broken(part, have, body.total, error)),
        };
        if count == 0 {
            break;
        }
        file.write_all(&piece[..count])
            .map_err(|error| refused(error, have))?;
        have += count as u64;
        observer.advance(count as u64);
    }
    if body.total.is_some_and(|total| have != total) {
        let error = io::Error::from(ErrorKind::UnexpectedEof);
        return Err(web.broken(part, have, body.total, error));
    }
    files::sync(&file).map_err(|error| refused(error, have))?;
    let found = part.size().map_err(unwritable(part.file()))?;
    if found != have {
        part.remove();
        return Err(FetchError::Changed {
            part: part.file().to_owned(),
            found,
            expected: have,
        });
    }
    observer.end(true);
    Ok(true)
}
