//! Clippy over every crate as it is built: natively, for the browser, with and without Burn.

use crate::{
    packages::{NATIVE, WASM},
    process::{cargo, run},
    step::step,
    wasm::cargo_for_browser,
    workspace::Workspace,
};
use anyhow::Result;
use std::process::Command;

/// Every warning is an error. The sets of packages and features, and the profile, are those that the tests and the
/// site are built with: build scripts and procedural macros are compiled once for all of them.
pub fn check(workspace: &Workspace) -> Result<()> {
    let shared = ["--package", "shared", "--lib"];
    native("shared, without Burn", &shared)?;
    native("everything", &[NATIVE, &["--all-targets"]].concat())?;
    let browser = |what: &str, selection: &[&str]| browser(workspace, what, selection);
    browser("shared, without Burn", &shared)?;
    browser("the page", &["--package", "web"])?;
    // Benches are native.
    let all = [WASM, &["--lib", "--bins", "--tests"]].concat();
    browser("everything on the processor", &all)?;
    browser("the laboratory", &["--package", "laboratory_worker"])?;
    browser(
        "the engine for the graphics card",
        &["--package", "engine_worker", "--features", "gpu"],
    )
}

fn native(what: &str, selection: &[&str]) -> Result<()> {
    step(&format!("Clippy, natively: {what}"), || {
        let arguments = ["clippy", "--locked"].iter().chain(selection);
        clippy(cargo(arguments.copied()))
    })
}

fn browser(workspace: &Workspace, what: &str, selection: &[&str]) -> Result<()> {
    step(&format!("Clippy, for the browser: {what}"), || {
        clippy(cargo_for_browser(
            workspace,
            "clippy",
            selection.iter().copied(),
            &[],
        )?)
    })
}

fn clippy(mut command: Command) -> Result<()> {
    command.args(["--", "--deny", "warnings"]);
    run(&mut command, "correct what clippy says above")
}
