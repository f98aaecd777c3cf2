//! `test`: everything, cheapest first.

mod browser;
mod tally;

use crate::{
    check,
    packages::NATIVE,
    process::{cargo, run, run_reading},
    setup,
    step::{seconds, step},
    workspace::Workspace,
};
use anyhow::{Result, bail};
use std::{process::Command, time::Instant};
use tally::Tally;

/// Sets up, checks, and runs every test; ends with how many passed and failed.
pub fn run_verb(workspace: &Workspace) -> Result<()> {
    let start = Instant::now();
    let mut tally = Tally::default();
    let result = all(workspace, &mut tally);
    let closing = format!("All of it took {}.\n{tally}", seconds(start.elapsed()));
    match result {
        Ok(()) => println!("\n{closing}"),
        Err(error) => bail!("{error:#}\n\n{closing}"),
    }
    Ok(())
}

fn all(workspace: &Workspace, tally: &mut Tally) -> Result<()> {
    setup::run(workspace, setup::EVERYTHING)?;
    check::check(workspace)?;
    step("Build the native tests", || {
        run(
            &mut nextest(&["--no-run"]),
            "correct what the compiler says above",
        )
    })?;
    step("Run the native tests", || {
        let mut tests = nextest(&["--filterset", "not binary(browser)"]);
        counted(&mut tests, tally)
    })?;
    browser::units(workspace, tally)?;
    browser::end_to_end(workspace, tally)
}

/// `cargo nextest run` over everything native.
fn nextest(more: &[&str]) -> Command {
    let arguments = ["nextest", "run", "--locked", "--release"]
        .iter()
        .chain(NATIVE)
        .chain(more);
    cargo(arguments.copied())
}

/// Runs tests and counts what their runner's summary says.
fn counted(tests: &mut Command, tally: &mut Tally) -> Result<()> {
    run_reading(tests, "the failed tests are named above", |line| {
        tally.read(line)
    })
}
