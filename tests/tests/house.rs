//! Rules of this repository that its own text can break: one word for one thing, and files of a readable length.
#![cfg(not(target_family = "wasm"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Words that a reader from the field would have to translate, and what is written instead. `_`, `-` and capitals inside a name
/// separate words: `named_right` and `NamedRight` are "named right".
const WORDS: [(&[&str], &str); 21] = [
    (
        &[
            "named right",
            "named rightly",
            "named wrongly",
            "share right",
            "hits",
        ],
        "accuracy, correct, or classified correctly",
    ),
    (&["guess", "guesses"], "prediction"),
    (
        &["certainty", "certainties", "surest", "surer"],
        "confidence, or most confident",
    ),
    (&["surprise"], "negative log-likelihood"),
    (&["kept aside", "keep aside", "left aside"], "held out"),
    (
        &["teaching", "taught", "holds knowledge"],
        "distillation, distilled from, or soft targets",
    ),
    (&["carried along"], "propagated, or label propagation"),
    (&["equal shares", "fair"], "balanced, or Sinkhorn"),
    (&["who is alike"], "contrastive, or `simclr`"),
    (&["mark", "marks", "marked"], "snapshot, or snapshot epochs"),
    (&["handed in", "hands in"], "submission"),
    (
        &["moment"],
        "checkpoint selector; its values are latest, best and snapshot",
    ),
    (&["facts"], "run info"),
    (
        &["redraw", "redrawn", "careless"],
        "robustness, retraced, or perturbation",
    ),
    (&["geometry"], "augmentation"),
    (&["source view", "source views"], "source transform"),
    (
        &["balance loss", "balance and consistency"],
        "information maximisation",
    ),
    (&["way back"], "backward pass, or gradient"),
    (&["hangs on", "hang on"], "depends on"),
    (
        &["goes on", "go on", "going on", "went on"],
        "resumes, or continues",
    ),
    (
        &["in turns", "written beside"],
        "alternately; written to a temporary path and renamed",
    ),
];

/// Folders and files whose words are checked.
const CHECKED: [&str; 6] = [
    "trainer",
    "shared",
    "docs",
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
];

/// Lines, by a part of their path and a part of their text, in which these words are right.
const EXCEPTIONS: [(&str, &str, &str); 18] = [
    (
        "trainer/src/",
        "alias = \"",
        "a hidden alias, or an older name in a stored file",
    ),
    (
        "trainer/src/training/run/snapshot.rs",
        "OLD_INFO",
        "a file's older name",
    ),
    (
        "trainer/src/training/run/run_folder/mod.rs",
        "OLD_SNAPSHOTS",
        "a folder's older name",
    ),
    (
        "trainer/src/training/recipe/checked/tests.rs",
        "\"",
        "tests of older names",
    ),
    ("trainer/tests/older_names.rs", "", "tests of older names"),
    ("docs/run-folder.md", "`", "lists older names"),
    (
        "docs/training-log.md",
        "",
        "history: commands as they were run",
    ),
    ("docs/accessibility.md", "", "the page's own words"),
    ("docs/compare.md", "guesses", "the game's own words"),
    ("docs/ARCHITECTURE.md", "`guess`", "a folder of the page"),
    (
        "docs/ARCHITECTURE.md",
        "taught by photos",
        "the page's own words",
    ),
    ("README.md", "taught", "the page's own words"),
    (
        "trainer/datasets/src/",
        "guess_format",
        "a function of the crate image",
    ),
    ("", "quotation mark", "a character"),
    ("", "byte-order mark", "a character"),
    ("shared/src/picture/canny.rs", "", "marks of pixels"),
    ("shared/src/picture/ridges.rs", "", "marks of pixels"),
    (
        "shared/src/drawing/coverage.rs",
        "geometry",
        "the geometry of polygons",
    ),
];

/// Source files may have this many lines.
const LINES: usize = 400;

/// Longer ones that are there today. A file that is split leaves this list; none is added.
const LONG: [&str; 5] = [
    "web/photo-worker/src/tests.rs",
    "web/src/engines/client.rs",
    "web/src/engines/machine/tests.rs",
    "web/src/photo/client.rs",
    "web/tests/components/photo.rs",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// The text files at a path inside the repository, each by its path and with its text.
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

/// The words of a text in lower case, each with the number of its line.
fn words(text: &str) -> Vec<(String, usize)> {
    let mut words: Vec<(String, usize)> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let mut before = ' ';
        for character in line.chars() {
            let begins =
                !before.is_alphanumeric() || before.is_lowercase() && character.is_uppercase();
            if character.is_alphanumeric() {
                if begins {
                    words.push((String::new(), number + 1));
                }
                if let Some((word, _)) = words.last_mut() {
                    word.extend(character.to_lowercase());
                }
            }
            before = character;
        }
    }
    words
}

/// The lines in which a phrase begins.
fn lines_with(words: &[(String, usize)], phrase: &str) -> Vec<usize> {
    let phrase: Vec<&str> = phrase.split(' ').collect();
    let places = words.windows(phrase.len()).filter(|window| {
        let pairs = window.iter().zip(&phrase);
        pairs.into_iter().all(|((word, _), wanted)| word == wanted)
    });
    places.map(|window| window[0].1).collect()
}

fn is_excepted(path: &str, line: &str) -> bool {
    EXCEPTIONS
        .iter()
        .any(|(file, part, _)| path.starts_with(file) && line.contains(part))
}

#[test]
fn one_word_for_one_thing() {
    let mut found = Vec::new();
    for checked in CHECKED {
        for (path, text) in texts(checked, &[".rs", ".md", ".toml", ".py", ".js", ".css"]) {
            let lines: Vec<&str> = text.lines().collect();
            let words = words(&text);
            for (phrases, instead) in WORDS {
                for phrase in phrases {
                    for number in lines_with(&words, phrase) {
                        let line = lines[number - 1];
                        if !is_excepted(&path, line) {
                            found.push(format!(
                                "{path}:{number}: \"{phrase}\": write {instead}\n    {}",
                                line.trim()
                            ));
                        }
                    }
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_exception_is_needed() {
    let texts: Vec<(String, String)> = CHECKED
        .iter()
        .flat_map(|checked| texts(checked, &[".rs", ".md", ".toml", ".py", ".js", ".css"]))
        .collect();
    for (file, part, reason) in EXCEPTIONS {
        let is_needed = texts.iter().any(|(path, text)| {
            let lines: Vec<&str> = text.lines().collect();
            let words = words(text);
            path.starts_with(file)
                && WORDS
                    .iter()
                    .flat_map(|(phrases, _)| phrases.iter())
                    .flat_map(|phrase| lines_with(&words, phrase))
                    .any(|number| lines[number - 1].contains(part))
        });
        assert!(
            is_needed,
            "{file} {part:?} ({reason}): remove this exception"
        );
    }
}

#[test]
fn names_and_sentences_are_split_into_words() {
    let text = "let NamedRight = kept_aside; // it\n/// goes\n/// on";
    assert_eq!(lines_with(&words(text), "named right"), [1]);
    assert_eq!(lines_with(&words(text), "kept aside"), [1]);
    assert_eq!(lines_with(&words(text), "goes on"), [2]);
    assert!(lines_with(&words("unmarked benchmark"), "mark").is_empty());
}

#[test]
fn source_files_stay_readable() {
    let folders = ["shared", "tests", "trainer", "web", "xtask"];
    let sources = folders.iter().flat_map(|folder| texts(folder, &[".rs"]));
    let long: Vec<(String, usize)> = sources
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > LINES)
        .collect();
    for (path, lines) in &long {
        assert!(
            LONG.contains(&&**path),
            "{path} has {lines} lines: split it into files of at most {LINES}"
        );
    }
    for path in LONG {
        assert!(
            long.iter().any(|(known, _)| known == path),
            "{path} is no longer too long: remove it from the list"
        );
    }
}
