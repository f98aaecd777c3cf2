//! How tests are run.

use super::tally::Tally;
use crate::{
    packages::NATIVE,
    process::{cargo, run_reading},
};
use anyhow::{Result, ensure};
use std::process::Command;

/// A verb of `cargo nextest`, over everything native.
pub fn nextest(verb: &str, more: &[&str]) -> Command {
    let whole = [&["nextest", verb, "--locked"], NATIVE, more].concat();
    cargo(whole)
}

/// Runs tests and counts what their runner's summary says.
pub fn counted(tests: &mut Command, tally: &mut Tally) -> Result<()> {
    let before = tally.run();
    // Colours would stand between the words of a summary.
    tests.env("CARGO_TERM_COLOR", "never");
    run_reading(tests, "the failed tests are named above", |line| {
        tally.read(line)
    })?;
    ensure!(
        tally.run() > before,
        "no summary of tests can be read above: adapt xtask/src/test/tally.rs to what their runner prints"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::command;

    fn counted_from(script: &str) -> (Result<()>, Tally) {
        let mut tally = Tally::default();
        let result = counted(&mut command("sh", ["-c", script]), &mut tally);
        (result, tally)
    }

    #[test]
    fn summaries_come_without_colours() {
        let script = "[ $CARGO_TERM_COLOR = never ] && echo 'test result: ok. 2 passed; 0 failed'";
        let (result, tally) = counted_from(script);
        result.unwrap();
        assert_eq!(tally.run(), 2);
    }

    #[test]
    fn a_run_whose_summary_cannot_be_read_counts_as_failed() {
        let (result, _) = counted_from("echo All two tests passed.");
        let error = result.unwrap_err().to_string();
        assert!(error.contains("tally.rs"), "{error}");
    }
}
