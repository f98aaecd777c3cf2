//! The photo view's sentences.

/// In place of an answer about what was dropped or pasted: it holds a link.
pub const LINK: &str = "That is a link to a picture, not the picture itself: save the picture first, then drop the file.";
/// In place of an answer about what was dropped or pasted: it holds no file.
pub const NO_FILE: &str =
    "There is no file in that: drop or paste a picture file, such as a JPEG or a PNG.";
/// On the button that opens the file dialogue.
pub const CHOOSE: &str = "Choose a photo";
/// On the same button while a file is being opened.
pub const OPENING: &str = "Opening …";
/// Beside the button.
pub const DROP: &str = "or drop or paste one. It stays on this machine.";

/// A folder is dropped.
pub fn folder(name: &str) -> String {
    format!("“{name}” is a folder: drop a picture that is in it.")
}

/// One of several files is opened.
pub fn one_of(name: &str, files: usize) -> String {
    format!("There are {files} files. Only “{name}” is opened, the first picture among them.")
}

/// Opening takes longer than usual.
pub fn slow(name: &str) -> String {
    format!("“{name}” is taking long to open. You can wait, or choose another file.")
}

/// The worker stopped while it opened a file.
pub fn not_opened(name: &str, reason: &str) -> String {
    format!(
        "“{name}” could not be opened, since the part of the page that opens photos stopped. {reason} Choose it again, or another file."
    )
}

/// The worker stopped while it found edges.
pub fn no_edges(reason: &str) -> String {
    format!("The edges could not be found. {reason} Move a slider to try again.")
}
