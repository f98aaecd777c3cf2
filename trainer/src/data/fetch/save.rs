//! From the network to the disk.

use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

use super::FetchError;
use super::partial_file::{PartialFile, unwritable};
use super::web::{Body, Web};
use crate::progress;

/// Bytes that are asked for and written at once.
const PIECE: usize = 1 << 16;

/// Appends what comes; false if it was stopped before the end.
pub(super) fn save(
    mut body: Body,
    part: &PartialFile,
    web: &Web,
    stop: &AtomicBool,
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
    let bar = bar(body.total, have);
    let mut piece = vec![0; PIECE];
    loop {
        if stop.load(Ordering::Relaxed) {
            bar.abandon();
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
        bar.set_position(have);
    }
    if body.total.is_some_and(|total| have != total) {
        let error = io::Error::from(ErrorKind::UnexpectedEof);
        return Err(web.broken(part, have, body.total, error));
    }
    file.sync_all().map_err(|error| refused(error, have))?;
    bar.finish();
    Ok(true)
}

/// A bar of bytes, or a mere count of them where nobody knows how many will come.
fn bar(total: Option<u64>, have: u64) -> ProgressBar {
    let bar = progress::bar(total.unwrap_or(0), have, "bytes");
    let template = if total.is_some() {
        "{bar:32} {decimal_bytes}/{decimal_total_bytes}, {decimal_bytes_per_sec}, {eta} left"
    } else {
        bar.unset_length();
        "{spinner} {decimal_bytes}, {decimal_bytes_per_sec}"
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}
