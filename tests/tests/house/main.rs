//! Rules of this repository that its own text can break. Each says in its message what to do and why.
#![cfg(not(target_family = "wasm"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]

mod circles;
mod dependencies;
mod lints;
mod sizes;
mod vocabulary;
mod words;

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The folders that hold first-party crates.
const CRATES: [&str; 5] = ["shared", "tests", "trainer", "web", "xtask"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// The text files at a path inside the repository, each by its path and with its text, in the order of their paths.
fn texts(path: &str, endings: &[&str]) -> Vec<(String, String)> {
    let whole = root().join(path);
    if whole.is_file() {
        return vec![(path.to_owned(), fs::read_to_string(whole).unwrap())];
    }
    let mut found = Vec::new();
    let mut entries: Vec<_> = fs::read_dir(whole).unwrap().map(Result::unwrap).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().into_string().unwrap();
        let below = format!("{path}/{name}");
        if entry.path().is_dir() {
            if !name.starts_with('.') && name != "target" && name != "node_modules" {
                found.extend(texts(&below, endings));
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.extend(texts(&below, endings));
        }
    }
    found
}

/// Every Rust source file of the repository.
fn sources() -> Vec<(String, String)> {
    let folders = CRATES.iter();
    folders.flat_map(|folder| texts(folder, &[".rs"])).collect()
}

/// Whether a source file holds nothing but tests or benches, by its path.
fn is_test(path: &str) -> bool {
    let folders = ["/tests/", "/benches/"];
    path.ends_with("tests.rs") || folders.iter().any(|folder| path.contains(folder))
}
