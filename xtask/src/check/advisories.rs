//! Known vulnerabilities of dependencies, by the RustSec database, where that can be fetched.

use crate::{
    process::{cargo, run_within},
    workspace::Workspace,
};
use anyhow::{Context, Result};
use std::{
    io::{Read, Seek},
    time::Duration,
};

/// Fetching the database takes seconds where there is a network.
const LIMIT: Duration = Duration::from_secs(90);
/// What cargo-deny says where there is none.
const NOT_FETCHED: &str = "failed to fetch advisory database";
/// What it says of an advisory, and of a version that its makers took back, which has none.
const FOUND: [&str; 2] = ["RUSTSEC-", "error[yanked]"];

/// Has cargo-deny look, and prints what it finds. An advisory fails nothing: it is published on any day, about sources that passed every
/// check the day before.
pub fn look(workspace: &Workspace) -> Result<()> {
    let mut said = tempfile::tempfile().context("cannot make a temporary file")?;
    let mut deny = cargo([
        "deny",
        "--locked",
        "check",
        "--hide-inclusion-graph",
        "advisories",
    ]);
    deny.current_dir(&workspace.root)
        .stdout(said.try_clone()?)
        .stderr(said.try_clone()?);
    let status = run_within(&mut deny, LIMIT)?;
    let mut text = String::new();
    said.rewind()?;
    said.read_to_string(&mut text)
        .context("cannot read what cargo-deny says")?;
    println!("{}", verdict(status.map(|status| status.success()), &text));
    Ok(())
}

/// What to print, by whether cargo-deny succeeded, which is none where it did not end in time.
fn verdict(succeeded: Option<bool>, said: &str) -> String {
    let has_any = || FOUND.iter().any(|found| said.contains(found));
    match succeeded {
        Some(true) => "   none is known".to_owned(),
        Some(false) if has_any() => format!(
            "{said}\n   update these dependencies with `cargo update`, or replace them; no check fails by it"
        ),
        Some(false) if !said.contains(NOT_FETCHED) => {
            format!("   not checked, since cargo-deny failed: {}", said.trim())
        }
        Some(false) | None => {
            "   not checked: the database at https://github.com/RustSec/advisory-db cannot be fetched from here".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_what_is_not_and_what_was_not_checked_are_told_apart() {
        assert_eq!(verdict(Some(true), ""), "   none is known");
        let found = verdict(Some(false), "error[vulnerability]: RUSTSEC-2000-0001");
        assert!(found.contains("RUSTSEC-2000-0001") && found.contains("cargo update"));
        let yanked = verdict(Some(false), "error[yanked]: detected yanked crate");
        assert!(yanked.contains("cargo update"), "{yanked}");
        let broken = verdict(Some(false), "error: failed to parse deny.toml");
        assert!(!broken.contains("cargo update"), "{broken}");
        assert!(broken.contains("not checked") && broken.contains("deny.toml"));
        for (succeeded, said) in [
            (None, ""),
            (
                Some(false),
                "[ERROR] failed to fetch advisory database https://github.com/RustSec/advisory-db with cli",
            ),
        ] {
            let text = verdict(succeeded, said);
            assert!(text.contains("not checked"), "{text}");
        }
    }
}
