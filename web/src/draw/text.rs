//! The sentences of the drawing view.

/// What the sheet is, for those who cannot see it.
pub const SHEET: &str = "The sheet to draw on, with a mouse, a finger or a pen";
/// On the empty sheet.
pub const PROMPT: &str = "It has only been taught with photos. Can it read your drawing?";
/// The name of the words to draw, for screen readers.
pub const WORDS: &str = "Draw one of these; press a word to see how it could look";
/// The name of the tools, for screen readers.
pub const TOOLS: &str = "Tools";
/// Takes the last change back.
pub const UNDO: &str = "Undo";
/// Does again what was undone.
pub const REDO: &str = "Redo";
/// Erases whole strokes.
pub const ERASER: &str = "Erase strokes";
/// Empties the sheet.
pub const CLEAR: &str = "Clear";
/// Shows what the network gets, on the sheet.
pub const SEES: &str = "What it sees";
/// Shows what each stroke adds.
pub const WHY: &str = "Why?";
/// What the small picture of the drawing is.
pub const SEEN_LABEL: &str = "Your drawing as the network sees it, 28 by 28 pixels";
/// Below the small picture of the drawing.
pub const SEEN_CAPTION: &str = "What the network sees: 28\u{a0}×\u{a0}28 pixels";
/// What the colours of the strokes mean, while nothing is drawn.
pub const WHY_NOTHING: &str = "Draw something: each stroke will show what it adds to the answer.";

/// What the colours of the strokes mean.
pub fn why(name: &str) -> String {
    format!(
        "Strokes in vermilion, wide, speak for {name}; those in blue, dashed, speak against it."
    )
}

/// What one stroke adds to the probability of the answer, in percentage points.
pub fn adds(number: usize, points: f32, name: &str) -> String {
    let rounded = points.round();
    if rounded == 0.0 {
        return format!("Stroke {number} changes nothing.");
    }
    let (amount, side) = (rounded.abs(), if rounded > 0.0 { "for" } else { "against" });
    format!("Stroke {number}: {amount:.0} points {side} {name}.")
}
