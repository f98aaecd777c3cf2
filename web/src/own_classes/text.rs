//! The sentences of own classes.

use super::class::{ClassError, EXAMPLES};
use super::file::FileError;

/// The title of the part.
pub const TITLE: &str = "Your own classes";
/// What it is.
pub const WHAT: &str = "Draw five examples of something else and name it. Nothing is trained: a new drawing is compared with the mean of \
    your five, by what the network makes of them before it decides.";
/// Where they are.
pub const WHERE: &str = "They stay on this machine, in this browser.";
/// Takes the drawing on the sheet as an example.
pub const TAKE: &str = "Use this drawing";
/// Takes the last example back.
pub const UNDO: &str = "Take back";
/// The label of the name.
pub const NAME: &str = "Name";
/// Makes the examples a class.
pub const FINISH: &str = "Add class";
/// Forgets a class.
pub const FORGET: &str = "Forget";
/// Saves the classes as a file.
pub const EXPORT: &str = "Export";
/// Reads classes from a file.
pub const IMPORT: &str = "Import";
/// The name of the list of classes, for screen readers.
pub const LIST: &str = "Your classes";
/// The name of the examples, for screen readers.
pub const EXAMPLES_LABEL: &str = "The examples so far";
/// A file that cannot be read.
pub const NO_CLASSES: &str =
    "The file holds no classes that Edgewise can read. Choose one that Edgewise exported.";
/// The browser has nowhere to keep them.
pub const NO_STORAGE: &str = "it has no storage for this page";

/// How far the examples are: "2 of 5 examples".
pub fn progress(count: usize) -> String {
    format!("{count} of {EXAMPLES} examples")
}

/// Why there is no class.
pub fn no_class(error: &ClassError) -> String {
    format!("The class was not added: {error}.")
}

/// A class was added.
pub fn taught(name: &str) -> String {
    format!("“{}” is one of the answers now. Draw one!", name.trim())
}

/// A class was forgotten.
pub fn forgotten(name: &str) -> String {
    format!("“{name}” is forgotten.")
}

/// So many classes came from a file.
pub fn imported(count: usize) -> String {
    match count {
        1 => "One class is imported.".into(),
        count => format!("{count} classes are imported."),
    }
}

/// Why classes could not be read.
pub fn not_read(error: &FileError) -> String {
    format!("The classes were not read: {error}.")
}

/// Why classes are not kept, with what the browser says.
pub fn not_kept(said: &str) -> String {
    format!("The browser does not keep your classes: {said}. Export them to have them later.")
}

/// Why classes were not exported, with what the browser says.
pub fn not_exported(said: &str) -> String {
    format!("The classes were not exported: {said}.")
}

/// Forgets the class of this name, for screen readers.
pub fn forget_aloud(name: &str) -> String {
    format!("{FORGET} “{name}”")
}
