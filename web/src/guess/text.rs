//! The sentences of the answer.

/// The name of the part with the answer, for screen readers.
pub const ANSWER: &str = "The guess";
/// The name of the list of runners-up, for screen readers.
pub const RUNNERS_UP: &str = "Runners-up";
/// Opens the list of all classes.
pub const ALL_CLASSES: &str = "All classes";
/// The name of the list of all classes, for screen readers.
pub const HOW_LIKELY: &str = "How likely each class is";
/// In place of an answer that is on its way.
pub const ONE_MOMENT: &str = "One moment …";
/// In place of an answer where no engine runs.
pub const NO_ENGINE: &str = "No guesses for now";
/// No class stands out.
pub const NO_IDEA: &str = "No idea yet";
/// Before a class whose article is not known.
pub const MY_GUESS: &str = "My guess:";
/// Before two classes.
pub const NOT_SURE: &str = "Not sure:";

/// Before a class that leads clearly, with its article.
pub fn i_think(article: &str) -> String {
    format!("I think it’s {article}")
}

/// Before what is said of a drawing of something else.
pub const LOOKS_LIKE: &str = "This looks like";
/// Before the classes that are nearest to a drawing of something else.
pub const NEAREST: &str = "Nearest:";

/// A drawing of something else than the classes.
pub fn none_of(classes: usize) -> String {
    format!("none of my {classes}")
}

/// Before a class that leads with doubt, with its article.
pub fn perhaps(article: &str) -> String {
    format!("Perhaps it’s {article}")
}

/// Two classes that come into question.
pub fn either(first: &str, second: &str) -> String {
    format!("{first} or {second}?")
}

/// A percentage after the class that leads.
pub fn sure(percent: &str) -> String {
    format!("{percent}\u{a0}sure")
}
