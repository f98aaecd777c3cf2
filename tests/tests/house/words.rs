use super::{
    texts,
    vocabulary::{EXCEPTIONS, Exception, WORDS},
};

/// Folders and files whose words are checked.
const CHECKED: [&str; 11] = [
    "trainer",
    "shared",
    "web",
    "assets",
    "index.html",
    "tests",
    "xtask",
    "docs",
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
];

/// Where the words themselves are listed, and what others wrote.
const UNCHECKED: [&str; 2] = ["tests/tests/house/", "tests/axe/"];

const ENDINGS: [&str; 7] = [".rs", ".md", ".toml", ".py", ".js", ".css", ".html"];

/// A word that is not to be written.
struct Finding {
    path: String,
    number: usize,
    line: String,
    phrase: &'static str,
    instead: &'static str,
}

impl Finding {
    fn is_covered_by(&self, exception: &Exception) -> bool {
        self.path.starts_with(exception.files)
            && (exception.words.is_empty() || exception.words.contains(&self.phrase))
            && self.line.contains(exception.part)
    }
}

/// Every such word, wherever it may be right as well.
fn findings() -> Vec<Finding> {
    let mut found = Vec::new();
    let files = CHECKED.iter().flat_map(|path| texts(path, &ENDINGS));
    let is_checked = |path: &str| {
        !UNCHECKED
            .iter()
            .any(|unchecked| path.starts_with(unchecked))
    };
    for (path, text) in files.filter(|(path, _)| is_checked(path)) {
        let lines: Vec<&str> = text.lines().collect();
        let words = words(&text);
        for (phrases, instead) in WORDS {
            for &phrase in phrases {
                found.extend(
                    lines_with(&words, phrase)
                        .into_iter()
                        .map(|number| Finding {
                            path: path.clone(),
                            number,
                            line: lines[number - 1].trim().to_owned(),
                            phrase,
                            instead,
                        }),
                );
            }
        }
    }
    found
}

#[test]
fn one_word_for_one_thing() {
    let found = findings();
    let refused = found.iter().filter(|finding| {
        !EXCEPTIONS
            .iter()
            .any(|exception| finding.is_covered_by(exception))
    });
    let refused: Vec<String> = refused
        .map(|finding| {
            let Finding {
                path,
                number,
                line,
                phrase,
                instead,
            } = finding;
            format!("{path}:{number}: \"{phrase}\": write {instead}\n    {line}")
        })
        .collect();
    assert!(
        refused.is_empty(),
        "a reader from the field would have to translate these:\n{}",
        refused.join("\n")
    );
}

#[test]
fn every_exception_is_needed() {
    let found = findings();
    for exception in EXCEPTIONS {
        assert!(
            found.iter().any(|finding| finding.is_covered_by(exception)),
            "{:?} {:?} ({}): remove this exception",
            exception.files,
            exception.part,
            exception.reason
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
    assert!(lines_with(&words("[view.source, view.target]"), "source view").is_empty());
}

/// The words of a text in lower case, each with the number of its line; an empty one where a phrase ends.
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
            } else if ".,;:!?(){}[]\"".contains(character) {
                words.push((String::new(), number + 1));
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
