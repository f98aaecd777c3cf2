use super::{CRATES, is_test, texts};
use std::collections::{BTreeMap, BTreeSet};

/// Circles that are there today, by their crate and folders, with what closes them. A circle that is broken leaves this list;
/// none is added.
const KNOWN: [(&str, &[&str], &str); 3] = [
    (
        "trainer",
        &["distillation", "evaluation", "training"],
        "a run keeps its teachers' soft labels, teachers predict as evaluation does, and that asks runs which photos they saw",
    ),
    (
        "web",
        &["draw", "photo", "share"],
        "the share button is among the drawing's tools, and edges of a photo lie under the ink",
    ),
    (
        "web/laboratory",
        &["data", "settings"],
        "points that are drawn by hand are settings, and data is made by settings",
    ),
];

/// Which folders each folder of a crate imports from.
type Imports = BTreeMap<String, BTreeSet<String>>;

#[test]
fn no_folders_of_a_crate_import_from_each_other() {
    let mut known: Vec<_> = KNOWN.to_vec();
    for folder in CRATES {
        for (manifest, _) in texts(folder, &["Cargo.toml"]) {
            let package = manifest.trim_end_matches("/Cargo.toml");
            for circle in circles(&imports(&crate_sources(package))) {
                let place = known
                    .iter()
                    .position(|(known, folders, _)| *known == package && circle == *folders);
                assert!(
                    place.is_some(),
                    "{package}/src: {circle:?} import from each other in a circle: move what both need to a place of its own, \
                     so that one can be read without the other"
                );
                known.remove(place.unwrap_or_default());
            }
        }
    }
    assert!(
        known.is_empty(),
        "{known:?} is no longer a circle: remove it from the list"
    );
}

#[test]
fn imports_are_found_however_they_are_written() {
    let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    let found = imports(&[
        file("a/mod.rs", "use crate::b::x;\n// crate::d\nuse super::e;"),
        file(
            "a/deep.rs",
            "use crate::{\n    b::{x, c},\n    c,\n};\nuse super::d;",
        ),
        file(
            "b.rs",
            "fn f() { crate::a::g() }\n#[cfg(test)]\nmod tests {\n use crate::e;\n}",
        ),
        file("b/inner.rs", "use super::super::c;"),
        file("c/mod.rs", ""),
        file("d/mod.rs", ""),
        file("e/mod.rs", ""),
    ]);
    let of = |folder: &str| -> Vec<&str> { found[folder].iter().map(String::as_str).collect() };
    assert_eq!(of("a"), ["b", "c", "e"]);
    assert_eq!(of("b"), ["a", "c"]);
    assert_eq!(circles(&found), [["a", "b"]]);
}

/// The sources of a package without its tests, by their paths below `src`.
fn crate_sources(package: &str) -> Vec<(String, String)> {
    let start = format!("{package}/src/");
    let sources = texts(&format!("{package}/src"), &[".rs"]).into_iter();
    let sources = sources.filter(|(path, _)| !is_test(path));
    let below = sources.map(|(path, text)| (path.replacen(&start, "", 1), text));
    below.collect()
}

/// What the folders directly below `src` import from each other.
fn imports(sources: &[(String, String)]) -> Imports {
    let folder = |path: &str| path.split_once('/').map(|(folder, _)| folder.to_owned());
    let folders = sources.iter().filter_map(|(path, _)| folder(path));
    let mut imports: Imports = folders.map(|name| (name, BTreeSet::new())).collect();
    let names: BTreeSet<String> = imports.keys().cloned().collect();
    for (path, text) in sources {
        let module = path.trim_end_matches(".rs").trim_end_matches("/mod");
        let depth = module.split('/').count();
        let Some(imported) = imports.get_mut(module.split('/').next().unwrap_or_default()) else {
            continue;
        };
        let code = code(text);
        for root in ["crate::".to_owned(), "super::".repeat(depth)] {
            for (start, _) in code.match_indices(&root) {
                let is_longer = code[..start].ends_with("super::");
                let found = first_names(&code[start + root.len()..]);
                imported.extend(
                    found
                        .into_iter()
                        .filter(|name| !is_longer && names.contains(name)),
                );
            }
        }
    }
    for (name, imported) in &mut imports {
        imported.remove(name);
    }
    imports
}

/// A source without its comments and without the tests at its foot.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next();
    let lines = text.unwrap_or_default().lines();
    let code = lines.filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| [line, "\n"]).collect()
}

/// The first name of a path, or those of each path in braces.
fn first_names(path: &str) -> Vec<String> {
    let name = |path: &str| -> String {
        let letters = path.trim_start().chars();
        letters
            .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
            .collect()
    };
    let Some(list) = path.strip_prefix('{') else {
        return vec![name(path)];
    };
    let (mut names, mut depth) = (vec![name(list)], 0);
    for (place, letter) in list.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(name(&list[place + 1..])),
            _ => {}
        }
    }
    names
}

/// The sets of folders that reach each other by imports, each in the order of names.
fn circles(imports: &Imports) -> Vec<Vec<&str>> {
    let reached = |from: &str| {
        let mut reached: BTreeSet<&str> = BTreeSet::new();
        let mut open: Vec<&str> = imports[from].iter().map(String::as_str).collect();
        while let Some(name) = open.pop() {
            if reached.insert(name) {
                open.extend(imports[name].iter().map(String::as_str));
            }
        }
        reached
    };
    let mut circles: Vec<Vec<&str>> = Vec::new();
    for name in imports.keys() {
        let from = reached(name);
        let back = from
            .into_iter()
            .filter(|other| reached(other).contains(name.as_str()));
        let circle: Vec<&str> = back.collect();
        if !circle.is_empty() && !circles.contains(&circle) {
            circles.push(circle);
        }
    }
    circles
}
