//! Rust's standard library for browsers: from rustup, or else built from its source for this repository alone.

use super::{offline, target::TARGET, toolchain::require_rustup};
use crate::{
    process::{command, run_within},
    workspace::Workspace,
};
use anyhow::{Context, Result};
use std::{fs, process::Stdio, time::Duration};
use tempfile::TempDir;

/// How it is installed by hand.
pub const LINE: &str = "rustup target add wasm32-unknown-unknown";

/// Long enough for a slow line, short enough where downloads hang.
const DOWNLOAD_LIMIT: Duration = Duration::from_secs(120);

/// What the compiler has to be told besides `.cargo/config.toml`: where the standard library is, if rustup could not install it.
pub fn extra_flags(workspace: &Workspace) -> Result<Vec<String>> {
    let sysroot = offline::sysroot(workspace)?;
    if !sysroot.exists() || is_usable(&[])? {
        return Ok(Vec::new());
    }
    let flags = ["--sysroot".to_owned(), sysroot.display().to_string()];
    Ok(if is_usable(&flags)? {
        flags.into()
    } else {
        Vec::new()
    })
}

/// Requires that it can be installed.
pub fn check() -> Result<()> {
    require_rustup(
        &format!("standard library for {TARGET}"),
        "libstd-rust-dev-wasm32",
    )
}

/// Installs it with rustup; where rustup cannot download, builds it into the target folder.
pub fn install(workspace: &Workspace) -> Result<()> {
    match run_within(
        &mut command("rustup", ["target", "add", TARGET]),
        DOWNLOAD_LIMIT,
    )? {
        Some(status) if status.success() && is_usable(&[])? => return Ok(()),
        Some(_) => println!("rustup could not install it."),
        None => println!("rustup took over {DOWNLOAD_LIMIT:?}."),
    }
    let sysroot = offline::sysroot(workspace)?;
    println!(
        "Building it from its source instead, into {}.",
        sysroot.display()
    );
    offline::build(&sysroot)
}

/// Whether a program really compiles: what rustup believes to have installed may be gone, or there twice.
pub fn is_usable(flags: &[String]) -> Result<bool> {
    let folder = TempDir::new().context("cannot make a temporary folder")?;
    fs::write(folder.path().join("empty.rs"), "").context("cannot write a temporary file")?;
    let arguments = ["--target", TARGET, "--crate-type", "lib", "--emit"];
    let mut rustc = command("rustc", arguments);
    rustc.args(["metadata", "empty.rs"]).args(flags);
    let status = rustc
        .current_dir(&folder)
        .stderr(Stdio::null())
        .status()
        .context("cannot start rustc: install Rust from https://rustup.rs")?;
    Ok(status.success())
}
