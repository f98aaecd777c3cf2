//! The trainer as a person runs it, and the embedded sample as a folder to run it on and to spoil.
#![allow(dead_code)] // each test file uses its part of it

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Output, Stdio},
    thread::sleep,
    time::{Duration, Instant},
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

/// The longest that anything here may take; a test that waits longer fails.
const LIMIT: Duration = Duration::from_secs(240);

/// Starts it and lets it run.
pub fn started(folder: &Path, arguments: &[&str]) -> Child {
    let mut command = trainer(folder, arguments);
    let silent = command.stdout(Stdio::null()).stderr(Stdio::null());
    silent.spawn().unwrap()
}

/// Waits until something is there, while the program runs: it must not have ended before.
pub fn wait_for(child: &mut Child, path: &Path) {
    let begun = Instant::now();
    while !path.exists() {
        let ended = child.try_wait().unwrap();
        assert!(ended.is_none(), "ended before {}", path.display());
        assert!(begun.elapsed() < LIMIT, "no {}", path.display());
        sleep(Duration::from_millis(2));
    }
}

/// Kills a program, which must still be running.
pub fn kill(mut child: Child) {
    let ended = child.try_wait().unwrap();
    assert!(ended.is_none(), "it had ended already: {ended:?}");
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Presses Ctrl-C, as it were; how the program, which must still be running, ends then.
pub fn interrupt(mut child: Child) -> ExitStatus {
    let ended = child.try_wait().unwrap();
    assert!(ended.is_none(), "it had ended already: {ended:?}");
    let id = child.id().to_string();
    let sent = Command::new("kill").args(["-INT", &id]).status().unwrap();
    assert!(sent.success());
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        assert!(begun.elapsed() < LIMIT, "it does not stop");
        sleep(Duration::from_millis(2));
    }
}

/// Runs it where no file may grow beyond `kib` KiB, as on a disk that is nearly full.
pub fn output_on_a_full_disk(folder: &Path, kib: u32, arguments: &[&str]) -> Output {
    let mut command = Command::new("bash");
    // Beyond the limit the system sends a signal, which a full disk does not.
    let script = format!("trap '' XFSZ; ulimit -f {kib}; exec \"$@\"");
    command
        .args(["-c", &script, "bash", env!("CARGO_BIN_EXE_trainer")])
        .args(arguments)
        .current_dir(folder)
        .env_remove("EDGEWISE_DATA")
        .env("NODEVICE_SELECT", "1")
        .stdin(Stdio::null());
    command.output().unwrap()
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
