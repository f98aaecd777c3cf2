//! `test`: everything that this machine can test, cheapest first.

mod browser;
mod needs;
mod runner;
mod tally;
mod times;

use crate::{
    check,
    process::run,
    setup::{self, Install},
    step::{seconds, step},
    workspace::Workspace,
};
use anyhow::{Result, bail};
use runner::{counted, nextest};
use std::time::Instant;
use tally::Tally;

/// Options of `test`.
#[derive(clap::Args)]
pub struct Options {
    /// Nothing was compiled from this clone yet: compile only what has changed since the last clone in its place was tested like this
    #[arg(long)]
    clean_clone: bool,
}

/// Sets up, checks, and runs every test; ends with how many passed, failed and were skipped, and why.
pub fn run_verb(workspace: &Workspace, options: &Options, install: Install) -> Result<()> {
    let start = Instant::now();
    let mut tally = Tally::default();
    let result = all(workspace, options, install, &mut tally);
    let closing = format!("All of it took {}.\n{tally}", seconds(start.elapsed()));
    match result {
        Ok(()) => println!("\n{closing}"),
        Err(error) => bail!("{error:#}\n\n{closing}"),
    }
    Ok(())
}

fn all(
    workspace: &Workspace,
    options: &Options,
    install: Install,
    tally: &mut Tally,
) -> Result<()> {
    setup::run(workspace, setup::EVERYTHING, install)?;
    if options.clean_clone {
        step("Recognise the sources that have not changed", || {
            times::restore(workspace)
        })?;
    }
    check::check(workspace)?;
    step("Build the native tests", || {
        run(
            &mut nextest("run", &["--no-run"]),
            "correct what the compiler says above",
        )
    })?;
    let skipped = step("Look for what some tests need", || {
        let list = ["--run-ignored", "only", "--message-format", "json"];
        needs::unmet(nextest("list", &list).args(["--filterset", NATIVE_TESTS]))
    })?;
    let mut filterset = NATIVE_TESTS.to_owned();
    for test in skipped {
        filterset = format!("{filterset} & not {}", test.filterset());
        tally.skip(test.line());
    }
    step("Run the native tests", || {
        let mut tests = nextest("run", &["--run-ignored", "all", "--filterset", &filterset]);
        counted(&mut tests, tally)
    })?;
    browser::units(workspace, tally)?;
    browser::end_to_end(workspace, tally)
}

/// The filterset of what needs no browser.
const NATIVE_TESTS: &str = "not binary(browser)";
