use super::{CRATES, is_test, root, sources, texts};
use std::fs;

/// Lints of the workspace, which `cargo xtask check` turns into errors, with the reason for each.
const LINTS: [(&str, &str); 3] = [
    (
        "missing_docs",
        "what is public is read by its docstring: shapes, units, ranges, errors",
    ),
    (
        "unsafe_code",
        "each of the few places that need it says why, with `expect` and a reason",
    ),
    (
        "unwrap_used",
        "bad input ends in a sentence, never in a panic",
    ),
];

#[test]
fn the_workspace_has_the_lints() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    for (lint, reason) in LINTS {
        let is_on = ["warn", "deny"]
            .iter()
            .any(|level| manifest.contains(&format!("\n{lint} = \"{level}\"\n")));
        assert!(
            is_on,
            "Cargo.toml: put `{lint}` under [workspace.lints] again: {reason}"
        );
    }
}

#[test]
fn every_crate_has_the_lints_of_the_workspace() {
    let manifests = CRATES
        .iter()
        .flat_map(|folder| texts(folder, &["Cargo.toml"]));
    for (path, manifest) in manifests {
        assert!(
            manifest.contains("\n[lints]\nworkspace = true\n"),
            "{path}: write `[lints]` and `workspace = true`: without them none of the workspace's lints is checked there"
        );
    }
}

#[test]
fn lints_are_switched_off_in_tests_alone() {
    let mut found = Vec::new();
    for (path, text) in sources().iter().filter(|(path, _)| !is_test(path)) {
        for (lint, reason) in LINTS {
            for attribute in switched_off(text, lint) {
                let has_reason = lint == "unsafe_code" && attribute.contains("reason");
                if !has_reason {
                    found.push(format!(
                        "{path} switches `{lint}` off: do without, since {reason}"
                    ));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn attributes_are_found_however_they_are_written() {
    for text in [
        "#![allow(missing_docs)]",
        "#[expect(\n    missing_docs,\n    reason = \"\"\n)]",
        "#[cfg_attr(test, allow(clippy::missing_docs))]",
        "#[allow(dead_code, missing_docs)]",
    ] {
        assert_eq!(switched_off(text, "missing_docs").len(), 1, "{text}");
    }
    for text in [
        "/// allow(missing) docs",
        "#[allow(dead_code)] // missing_docs",
    ] {
        assert!(switched_off(text, "missing_docs").is_empty(), "{text}");
    }
}

/// What the attributes say that switch a lint off.
fn switched_off<'a>(text: &'a str, lint: &str) -> Vec<&'a str> {
    let starts = ["allow(", "expect("].into_iter().flat_map(|attribute| {
        let found = text.match_indices(attribute);
        found.map(|(start, matched)| &text[start + matched.len()..])
    });
    let inner = starts.map(|rest| &rest[..rest.find(')').unwrap_or(rest.len())]);
    let names_lint = |inner: &&str| {
        let mut names = inner.split(',').map(str::trim);
        names.any(|name| name.trim_start_matches("clippy::") == lint)
    };
    inner.filter(names_lint).collect()
}
