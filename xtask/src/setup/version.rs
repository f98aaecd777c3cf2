//! Which version of a program is there.

use crate::{
    path::find_program,
    process::{cargo, command, output},
};

/// Whether a program is there in the version `least` or a newer one.
pub fn is_at_least(program: &str, least: &str) -> bool {
    version_of(program).is_some_and(|found| numbers(&found) >= numbers(least))
}

/// What a program says its version is.
pub fn version_of(program: &str) -> Option<String> {
    find_program(program)?;
    // Cargo hands its verbs their name, and some take its variables for a sign of that.
    let mut ask = match program.strip_prefix("cargo-") {
        Some(verb) => cargo([verb, "--version"]),
        None => command(program, ["--version"]),
    };
    version_in(&output(&mut ask, "").ok()?)
}

/// The version in a line such as `wasm-bindgen 0.2.130 (b9ef13c3e)`.
fn version_in(line: &str) -> Option<String> {
    let word = line
        .split_whitespace()
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
    Some(word.to_owned())
}

/// The numbers that a version begins with, to be compared.
fn numbers(version: &str) -> Vec<u64> {
    version
        .split(['.', '-', '+'])
        .map_while(|number| number.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_programs_print() {
        for (line, version) in [
            ("wasm-bindgen 0.2.130", Some("0.2.130")),
            (
                "wasm-bindgen-test-runner 0.2.130 (b9ef13c3e)\n",
                Some("0.2.130"),
            ),
            ("0.9.2\n", Some("0.9.2")),
            ("no version", None),
        ] {
            assert_eq!(version_in(line).as_deref(), version);
        }
    }

    #[test]
    fn versions_are_compared_by_their_numbers() {
        for (newer, older) in [("0.9.143", "0.9.98"), ("1.0.0", "0.20.2"), ("2.0", "1.9.9")] {
            assert!(numbers(newer) > numbers(older), "{newer} {older}");
        }
        assert_eq!(numbers("1.52.0-rc.1"), [1, 52, 0]);
        assert!(!is_at_least("no-such-program", "0.1.0"));
    }
}
