//! Tests of what not every machine has: a graphics adapter, PyTorch, the real data.
//!
//! Each is `#[ignore = "needs ..."]`, so that any runner counts it as skipped. What they need is there where the first of them
//! passes, which only looks for it; then the others are run as well.

use crate::process::{command, output};
use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use std::{collections::BTreeMap, process::Command};

/// How a reason begins, and the test that passes where the need is met: its binary, as nextest calls it, and its name.
///
/// Two CUDA cards are not among them: this program builds the tests without CUDA.
const NEEDS: [(&str, &str, &str); 4] = [
    (
        "needs a graphics adapter",
        "trainer",
        "device::tests::the_graphics_adapter_that_is_asked_for_computes",
    ),
    ("needs PyTorch", "trainer::pytorch", "pytorch_is_there"),
    (
        "needs real data",
        "trainer::real_data",
        "real_data_is_found",
    ),
    (
        "needs labels of real data",
        "trainer::real_data",
        "labels_of_real_data_are_found",
    ),
];

/// A test that its attribute leaves out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    binary: String,
    name: String,
    reason: String,
}

impl Ignored {
    /// The filterset of this test alone.
    pub fn filterset(&self) -> String {
        format!("(binary_id(={}) & test(={}))", self.binary, self.name)
    }

    /// Which test, and why it is left out.
    pub fn line(&self) -> String {
        let Self {
            binary,
            name,
            reason,
        } = self;
        format!("{binary} {name}: {reason}")
    }
}

/// The ignored tests of those that `list` lists, nextest's JSON, whose need this machine does not meet, or that name none of the
/// known needs.
pub fn unmet(list: &mut Command) -> Result<Vec<Ignored>> {
    let text = output(list, "correct what it says")?;
    let list: Value = serde_json::from_str(&text).context("nextest printed no list of tests")?;
    let mut ignored = Vec::new();
    for (binary, names) in ignored_names(&list) {
        let mut test = test_binary(&list, &binary)?;
        let said = output(test.arg("--exact").args(&names), "build the tests again")?;
        let reasons = reasons(&said);
        ignored.extend(names.into_iter().map(|name| Ignored {
            reason: reasons.get(&name).cloned().unwrap_or_default(),
            binary: binary.clone(),
            name,
        }));
    }
    let mut met = Vec::new();
    for (reason, binary, probe) in NEEDS {
        if ignored.iter().any(|test| test.reason.starts_with(reason))
            && is_met(&list, binary, probe)?
        {
            met.push(reason);
        }
    }
    ignored.retain(|test| !met.iter().any(|reason| test.reason.starts_with(reason)));
    Ok(ignored)
}

/// The names of all ignored tests that match the list's filterset, by binary.
fn ignored_names(list: &Value) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    for (binary, suite) in list["rust-suites"].as_object().into_iter().flatten() {
        let cases = suite["testcases"].as_object().into_iter().flatten();
        let names: Vec<String> = cases
            .filter(|(_, case)| {
                case["ignored"] == true && case["filter-match"]["status"] == "matches"
            })
            .map(|(name, _)| name.clone())
            .collect();
        if !names.is_empty() {
            found.insert(binary.clone(), names);
        }
    }
    found
}

/// A test binary, to be run where nextest would run it.
fn test_binary(list: &Value, binary: &str) -> Result<Command> {
    let suite = &list["rust-suites"][binary];
    let text = |key: &str| {
        let text = suite[key].as_str();
        text.with_context(|| format!("nextest lists no {key} of {binary}"))
    };
    let mut test = command(text("binary-path")?, []);
    test.current_dir(text("cwd")?);
    Ok(test)
}

/// The reasons in what a test binary prints of tests that it leaves out, by name: `test a::b ... ignored, needs c`.
fn reasons(said: &str) -> BTreeMap<String, String> {
    let reason = |line: &str| {
        let (name, reason) = line.strip_prefix("test ")?.split_once(" ... ignored, ")?;
        Some((name.to_owned(), reason.to_owned()))
    };
    said.lines().filter_map(reason).collect()
}

/// Whether a probe passes.
fn is_met(list: &Value, binary: &str, probe: &str) -> Result<bool> {
    ensure!(
        list["rust-suites"][binary]["testcases"][probe].is_object(),
        "there is no test {probe} in {binary}: correct the needs in xtask/src/test/needs.rs"
    );
    let mut test = test_binary(list, binary)?;
    let Ok(run) = test.args(["--exact", probe, "--include-ignored"]).output() else {
        bail!("cannot start {binary}: build the tests again");
    };
    Ok(run.status.success())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn ignored_tests_that_match_are_found_by_binary() {
        let case = |ignored: bool, status: &str| json!({ "ignored": ignored, "filter-match": { "status": status } });
        let list = json!({ "rust-suites": {
            "a": { "testcases": { "plain": case(false, "matches") } },
            "a::b": { "testcases": {
                "one": case(true, "matches"),
                "plain": case(false, "matches"),
                "elsewhere": case(true, "mismatch"),
                "two": case(true, "matches"),
            } },
        } });
        let expected = [("a::b".to_owned(), vec!["one".to_owned(), "two".to_owned()])];
        assert_eq!(ignored_names(&list), BTreeMap::from(expected));
    }

    #[test]
    fn a_reason_is_read_from_what_the_binary_prints() {
        let said = "\nrunning 2 tests\ntest x::one ... ignored, needs PyTorch: pip install torch\ntest two ... ignored\n\n\
                    test result: ok. 0 passed; 0 failed; 2 ignored; 0 measured; 5 filtered out; finished in 0.00s\n";
        let expected = [(
            "x::one".to_owned(),
            "needs PyTorch: pip install torch".to_owned(),
        )];
        assert_eq!(reasons(said), BTreeMap::from(expected));
    }

    #[test]
    fn a_test_that_is_left_out_is_named_with_its_reason() {
        let test = Ignored {
            binary: "a::b".to_owned(),
            name: "x::one".to_owned(),
            reason: "needs PyTorch".to_owned(),
        };
        assert_eq!(test.filterset(), "(binary_id(=a::b) & test(=x::one))");
        assert_eq!(test.line(), "a::b x::one: needs PyTorch");
    }
}
