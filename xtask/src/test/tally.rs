//! Counting tests from what their runners print last.

use std::fmt;

/// How many tests passed and failed, and which were skipped.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    passed: u32,
    failed: u32,
    /// One line a test.
    skipped: Vec<String>,
}

impl Tally {
    /// Counts a test that was not run.
    pub fn skip(&mut self, line: String) {
        self.skipped.push(line);
    }

    /// How many tests were run.
    pub fn run(&self) -> u32 {
        self.passed + self.failed
    }

    /// Adds what a runner's summary says, and the tests that wasm-bindgen-test says it ignores; other lines count for nothing.
    ///
    /// What nextest calls skipped is left out: to it, all that its filterset leaves for another step is that as well. Summaries are nextest's `Summary [   0.1s] 5 tests run: 3 passed (1 slow), 1 failed, 1 timed out, 2 skipped` and
    /// wasm-bindgen-test's `test result: ok. 3 passed; 0 failed; 1 ignored; 0 filtered out; finished in 0.2s`. Indented, the latter is
    /// what one test printed that failed, and nextest has counted it.
    pub fn read(&mut self, line: &str) {
        if let Some((name, reason)) = ignored(line) {
            self.skip(if reason.is_empty() {
                name.to_owned()
            } else {
                format!("{name}: {reason}")
            });
            return;
        }
        if !line.trim_start().starts_with("Summary [") && !line.starts_with("test result: ") {
            return;
        }
        let words: Vec<&str> = line
            .split([' ', ',', ';'])
            .filter(|word| !word.is_empty())
            .collect();
        for pair in words.windows(2) {
            let Ok(count) = pair[0].parse::<u32>() else {
                continue;
            };
            match pair[1] {
                "passed" => self.passed += count,
                "failed" | "timed" | "exec" => self.failed += count,
                _ => {}
            }
        }
    }
}

/// Name and reason, or no reason, in `test a::b ... ignored, needs c`.
fn ignored(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.strip_prefix("test ")?.split_once(" ... ignored")?;
    let reason = rest.strip_prefix(", ").unwrap_or_default();
    Some((name, reason))
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} passed, {} failed, {} skipped",
            self.passed,
            self.failed,
            self.skipped.len()
        )?;
        if !self.skipped.is_empty() {
            write!(formatter, ":\n  {}", self.skipped.join("\n  "))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_of_both_runners_add_up() {
        let mut tally = Tally::default();
        tally.read("     Summary [   0.012s] 17 tests run: 17 passed, 2 skipped");
        tally.read("     Summary [   1.250s] 9/20 tests run: 5 passed (2 slow), 2 failed, 1 timed out, 1 exec failed, 4 skipped");
        tally.read(
            "test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 filtered out; finished in 0.24s",
        );
        assert_eq!(
            tally,
            Tally {
                passed: 25,
                failed: 5,
                skipped: Vec::new(),
            }
        );
        assert_eq!(tally.to_string(), "25 passed, 5 failed, 0 skipped");
    }

    #[test]
    fn skipped_tests_are_counted_once_and_named_with_their_reasons() {
        let mut tally = Tally::default();
        tally.skip("trainer::pytorch reads: needs PyTorch".to_owned());
        tally.read("     Summary [   0.012s] 17 tests run: 17 passed, 43 skipped");
        tally.read("test page::drags ... ok");
        tally.read("test page::tilts ... ignored, needs a gyroscope");
        tally.read("test page::waits ... ignored");
        tally.read(
            "test result: ok. 1 passed; 0 failed; 2 ignored; 7 filtered out; finished in 0.24s",
        );
        assert_eq!(
            tally.to_string(),
            "18 passed, 0 failed, 3 skipped:\n  trainer::pytorch reads: needs PyTorch\n  \
             page::tilts: needs a gyroscope\n  page::waits"
        );
    }

    #[test]
    fn other_lines_count_for_nothing() {
        let mut tally = Tally::default();
        tally.read("        PASS [   0.004s] xtask tests::3 passed, 1 failed");
        tally.read("  3 passed");
        tally.read("    test result: FAILED. 0 passed; 1 failed; 0 ignored; 57 filtered out");
        assert_eq!(tally, Tally::default());
    }
}
