//! Standard output and standard error. A reader that has gone is no reason to stop working, and every other failure is one error
//! at the end.

use std::{
    fmt::Arguments,
    io::{self, BufWriter, ErrorKind, Write},
    path::Path,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use anyhow::Context;
use files::{FileError, NewFile};

/// Whether only results and errors are to be printed.
static QUIET: AtomicBool = AtomicBool::new(false);
/// The first failure to write to standard output, other than a closed pipe.
static FAILURE: Mutex<Option<io::Error>> = Mutex::new(None);

/// From now on prints nothing but results and errors.
pub fn be_quiet() {
    QUIET.store(true, Ordering::Relaxed);
}

/// Whether only results and errors are to be printed.
pub fn is_quiet() -> bool {
    QUIET.load(Ordering::Relaxed)
}

/// Prints a line to standard output.
pub fn line(words: Arguments<'_>) {
    if let Err(error) = writeln!(io::stdout(), "{words}") {
        keep(error);
    }
}

/// Prints a line to standard error. There is nowhere to say that this failed.
pub fn error_line(words: Arguments<'_>) {
    let _ = writeln!(io::stderr(), "{words}");
}

/// Brings what was printed to standard output to its end.
///
/// # Errors
/// When some of it could not be written, unless whoever read it has closed it.
pub fn finish() -> anyhow::Result<()> {
    if let Err(error) = io::stdout().flush() {
        keep(error);
    }
    let failure = FAILURE
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take();
    match failure {
        Some(error) => Err(error).context("standard output cannot be written to"),
        None => Ok(()),
    }
}

/// Where a result goes: a file in the making, or standard output.
#[derive(Debug)]
pub enum Sink {
    /// A file, which appears when it is finished.
    File(NewFile),
    /// Standard output, whose failures [`finish`] tells of.
    Standard(BufWriter<Standard>),
}

/// Standard output, whose failures [`finish`] tells of.
#[derive(Debug)]
pub struct Standard;

impl Sink {
    /// Begins a file, or standard output where the path is `-`.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub fn create(path: &Path) -> Result<Self, FileError> {
        if path == Path::new("-") {
            return Ok(Self::Standard(BufWriter::new(Standard)));
        }
        NewFile::create(path).map(Self::File)
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// When that fails; what was there before is untouched then.
    pub fn finish(self) -> Result<(), FileError> {
        match self {
            Self::File(file) => file.finish(),
            Self::Standard(mut output) => output.flush().map_err(FileError::at(Path::new("-"))),
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.write(bytes),
            Self::Standard(output) => output.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::File(file) => file.flush(),
            Self::Standard(output) => output.flush(),
        }
    }
}

impl Write for Standard {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Err(error) = io::stdout().write_all(bytes) {
            keep(error);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if let Err(error) = io::stdout().flush() {
            keep(error);
        }
        Ok(())
    }
}

fn keep(error: io::Error) {
    if error.kind() != ErrorKind::BrokenPipe {
        let mut failure = FAILURE.lock().unwrap_or_else(PoisonError::into_inner);
        failure.get_or_insert(error);
    }
}

/// Prints what was asked for, to standard output.
#[macro_export]
macro_rules! print_result {
    ($($words:tt)*) => {
        $crate::output::line(format_args!($($words)*))
    };
}

/// Prints progress, to standard output.
#[macro_export]
macro_rules! say {
    ($($words:tt)*) => {
        if !$crate::output::is_quiet() {
            $crate::output::line(format_args!($($words)*));
        }
    };
}

/// Prints what is not a result, to standard error.
#[macro_export]
macro_rules! note {
    ($($words:tt)*) => {
        if !$crate::output::is_quiet() {
            $crate::output::error_line(format_args!($($words)*));
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_failure_is_kept_and_a_closed_pipe_is_none() {
        keep(ErrorKind::BrokenPipe.into());
        finish().unwrap();
        keep(ErrorKind::StorageFull.into());
        keep(ErrorKind::Other.into());
        let error = format!("{:#}", finish().unwrap_err());
        assert!(error.contains("no storage space"), "{error}");
        finish().unwrap();
    }
}
