//! The page's sentences, apart from those that a part makes of its own numbers.

use crate::language::{say, texts};

texts! {
    /// The name of the tabs, for screen readers.
    TABS: "What to show", "要顯示的內容";
    /// The tab of the drawing view.
    DRAW: "Draw", "塗鴉";
    /// The tab of the photo view.
    PHOTO: "Photo", "照片";
    /// The tab of the game.
    GAME: "Game", "遊戲";
    /// The tab of the laboratory.
    LABORATORY: "Lab", "實驗室";
    /// The tab of the story.
    STORY: "Story", "故事";
    /// In place of an answer, before anything is drawn.
    INVITATION_TO_DRAW: "Draw something, and I’ll guess", "畫點什麼，我來猜";
    /// In place of an answer, before a photo is open.
    INVITATION_TO_SHOW: "Show me a photo, and I’ll guess", "給我一張照片，我來猜";
    /// The name of the part below the answer, for screen readers.
    MORE: "About the guess", "關於這個答案";
    /// The shell lacks the place for the page.
    INCOMPLETE: "The page is incomplete: its element #app is missing.", "頁面不完整：缺少元素 #app。";
    /// What the browser says of an error where it says nothing.
    NO_REASON: "the browser gives no reason", "瀏覽器沒有說明原因";
    /// The worker's files did not come.
    WORKER_MISSING: "Its files are missing or blocked.", "程式檔案不見了或遭到封鎖。";
    /// In place of a part of the page whose program is on its way.
    PART_LOADING: "Loading …", "載入中……";
    /// In place of a part of the page whose program did not come.
    PART_NOT_LOADED: "This part of the page could not be loaded. Check the connection and try again; if that does not help, reload the page.",
        "頁面的這個部分無法載入。請檢查網路連線後再試一次；如果還是不行，請重新載入頁面。";
    /// Asks for such a part again.
    TRY_AGAIN: "Try again", "再試一次";
}

/// The error where no engine runs, with the reason as a sentence.
pub fn no_engine_runs(reason: &str) -> String {
    say!(
        "There are no guesses. {reason} You can still draw.",
        "目前無法猜測。{reason}你仍然可以畫畫。"
    )
}

/// What was drawn before the page's program had come cannot be read.
pub fn early_drawing_lost(error: &str) -> String {
    say!(
        "What you drew while the page was loading is lost ({error}). Draw it again.",
        "頁面載入時畫的內容遺失了（{error}），請再畫一次。"
    )
}

/// The page's program stopped.
pub fn fault(error: &str) -> String {
    say!(
        "The page stopped because of an error; reload it to continue. ({error})",
        "頁面發生錯誤而停止，請重新載入。（{error}）"
    )
}

/// How the weights say that pictures were trained on.
const TRAINED_ON: &str = ", which it was trained on without labels";

/// How well the network does on pictures that the weights call by an English name, such as "doodles of Quick, Draw!".
pub fn measured(pictures: &str, on: &str, accuracy: f64) -> String {
    let (plain, was_trained_on) = match on.strip_suffix(TRAINED_ON) {
        Some(plain) => (plain, "（訓練時用了這些塗鴉，但沒有用標籤）"),
        None => (on, ""),
    };
    let on_chinese = match plain.strip_prefix("doodles of ") {
        Some(collection) => format!(" {collection} 的塗鴉"),
        None => plain.replace("doodles", "塗鴉"),
    };
    say!(
        "Measured on {pictures} {on}: {:.0}% are classified correctly.",
        "以 {pictures} 張{on_chinese}測試{was_trained_on}，準確率為 {:.0}%。",
        accuracy * 100.0
    )
}
