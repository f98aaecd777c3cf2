//! `check`: everything that can be said about the sources without running them, cheapest first.

mod advisories;
mod clippy;

use crate::{
    process::{cargo, command, run},
    setup::{self, Install},
    step::step,
    workspace::Workspace,
};
use anyhow::Result;

/// Sets up, then checks.
pub fn run_verb(workspace: &Workspace, install: Install) -> Result<()> {
    setup::run(workspace, setup::FOR_CHECK, install)?;
    check(workspace)
}

/// Checks, each kind as a step of its own; the first that fails ends it.
pub fn check(workspace: &Workspace) -> Result<()> {
    step("Check the format", || {
        run(
            &mut cargo(["fmt", "--all", "--check"]),
            "run `cargo fmt --all`",
        )
    })?;
    step("Check spelling", || {
        let what_to_do = "correct the words, or allow them in typos.toml";
        run(
            command("typos", []).current_dir(&workspace.root),
            what_to_do,
        )
    })?;
    step("Look for unused dependencies", || {
        let what_to_do =
            "remove them, or name them in the crate's [package.metadata.cargo-machete]";
        run(cargo(["machete"]).current_dir(&workspace.root), what_to_do)
    })?;
    step("Check what all dependencies are", || {
        let checks = ["licenses", "bans", "sources"];
        let arguments = ["deny", "--locked", "check", "--hide-inclusion-graph"];
        let what_to_do = "choose other dependencies, or allow these in deny.toml";
        let mut deny = cargo(arguments.into_iter().chain(checks));
        run(deny.current_dir(&workspace.root), what_to_do)
    })?;
    step("Look for advisories about dependencies", || {
        advisories::look(workspace)
    })?;
    clippy::check(workspace)?;
    step("Check the types of the CUDA path", || {
        let mut check = cargo([
            "check",
            "--locked",
            "--package",
            "trainer",
            "--all-targets",
            "--features",
            "cuda",
        ]);
        // With it cudarc and its kin need no CUDA on the machine.
        run(
            check.env("DOCS_RS", "1"),
            "correct what the compiler says above",
        )
    })
}
