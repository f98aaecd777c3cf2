//! The sentences of the answer.

use protocol::foreign::isolated;

use crate::language::{say, texts};

texts! {
    /// The name of the part with the answer, for screen readers.
    ANSWER: "The guess", "答案";
    /// The name of the list of the classes that lead, for screen readers.
    RUNNERS_UP: "Leading classes", "機率領先的類別";
    /// Opens the list of all classes.
    ALL_CLASSES: "All classes", "所有類別";
    /// The name of the list of all classes, for screen readers.
    HOW_LIKELY: "How likely each class is", "各類別的機率";
    /// In place of an answer that is on its way.
    PLEASE_WAIT: "Please wait …", "請稍候……";
    /// In place of an answer where no engine runs.
    NO_ENGINE: "No guesses for now", "目前無法猜測";
    /// No class stands out.
    NO_IDEA: "No idea yet", "還看不出來";
    /// Before a class whose article is not known.
    MY_GUESS: "My guess:", "我猜是";
    /// Before two classes.
    NOT_SURE: "Not sure:", "不太確定：";
    /// Before what is said of a drawing of something else.
    LOOKS_LIKE: "This looks like", "這看起來";
    /// Before the classes that are nearest to a drawing of something else.
    NEAREST: "Nearest:", "最接近：";
}

/// Before a class that leads clearly, with its article.
pub fn i_think(article: &str) -> String {
    say!("I think it’s {article}", "我覺得是")
}

/// A drawing of something else than the classes.
pub fn none_of(classes: usize) -> String {
    say!("none of my {classes}", "不屬於這 {classes} 類")
}

/// Before a class that leads with doubt, with its article.
pub fn perhaps(article: &str) -> String {
    say!("Perhaps it’s {article}", "可能是")
}

/// Two classes that come into question.
pub fn either(first: &str, second: &str) -> String {
    let (first, second) = (isolated(first), isolated(second));
    say!("{first} or {second}?", "{first}還是{second}？")
}

/// A percentage after the class that leads.
pub fn sure(percent: &str) -> String {
    say!("{percent}\u{a0}sure", "信心\u{a0}{percent}")
}
