//! The sentences of own classes.

use protocol::foreign::isolated;

use super::class::{ClassError, EXAMPLES, LONGEST_NAME, MOST};
use super::file::{FileError, VERSION};
use crate::language::{say, texts};
use crate::share::text::not_decoded;

texts! {
    /// The title of the part.
    TITLE: "Your own classes", "你自己的類別";
    /// What it is.
    WHAT:
        "Draw five examples of something else and give it a name. Nothing is trained: a new drawing is compared with the \
            mean of your five, by the features that the network computes before it decides.",
        "畫五張別的東西當範例，再取個名稱。這裡不做任何訓練：新的塗鴉會與你那五張的平均特徵比較，用的是神經網路做決定前的特徵。";
    /// Where they are.
    WHERE: "They stay on this machine, in this browser.", "這些類別只存在這台裝置的這個瀏覽器裡。";
    /// Takes the drawing on the sheet as an example.
    TAKE: "Use this drawing", "用這張塗鴉";
    /// Takes the last example back.
    UNDO: "Remove last", "收回上一張";
    /// The label of the name.
    NAME: "Name", "名稱";
    /// Makes the examples a class.
    FINISH: "Add class", "新增類別";
    /// Forgets a class.
    FORGET: "Forget", "刪除";
    /// Saves the classes as a file.
    EXPORT: "Export", "匯出";
    /// Reads classes from a file.
    IMPORT: "Import", "匯入";
    /// The name of the list of classes, for screen readers.
    LIST: "Your classes", "你的類別";
    /// The name of the examples, for screen readers.
    EXAMPLES_LABEL: "The examples so far", "目前的範例";
    /// A file that cannot be read.
    NO_CLASSES:
        "The file holds no classes that Edgewise can read. Choose one that Edgewise exported.",
        "這個檔案沒有 Edgewise 能讀取的類別，請選擇由 Edgewise 匯出的檔案。";
    /// Classes in the browser's storage that cannot be read.
    UNREADABLE:
        "The classes stored in this browser cannot be read and are left as they are. New ones are not stored: export them to keep them.",
        "無法讀取這個瀏覽器裡儲存的類別，已原樣保留。新的類別不會儲存，請匯出以便日後使用。";
    /// The same where a newer version of the page wrote them.
    NEWER:
        "The classes stored in this browser come from a newer version of Edgewise and are left as they are: reload the page.",
        "這個瀏覽器裡儲存的類別來自較新版本的 Edgewise，已原樣保留，請重新載入頁面。";
    /// There are classes for other weights alone.
    OTHER_WEIGHTS:
        "Your classes for other weights of the network are kept, but cannot be used with these: draw the examples again.",
        "你為神經網路的其他權重建立的類別仍然保留，但不能用於這份權重，請重畫範例。";
    /// A file was chosen before the names of the network's classes are known.
    STILL_LOADING:
        "The network is still loading. Choose the file again once it is there.",
        "神經網路還在載入，載入後請再選一次檔案。";
    /// The browser has nowhere to keep them.
    NO_STORAGE: "it has no storage for this page", "它沒有給這個頁面儲存空間";
}

/// How far the examples are: "2 of 5 examples".
pub fn progress(count: usize) -> String {
    say!(
        "{count} of {EXAMPLES} examples",
        "範例 {count} / {EXAMPLES}"
    )
}

/// There is no room for another class.
pub fn full() -> String {
    say!(
        "There is no room for more than {MOST} classes: forget one to add another.",
        "最多只能有 {MOST} 個類別：請先刪除一個，再新增。"
    )
}

/// Why something cannot be a class.
fn why_none(error: &ClassError) -> String {
    match error {
        ClassError::Blank => say!("the name is empty: give it one", "名稱是空的，請輸入名稱"),
        ClassError::Long => say!(
            "the name has more than {LONGEST_NAME} letters: shorten it",
            "名稱超過 {LONGEST_NAME} 個字，請縮短"
        ),
        ClassError::Taken(name) => {
            let name = isolated(name);
            say!(
                "there is a class “{name}” already: choose another name",
                "已經有類別「{name}」了，請換個名稱"
            )
        }
        ClassError::Count(count) => say!(
            "there are {count} examples: {EXAMPLES} are needed",
            "有 {count} 張範例，但需要 {EXAMPLES} 張"
        ),
        ClassError::Features => say!(
            "the network sees nothing in one of the examples: draw it again",
            "神經網路在其中一張範例裡看不到東西，請重畫"
        ),
        ClassError::Full => say!(
            "there are {MOST} classes already: forget one first",
            "已經有 {MOST} 個類別，請先刪除一個"
        ),
    }
}

/// Why there is no class.
pub fn no_class(error: &ClassError) -> String {
    let why = why_none(error);
    say!("The class was not added: {why}.", "沒有新增類別：{why}。")
}

/// A class was added.
pub fn added(name: &str) -> String {
    let name = isolated(name);
    say!(
        "“{name}” is one of the answers now. Draw one!",
        "「{name}」現在也是答案之一。畫一張試試！"
    )
}

/// A class was forgotten.
pub fn forgotten(name: &str) -> String {
    let name = isolated(name);
    say!("“{name}” is forgotten.", "已刪除「{name}」。")
}

/// So many classes came from a file.
pub fn imported(count: usize) -> String {
    match count {
        1 => say!("One class was imported.", "已匯入 1 個類別。"),
        count => say!("{count} classes were imported.", "已匯入 {count} 個類別。"),
    }
}

/// Why classes could not be read.
pub fn not_read(error: &FileError) -> String {
    let why = match error {
        FileError::Format => say!(
            "the file was not exported by Edgewise",
            "檔案不是由 Edgewise 匯出的"
        ),
        FileError::Version(version) => say!(
            "the file has version {version}, and this page reads version {VERSION}: reload the page",
            "檔案的版本是 {version}，而這個頁面讀取版本 {VERSION}，請重新載入頁面"
        ),
        FileError::Network => say!(
            "the examples were drawn for other weights of the network: draw them again",
            "範例是為神經網路的另一份權重畫的，請重畫"
        ),
        FileError::Count(count) => say!(
            "the file has {count} classes, and the page takes at most {MOST}",
            "檔案有 {count} 個類別，而這個頁面最多接受 {MOST} 個"
        ),
        FileError::Class(name, error) => {
            let (name, why) = (isolated(name), why_none(error));
            say!("the class “{name}”: {why}", "類別「{name}」：{why}")
        }
        FileError::Drawing(name, error) => {
            let (name, why) = (isolated(name), not_decoded(*error));
            say!(
                "an example of the class “{name}”: {why}",
                "類別「{name}」的一張範例：{why}"
            )
        }
    };
    say!("The classes were not read: {why}.", "沒有讀取類別：{why}。")
}

/// Why stored classes could not be read.
pub fn stored_not_read(error: &FileError) -> &'static str {
    match error {
        FileError::Version(version) if *version > VERSION => NEWER(),
        _ => UNREADABLE(),
    }
}

/// Why classes are not kept, with what the browser says.
pub fn not_kept(said: &str) -> String {
    say!(
        "The browser could not store your classes: {said}. Export them to keep them.",
        "瀏覽器沒有儲存你的類別：{said}。請匯出，以便日後使用。"
    )
}

/// Why it is not known which classes are stored, with what the browser says.
pub fn not_loaded(said: &str) -> String {
    say!(
        "The browser could not read its storage: {said}. Export new classes to keep them.",
        "瀏覽器無法讀取儲存空間：{said}。新的類別請匯出，以便日後使用。"
    )
}

/// Why classes were not exported, with what the browser says.
pub fn not_exported(said: &str) -> String {
    say!(
        "The classes were not exported: {said}.",
        "沒有匯出類別：{said}。"
    )
}

/// Forgets the class of this name, for screen readers.
pub fn forget_aloud(name: &str) -> String {
    let (forget, name) = (FORGET(), isolated(name));
    say!("{forget} “{name}”", "{forget}「{name}」")
}
