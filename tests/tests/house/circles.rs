//! No file imports from a file that imports from it in turn, and no folder from such a folder: each can be read without those that
//! use it.

mod file;
mod imports;
mod tokens;

use super::{CRATES, texts};
use imports::{Imports, imports};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

#[test]
fn no_files_of_a_crate_import_from_each_other_in_a_circle() {
    let found: String = packages()
        .map(|(package, imports)| described(&package, &imports))
        .collect();
    assert!(
        found.is_empty(),
        "move what both need into a file of its own, so that one can be read without the other:\n{found}"
    );
}

#[test]
fn no_folders_of_a_crate_import_from_each_other_in_a_circle() {
    let found: String = packages()
        .map(|(package, imports)| described(&package, &between_folders(&imports)))
        .collect();
    assert!(
        found.is_empty(),
        "move what both need into a folder of its own, so that one can be read without the other:\n{found}"
    );
}

/// Every package by its folder, and what its files import from each other.
fn packages() -> impl Iterator<Item = (String, Imports)> {
    let manifests = CRATES
        .iter()
        .flat_map(|folder| texts(folder, &["Cargo.toml"]));
    manifests.map(|(manifest, _)| {
        let package = manifest.trim_end_matches("/Cargo.toml").to_owned();
        let start = format!("{package}/src/");
        let sources = texts(&format!("{package}/src"), &[".rs"]).into_iter();
        let below = sources.map(|(path, text)| (path.replacen(&start, "", 1), text));
        let sources: Vec<_> = below.collect();
        (package, imports(&sources))
    })
}

/// What the folders right below `src` import from each other.
fn between_folders(imports: &Imports) -> Imports {
    let folder = |file: &str| file.split_once('/').map(|(folder, _)| folder.to_owned());
    let mut folders = Imports::new();
    for (from, imported) in imports {
        let Some(from) = folder(from) else { continue };
        let own = folders.entry(from.clone()).or_default();
        for (to, names) in imported {
            if let Some(to) = folder(to).filter(|to| *to != from) {
                own.entry(to).or_default().extend(names.iter().cloned());
            }
        }
    }
    folders
}

/// The circles of a package, a line for each import in them; nothing where there is none.
fn described(package: &str, imports: &Imports) -> String {
    let mut lines = String::new();
    for circle in circles(imports) {
        writeln!(lines, "{package}/src, {} in a circle:", circle.len()).unwrap();
        for from in &circle {
            for (to, names) in &imports[*from] {
                if circle.contains(to.as_str()) {
                    let names: Vec<&str> = names.iter().map(String::as_str).collect();
                    writeln!(lines, "  {from} -> {to}: {}", names.join(", ")).unwrap();
                }
            }
        }
    }
    lines
}

/// The sets of files that reach each other by imports.
fn circles(imports: &Imports) -> Vec<BTreeSet<&str>> {
    let reached: BTreeMap<&str, BTreeSet<&str>> = imports
        .keys()
        .map(|from| (from.as_str(), reached(imports, from)))
        .collect();
    let mut circles: Vec<BTreeSet<&str>> = Vec::new();
    for (name, from) in &reached {
        let back = from.iter().filter(|other| reached[*other].contains(name));
        let circle: BTreeSet<&str> = back.copied().collect();
        if !circle.is_empty() && !circles.contains(&circle) {
            circles.push(circle);
        }
    }
    circles
}

/// Everything that a file reaches by imports; itself only where it is in a circle.
fn reached<'a>(imports: &'a Imports, from: &str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = imports[from].keys().map(String::as_str).collect();
    while let Some(name) = open.pop() {
        if reached.insert(name) {
            open.extend(imports[name].keys().map(String::as_str));
        }
    }
    reached
}

#[test]
fn a_circle_is_found_with_the_names_that_close_it() {
    let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    let found = imports(&[
        file("lib.rs", "mod a;\nmod d;"),
        file("a/mod.rs", "mod b;\nmod c;\nuse c::X;"),
        file("a/b.rs", "use super::c::Y;\npub struct Z;"),
        file(
            "a/c.rs",
            "pub struct X;\npub struct Y;\nfn f() { super::b::Z; }",
        ),
        file("d/mod.rs", "mod e;\nuse crate::a::g;"),
        file("d/e.rs", "pub fn h() {}"),
    ]);
    assert_eq!(
        described("own", &found),
        "own/src, 2 in a circle:\n  a/b.rs -> a/c.rs: super::c::Y\n  a/c.rs -> a/b.rs: super::b::Z\n"
    );
    assert_eq!(described("own", &between_folders(&found)), "");
    let found = imports(&[
        file("lib.rs", "mod a;\nmod d;"),
        file("a/mod.rs", "mod b;\nuse crate::d::e;"),
        file("a/b.rs", "pub fn f() {}"),
        file("d/mod.rs", "pub fn e() {}\nmod h;"),
        file("d/h.rs", "use crate::a::b::f;"),
    ]);
    assert_eq!(described("own", &found), "");
    assert_eq!(
        described("own", &between_folders(&found)),
        "own/src, 2 in a circle:\n  a -> d: crate::d::e\n  d -> a: crate::a::b::f\n"
    );
}
