//! The sentences of sharing.

use super::code::{CodeError, TooMuch};

/// The button that opens the dialog, and the button of the system's own dialog.
pub const SHARE: &str = "Share";
/// The title of the dialog.
pub const TITLE: &str = "Share your drawing";
/// The title of the dialog after a game.
pub const GAME_TITLE: &str = "Share your game";
/// Hands the picture and the link to another program.
pub const SEND: &str = "Send …";
/// Copies the link.
pub const COPY_LINK: &str = "Copy link";
/// Copies the picture.
pub const COPY_PICTURE: &str = "Copy picture";
/// Saves the picture.
pub const SAVE_PICTURE: &str = "Save picture";
/// Closes the dialog.
pub const CLOSE: &str = "Close";
/// What the picture in the dialog is.
pub const PREVIEW: &str = "The picture that is shared";
/// Below the picture: what the link holds.
pub const LINK_HOLDS: &str = "The link holds the drawing itself. Nothing is uploaded.";
/// The same after a game, whose link leads to a new one.
pub const GAME_LINK_HOLDS: &str = "The link opens the game. Nothing is uploaded.";
/// After the link was copied.
pub const LINK_COPIED: &str = "The link is copied.";
/// After the picture was copied.
pub const PICTURE_COPIED: &str = "The picture is copied.";
/// After the picture was saved.
pub const PICTURE_SAVED: &str = "The picture is saved.";
/// What a picture is about, for other programs.
pub const SUBJECT: &str = "A drawing on Edgewise";
/// On the card where there is no answer.
pub const NO_ANSWER: &str = "What is it?";
/// At the foot of the card.
pub const FOOT: &str = "Only ever taught with photos";
/// The page's name.
pub const NAME: &str = "Edgewise";

/// Why a link shows no drawing.
pub fn bad_link(error: CodeError) -> String {
    match error {
        CodeError::Version(_) => {
            "The drawing in this link was made by a newer version of Edgewise: reload the page and open the link again.".into()
        }
        error => format!(
            "The link holds no drawing that can be shown: {error}. Ask for the link again, and copy all of it."
        ),
    }
}

/// Why there is no link.
pub fn no_link(error: TooMuch) -> String {
    format!("There is no link to this drawing: {error}. Share the picture instead.")
}

/// Why something could not be done, with what the browser says.
pub fn refused(what: &str, said: &str) -> String {
    format!("“{what}” did not work: {said}. Try “{SAVE_PICTURE}”.")
}

/// Why the picture could not be painted or saved.
pub const NO_PICTURE: &str = "The browser could not make the picture. The link works all the same.";
