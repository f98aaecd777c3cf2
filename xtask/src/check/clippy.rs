//! Clippy over every crate as it is built: natively, for the browser, with and without Burn.

use crate::{
    packages::{NATIVE, WASM},
    process::{cargo, run},
    setup::TARGET,
    step::step,
};
use anyhow::Result;

/// Every warning is an error. The sets of packages and features, and the profile, are those that the tests and the
/// site are built with: build scripts and procedural macros are compiled once for all of them.
pub fn check() -> Result<()> {
    let wasm = ["--target", TARGET];
    clippy(
        "shared, natively, without Burn",
        &["--package", "shared", "--lib"],
        &[],
    )?;
    clippy("everything native", NATIVE, &["--all-targets"])?;
    clippy(
        "shared in the browser, without Burn",
        &["--package", "shared", "--lib"],
        &wasm,
    )?;
    clippy("the page", &["--package", "web"], &wasm)?;
    clippy(
        "everything in the browser on the processor",
        WASM,
        // Benches are native.
        &[&wasm[..], &["--lib", "--bins", "--tests"]].concat(),
    )?;
    let gpu = ["--package", "engine_worker", "--features", "gpu"];
    clippy("the engine for the graphics card", &gpu, &wasm)
}

fn clippy(what: &str, selection: &[&str], more: &[&str]) -> Result<()> {
    step(&format!("Clippy: {what}"), || {
        let arguments = ["clippy", "--locked", "--release"]
            .iter()
            .chain(selection)
            .chain(more);
        let warnings = ["--", "--deny", "warnings"];
        let mut clippy = cargo(arguments.copied().chain(warnings));
        run(&mut clippy, "correct what clippy says above")
    })
}
