//! The page's sentences, apart from those that a part makes of its own numbers.

/// The name of the tabs, for screen readers.
pub const TABS: &str = "What to show";
/// In place of an answer, before anything is drawn.
pub const INVITATION_TO_DRAW: &str = "Draw something, and I will guess";
/// In place of an answer, before a photo is open.
pub const INVITATION_TO_SHOW: &str = "Show me a photo, and I will guess";
/// The name of the part below the answer, for screen readers.
pub const MORE: &str = "About the guess";

/// The error where no engine runs, with the reason as a sentence.
pub fn no_guesses(reason: &str) -> String {
    format!("There are no guesses. {reason} You can still draw.")
}
