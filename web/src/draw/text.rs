//! The sentences of the drawing view.

use protocol::foreign::isolated;

use crate::language::{class_name, say, texts};

texts! {
    /// What the sheet is, for those who cannot see it.
    SHEET: "The sheet to draw on, with a mouse, a finger or a pen", "畫紙，可用滑鼠、手指或觸控筆作畫";
    /// On the empty sheet.
    PROMPT: "It has only been taught with photos. Can it read your drawing?", "它只用照片學過，看得懂你的塗鴉嗎？";
    /// The name of the words to draw, for screen readers.
    WORDS: "Draw one of these; press a word to see an example", "請畫其中一個，按下詞語可看範例";
    /// The name of the tools, for screen readers.
    TOOLS: "Tools", "工具";
    /// Takes the last change back.
    UNDO: "Undo", "復原";
    /// Does again what was undone.
    REDO: "Redo", "重做";
    /// Erases whole strokes.
    ERASER: "Erase strokes", "橡皮擦（整筆擦除）";
    /// Empties the sheet.
    CLEAR: "Clear", "清除";
    /// Shows what the network gets, on the sheet.
    SEES: "What it sees", "它看到的樣子";
    /// Shows what each stroke adds.
    WHY: "Why?", "為什麼？";
    /// What the small picture of the drawing is.
    SEEN_LABEL: "Your drawing as the network sees it, 28 by 28 pixels", "神經網路看到的塗鴉，28 × 28 像素";
    /// Below the small picture of the drawing.
    SEEN_CAPTION: "What the network sees: 28\u{a0}×\u{a0}28 pixels", "神經網路看到的：28\u{a0}×\u{a0}28 像素";
    /// What the colours of the strokes mean, while nothing is drawn.
    WHY_NOTHING: "Draw something to see what each stroke adds to the answer.", "畫點什麼，每一筆都會顯示它對答案的影響。";
    /// The same while the pen is down or the answer is on its way.
    WHY_WAITING: "Lift the pen: what each stroke adds is shown with the answer.", "提筆後，答案出現時會顯示每一筆的影響。";
    /// The edges on the drawing view's sheet.
    TRACING: "The edges of your photo, to draw over", "照片的邊緣，可以描著畫";
    /// Takes them away.
    TRACING_OFF: "Remove the edges", "移除邊緣";
}

/// What the colours of the strokes mean.
pub fn why(name: &str) -> String {
    let name = isolated(class_name(name));
    say!(
        "Wide vermilion strokes count towards {name}; dashed blue ones count against it.",
        "朱紅色的粗線支持「{name}」，藍色的虛線反對。"
    )
}

/// What one stroke adds to the probability of the answer, in percentage points.
pub fn adds(number: usize, points: f32, name: &str) -> String {
    let (name, amount) = (isolated(class_name(name)), points.round().abs());
    if amount == 0.0 {
        say!(
            "Stroke {number} changes nothing.",
            "第 {number} 筆沒有影響。"
        )
    } else if points > 0.0 {
        say!(
            "Stroke {number}: {amount:.0} points for {name}.",
            "第 {number} 筆：支持「{name}」{amount:.0} 個百分點。"
        )
    } else {
        say!(
            "Stroke {number}: {amount:.0} points against {name}.",
            "第 {number} 筆：反對「{name}」{amount:.0} 個百分點。"
        )
    }
}
