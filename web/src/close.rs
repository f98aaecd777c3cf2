//! What closes something: its name and its symbol.

use crate::language::texts;

texts! {
    /// The name of the button.
    CLOSE: "Close", "關閉";
}

/// The symbol on it.
pub const CROSS: &str =
    r#"<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18" /></svg>"#;
