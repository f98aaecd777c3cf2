//! How tests are run.

use super::tally::Tally;
use crate::{
    packages::NATIVE,
    process::{cargo, run_reading},
};
use anyhow::Result;
use std::process::Command;

/// A verb of `cargo nextest`, over everything native.
pub fn nextest(verb: &str, more: &[&str]) -> Command {
    let whole = [&["nextest", verb, "--locked"], NATIVE, more].concat();
    cargo(whole)
}

/// Runs tests and counts what their runner's summary says.
pub fn counted(tests: &mut Command, tally: &mut Tally) -> Result<()> {
    run_reading(tests, "the failed tests are named above", |line| {
        tally.read(line)
    })
}
