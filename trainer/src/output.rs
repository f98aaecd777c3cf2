//! Standard output and standard error. A reader that has gone is no reason to stop working, and every other failure is one error
//! at the end.

use std::{
    fmt::Arguments,
    io::{self, ErrorKind, Write},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use anyhow::Context;

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
