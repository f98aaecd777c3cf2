//! Downloading an archive to a file, resuming where an earlier try stopped.

mod checksum;
mod error;
mod kind;
mod partial_file;
mod save;
#[cfg(test)]
mod server;
#[cfg(test)]
mod tests;
mod web;

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

pub use checksum::{Checksum, ChecksumError};
pub use error::FetchError;
use kind::{Wanted, head};
use partial_file::{PartialFile, unwritable};
use save::save;
use web::{Answer, Web};

use crate::Observer;

/// The course's data set.
///
/// Source: the notebook of the course's homework (NTU, Machine Learning, homework 11), which downloads this release asset of
/// `redxouls/ml2020spring-hw11-dataset`. Its checksum isn't known here.
pub const COURSE_ADDRESS: &str = "https://github.com/redxouls/ml2020spring-hw11-dataset/releases/download/v1.0.1/real_or_drawing.zip";

/// What to download, and where to.
#[derive(Debug, Clone, Copy)]
pub struct Download<'a> {
    /// An http or https address. Redirects are followed.
    pub address: &'a str,
    /// The file to write; at the end of a symbolic link. Until it's whole and checked, what came is in a file of the same name with
    /// `.edgewise-part` after it, and a file that is locked beside it.
    pub out: &'a Path,
    /// What the whole file's SHA-256 must be, where it's known.
    pub checksum: Option<Checksum>,
    /// Whether a file that is there already may be replaced.
    pub again: bool,
}

/// How a download ended without an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fetched {
    /// The file is there.
    Whole {
        /// Its size in bytes.
        size: u64,
        /// Its SHA-256.
        checksum: Checksum,
    },
    /// It was asked to stop; what came is kept for the next try.
    Stopped {
        /// What came, in bytes.
        size: u64,
    },
}

/// Downloads a file. The file appears only when it's whole and checked; until then, what was there before stays.
///
/// It's looked at: a page that a network or a server sends instead of an archive isn't kept, and neither is an archive that is
/// cut short. What came of the right file before stays, to resume from. Of several processes that would write the same file, one
/// does, and the others are refused.
///
/// A download that stopped or broke resumes where it was, as long as the server says that it's the same file still, and else
/// from the start. Setting `stop` stops it after the next piece that comes. `observer` is told the bytes.
///
/// # Errors
/// Where the file is there already, read-only or no regular file, the server can't be reached or refuses, the connection breaks, the disk is
/// full, or what came isn't the expected file or kind of file.
pub fn fetch(
    order: &Download,
    stop: &AtomicBool,
    observer: &dyn Observer,
) -> Result<Fetched, FetchError> {
    let &Download { address, out, .. } = order;
    if out.is_dir() {
        return Err(FetchError::Folder(out.to_owned()));
    }
    if out.exists() && !order.again {
        return Err(FetchError::Taken(out.to_owned()));
    }
    let target = files::replaceable(out).map_err(|error| unwritable(out)(error.cause))?;
    let mut part = PartialFile::beside(&target);
    // A download that the server refuses makes no folder.
    let folder = files::parent(&target);
    if folder.exists() {
        part.claim()?;
    }
    let wanted = Wanted::new(out, address);
    let web = Web::new(address, out);
    // A page that an interrupted download left is no beginning of the file.
    let is_good = || {
        let head = head(part.file()).ok();
        head.is_some_and(|head| wanted.check_head(&head, None).is_ok())
    };
    let begun = part.begun(address).filter(|_| is_good());
    if let Answer::Body(mut body) = web.ask(begun.as_ref())? {
        let size = body.start;
        if size == 0 {
            let head = body
                .head()
                .map_err(|error| web.broken(&part, 0, body.total, error))?;
            wanted.check_head(&head, body.content_type.as_deref())?;
            fs::create_dir_all(folder).map_err(unwritable(folder))?;
            part.claim()?;
            part.begin(address, body.validator.as_deref())?;
        }
        if !save(body, &part, &web, stop, observer)? {
            let size = part.size().unwrap_or(size);
            return Ok(Fetched::Stopped { size });
        }
    }
    let (size, checksum) = Checksum::of(part.file()).map_err(unwritable(part.file()))?;
    let is_sound = match order.checksum {
        Some(expected) if expected != checksum => Err(FetchError::Checksum {
            address: address.to_owned(),
            expected,
            found: checksum,
        }),
        Some(_) => Ok(()),
        None => wanted.check_whole(part.file()),
    };
    is_sound.inspect_err(|_| part.remove())?;
    part.finish(&target)?;
    Ok(Fetched::Whole { size, checksum })
}
