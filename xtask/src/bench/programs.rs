//! The programs that measure.

use crate::{
    packages::NATIVE,
    process::{command, output, run},
    setup::Install,
};
use anyhow::{Result, ensure};
use std::path::{Path, PathBuf};

/// The arguments of cargo for a native bench. The packages are those of the tests, so that Burn is not compiled again.
pub fn with_native<'a>(name: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let bench = [
        "bench",
        "--profile",
        "dev",
        "--quiet",
        "--locked",
        "--bench",
        name,
    ];
    [&bench[..], NATIVE, more].concat()
}

/// A Python of our own with some packages, made where it is missing; `modules` is what they are imported as.
pub fn python_with(
    folder: &Path,
    modules: &str,
    packages: &[&str],
    install: Install,
) -> Result<PathBuf> {
    let python = folder.join("bin/python");
    let program = python.to_string_lossy().into_owned();
    let import = format!("import {modules}");
    let has_them = || output(&mut command(&program, ["-c", &import]), "").is_ok();
    if python.is_file() && has_them() {
        return Ok(python);
    }
    let (place, list) = (folder.to_string_lossy(), packages.join(" "));
    ensure!(
        install == Install::Allowed,
        "{place} lacks {list}: `python3 -m venv {place} && {program} -m pip install {list}`"
    );
    eprintln!("Installing {list} into {place}, by pip. Nothing else is changed.");
    let network = "it needs python3 with venv, and the network";
    // Also where there is a Python: one that was made without Debian's python3-venv has no pip, and gets it by this.
    run(&mut command("python3", ["-m", "venv", &*place]), network)?;
    let pip = [&["-m", "pip", "install", "--quiet"][..], packages].concat();
    run(&mut command(&program, pip), network)?;
    Ok(python)
}
