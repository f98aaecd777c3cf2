//! The sentences of sharing.

use super::code::{CodeError, LONGEST, MOST_STROKES, TooMuch, VERSION};
use crate::language::{say, texts};

texts! {
    /// The button that opens the dialog, and the button of the system's own dialog.
    SHARE: "Share", "分享";
    /// The title of the dialog.
    TITLE: "Share your drawing", "分享你的塗鴉";
    /// The title of the dialog after a game.
    GAME_TITLE: "Share your game", "分享這場遊戲";
    /// Hands the picture and the link to another program.
    SEND: "Send …", "傳送……";
    /// Copies the link.
    COPY_LINK: "Copy link", "複製連結";
    /// Copies the picture.
    COPY_PICTURE: "Copy picture", "複製圖片";
    /// Saves the picture.
    SAVE_PICTURE: "Save picture", "儲存圖片";
    /// What the picture in the dialog is.
    PREVIEW: "The picture that is shared", "要分享的圖片";
    /// Below the picture: what the link holds.
    LINK_HOLDS: "The link holds the drawing itself. Nothing is uploaded.", "塗鴉就存在連結裡，不會上傳任何東西。";
    /// The same after a game, whose link leads to a new one.
    GAME_LINK_HOLDS: "The link opens the game. Nothing is uploaded.", "連結會開啟遊戲，不會上傳任何東西。";
    /// After the link was copied.
    LINK_COPIED: "Link copied.", "已複製連結。";
    /// After the picture was copied.
    PICTURE_COPIED: "Picture copied.", "已複製圖片。";
    /// After the picture was saved.
    PICTURE_SAVED: "Picture saved.", "已儲存圖片。";
    /// What a picture is about, for other programs.
    SUBJECT: "A drawing on Edgewise", "Edgewise 上的塗鴉";
    /// On the card where there is no answer.
    NO_ANSWER: "What is it?", "這是什麼？";
    /// At the foot of the card.
    FOOT: "It never saw a labelled doodle", "從未看過有標籤的塗鴉";
    /// The page's name.
    NAME: "Edgewise", "Edgewise";
    /// The picture could not be painted, where there is a link.
    NO_PICTURE: "The browser could not make the picture. The link still works.", "瀏覽器無法產生圖片，但連結仍可使用。";
    /// The same where there is none.
    NO_PICTURE_NOR_LINK: "The browser could not make the picture. Close this and try again.", "瀏覽器無法產生圖片，請關閉後再試一次。";
}

/// Why a link shows no drawing.
pub fn bad_link(error: CodeError) -> String {
    if let CodeError::Version(_) = error {
        return say!(
            "The drawing in this link was made by a newer version of Edgewise: reload the page and open the link again.",
            "這個連結裡的塗鴉來自較新版本的 Edgewise，請重新載入頁面，再開啟連結。"
        );
    }
    let why = not_decoded(error);
    say!(
        "The link holds no drawing that can be shown: {why}. Ask for the link again, and copy all of it.",
        "連結裡沒有可以顯示的塗鴉：{why}。請再要一次連結，並完整複製。"
    )
}

/// Why a text is no drawing.
pub fn not_decoded(error: CodeError) -> String {
    match error {
        CodeError::Long => say!(
            "the text has more than {LONGEST} characters",
            "內容超過 {LONGEST} 個字元"
        ),
        CodeError::Letters => say!(
            "it has characters that no link has",
            "內容有連結裡不會出現的字元"
        ),
        CodeError::Version(version) => say!(
            "the text has version {version}, and this page reads version {VERSION}",
            "內容的版本是 {version}，而這個頁面讀取版本 {VERSION}"
        ),
        CodeError::Checksum => say!("the text is cut off or changed", "內容不完整或遭到更動"),
        CodeError::Numbers => say!(
            "the numbers in the text do not describe a drawing",
            "其中的數值不是塗鴉"
        ),
    }
}

/// Why a drawing does not fit into a link.
pub fn too_much(TooMuch: TooMuch) -> String {
    say!(
        "a link holds at most {MOST_STROKES} strokes, and this drawing has more",
        "連結最多容納 {MOST_STROKES} 筆，而這張塗鴉超過了"
    )
}

/// Why there is no link.
pub fn no_link(error: TooMuch) -> String {
    let why = too_much(error);
    say!(
        "There is no link to this drawing: {why}. Share the picture instead.",
        "無法產生這張塗鴉的連結：{why}。請改為分享圖片。"
    )
}

/// Why the picture was not saved, with what the browser says.
pub fn not_saved(said: &str) -> String {
    say!(
        "The picture was not saved: {said}. Try again.",
        "沒有儲存圖片：{said}。請再試一次。"
    )
}

/// Why something else could not be done, with what the browser says.
pub fn refused(what: &str, said: &str) -> String {
    let save = SAVE_PICTURE();
    say!(
        "“{what}” did not work: {said}. Try “{save}”.",
        "無法{what}：{said}。請試試「{save}」。"
    )
}
