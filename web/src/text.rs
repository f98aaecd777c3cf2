//! The page's sentences, apart from those that a part makes of its own numbers.

/// The name of the tabs, for screen readers.
pub const TABS: &str = "What to show";
/// In place of an answer, before anything is drawn.
pub const INVITATION_TO_DRAW: &str = "Draw something, and I will guess";
/// In place of an answer, before a photo is open.
pub const INVITATION_TO_SHOW: &str = "Show me a photo, and I will guess";
/// In place of an answer that is on its way.
pub const ONE_MOMENT: &str = "One moment …";
/// In place of an answer where no engine runs.
pub const NO_ENGINE: &str = "No guesses for now";
/// The name of the part with the answer, for screen readers.
pub const ANSWER: &str = "The guess";
/// What the small picture of the drawing is.
pub const SEEN_LABEL: &str = "Your drawing as the model sees it, 28 by 28 pixels";
/// Below the small picture of the drawing.
pub const SEEN_CAPTION: &str = "What the model sees: 28\u{a0}×\u{a0}28 pixels";

/// The error where no engine runs, with the reason as a sentence.
pub fn no_guesses(reason: &str) -> String {
    format!("There are no guesses. {reason} You can still draw.")
}
