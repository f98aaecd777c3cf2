//! Why a download failed. Every message names the file or the server, and what to do about it.

use std::io;
use std::path::PathBuf;

use indicatif::DecimalBytes;

use super::Checksum;

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The file is there already.
    #[error("{}: exists already; give --again to replace it, or --out to write another", .0.display())]
    Taken(PathBuf),
    /// The file's place is a folder.
    #[error("{}: is a folder; give the name of a file with --out", .0.display())]
    Folder(PathBuf),
    /// Another process writes it.
    #[error("{}: is being downloaded by another process; wait until that has ended, or write another file with --out", .0.display())]
    InUse(PathBuf),
    /// Something else than this process wrote to what came.
    #[error(
        "{}: has {found} bytes, and {expected} came: another program writes to it; end that, and give the command again",
        .part.display()
    )]
    Changed {
        /// What came so far.
        part: PathBuf,
        /// Its size in bytes.
        found: u64,
        /// What it should be.
        expected: u64,
    },
    /// Not an address that can be asked for.
    #[error("{address}: not an address ({cause}); give one that begins with https:// or http://")]
    Address {
        /// What was given.
        address: String,
        /// What is wrong with it.
        cause: Box<ureq::Error>,
    },
    /// There is no network, no such server, or no answer.
    #[error(
        "{host}: cannot be reached ({cause}); check the network, or download {address} elsewhere and put it at {}, or make a data set from public archives with `trainer data build`",
        .out.display()
    )]
    Unreachable {
        /// The server's name.
        host: String,
        /// What was asked for.
        address: String,
        /// Where the file should be.
        out: PathBuf,
        /// Why it failed.
        cause: Box<ureq::Error>,
    },
    /// The server has no such file.
    #[error(
        "{address}: the server has no such file (status {status}); give another address with --address, or make a data set from public archives with `trainer data build`"
    )]
    NoSuchFile {
        /// What was asked for.
        address: String,
        /// The answer's status, 404 or 410.
        status: u16,
    },
    /// The server answered, but not with a file.
    #[error(
        "{address}: the server refused (status {status}); try again later, or give another address with --address"
    )]
    Refused {
        /// What was asked for.
        address: String,
        /// The answer's status.
        status: u16,
    },
    /// The connection ended before the file did.
    #[error(
        "{host}: the connection broke after {}{} ({cause}); give the same command again to resume from {}",
        DecimalBytes(*.have),
        .total.map(|total| format!(" of {}", DecimalBytes(total))).unwrap_or_default(),
        .part.display()
    )]
    Broken {
        /// The server's name.
        host: String,
        /// What is on the disk, in bytes.
        have: u64,
        /// The whole file's size in bytes, where the server said it.
        total: Option<u64>,
        /// What came so far.
        part: PathBuf,
        /// Why it ended.
        cause: io::Error,
    },
    /// No space is left.
    #[error(
        "{}: the disk is full{}; make room and give the same command again to resume, or write elsewhere with --out",
        .part.display(),
        .missing.map(|missing| format!(", {} are missing", DecimalBytes(missing))).unwrap_or_default()
    )]
    DiskFull {
        /// What came so far.
        part: PathBuf,
        /// What is still to come in bytes, where the server said it.
        missing: Option<u64>,
    },
    /// The operating system refused to read or write something.
    #[error("{}: cannot be written ({cause}); check the folder, its permissions and the disk", .path.display())]
    Unwritable {
        /// What was being written.
        path: PathBuf,
        /// Why it failed.
        cause: io::Error,
    },
    /// The file is whole, and not the expected one.
    #[error(
        "{address}: the file's SHA-256 is {found}, not {expected}, so it was removed; check --sha256 and --address, and give the command again"
    )]
    Checksum {
        /// What was asked for.
        address: String,
        /// What it should have been.
        expected: Checksum,
        /// What it was.
        found: Checksum,
    },
    /// Somebody on the way, or the server, sent a page to look at.
    #[error(
        "{address}: that is a web page{title}, not {wanted}, and was not kept; open the address in a browser to see what it asks for (a network's own page, a log-in, Google Drive's question about viruses), save the file there as {}, or give the file's own address with --address",
        .out.display()
    )]
    WebPage {
        /// What was asked for.
        address: String,
        /// The page's title in brackets with a space before, or nothing.
        title: String,
        /// What it should have been.
        wanted: &'static str,
        /// Where the file should be.
        out: PathBuf,
    },
    /// The answer is another kind of file than its name says.
    #[error(
        "{address}: that is {found}, not {wanted}, and was not kept; check --address, and end the name that --out gives as the file is"
    )]
    AnotherKind {
        /// What was asked for.
        address: String,
        /// What it is.
        found: String,
        /// What it should have been.
        wanted: &'static str,
    },
    /// There was nothing in the answer.
    #[error(
        "{address}: the server sent an empty file; try again later, or give another address with --address"
    )]
    Empty {
        /// What was asked for.
        address: String,
    },
    /// The archive has no end, or cannot be unpacked.
    #[error(
        "{address}: {wanted}, but cut short or damaged ({cause}), and was not kept; give the command again, or another address with --address"
    )]
    Damaged {
        /// What was asked for.
        address: String,
        /// The kind of archive.
        wanted: &'static str,
        /// What is wrong with it.
        cause: String,
    },
}
