//! Counting tests from what their runners print last.

use std::fmt;

/// How many tests passed and failed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    passed: u32,
    failed: u32,
}

impl Tally {
    /// Adds what a runner's summary says; other lines count for nothing.
    ///
    /// Summaries are nextest's `Summary [   0.1s] 5 tests run: 3 passed (1 slow), 1 failed, 1 timed out, 2 skipped` and
    /// wasm-bindgen-test's `test result: ok. 3 passed; 0 failed; 1 ignored; 0 filtered out; finished in 0.2s`.
    pub fn read(&mut self, line: &str) {
        let line = line.trim_start();
        if !line.starts_with("Summary [") && !line.starts_with("test result: ") {
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

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
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
                failed: 5
            }
        );
        assert_eq!(tally.to_string(), "25 passed, 5 failed");
    }

    #[test]
    fn other_lines_count_for_nothing() {
        let mut tally = Tally::default();
        tally.read("        PASS [   0.004s] xtask tests::3 passed, 1 failed");
        tally.read("  3 passed");
        assert_eq!(tally, Tally::default());
    }
}
