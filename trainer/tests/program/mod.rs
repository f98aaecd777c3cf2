//! The trainer as a person runs it, and the embedded sample as a folder to run it on and to spoil.
#![allow(dead_code)] // each test file uses its part of it

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

/// The trainer in a working folder where no data lies about, on the CPU.
pub fn trainer(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trainer"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_remove("EDGEWISE_DATA")
        // Or Mesa, where there is no display, writes lines of its own to standard error.
        .env("NODEVICE_SELECT", "1")
        .stdin(Stdio::null());
    command
}

/// Runs it to its end.
pub fn output(folder: &Path, arguments: &[&str]) -> Output {
    trainer(folder, arguments).output().unwrap()
}

/// Runs it to its end, which must be a good one, and returns what it printed.
pub fn succeed(folder: &Path, arguments: &[&str]) -> String {
    let output = output(folder, arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// Runs it to its end, which must be one clear error that names each of `names`, and returns that.
pub fn fail(folder: &Path, arguments: &[&str], names: &[&str]) -> String {
    let output = output(folder, arguments);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "{arguments:?} succeeded");
    let lines: Vec<&str> = errors
        .lines()
        .filter(|line| line.starts_with("error: "))
        .collect();
    assert_eq!(lines.len(), 1, "{arguments:?}: {errors}");
    for name in names {
        assert!(
            lines[0].contains(name),
            "{arguments:?}: no {name} in {}",
            lines[0]
        );
    }
    assert!(!errors.contains("panicked"), "{errors}");
    lines[0].to_owned()
}

/// A working folder with the embedded sample written into `sample`.
pub fn with_sample() -> TempDir {
    let folder = TempDir::new().unwrap();
    succeed(folder.path(), &["data", "sample", "sample"]);
    folder
}

/// The smallest training there is, on `sample`, into `run`.
pub const TINY: [&str; 13] = [
    "train", "--data", "sample", "--run", "run", "--device", "cpu", "--width", "2", "--batch",
    "128", "--epochs", "2",
];

/// Every file below a folder with its bytes, in order.
pub fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let bytes = fs::read(&path).unwrap();
            found.push((path, bytes));
        }
    }
    found.sort();
    found
}
