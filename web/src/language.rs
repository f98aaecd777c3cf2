//! The page's language, and its sentences in both.
//!
//! `assets/before.js` chooses the language before the page's program has come, and notes it as the document's `lang`. Sentences
//! follow it by themselves wherever they are said in a reactive place.

use std::cell::Cell;

use leptos::prelude::*;
use leptos::reactive::graph::Observer;
pub use protocol::Sentence;

/// A language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Chinese as it is written in Taiwan: `zh-Hant`.
    TraditionalChinese,
}

/// What `assets/before.js` dispatches on the window when the language has changed.
const CHANGED: &str = "edgewise-language";

thread_local! {
    static LANGUAGE: ArcRwSignal<Language> = followed();
    /// The language that [`both`] is asking for.
    static ASKED: Cell<Option<Language>> = const { Cell::new(None) };
}

/// A text of the page that needs no values: called, it is in the page's language, and as a child or an attribute it follows it.
pub type Text = fn() -> &'static str;

/// Texts without values, each in English and in Traditional Chinese.
macro_rules! texts {
    ($($(#[$about:meta])* $name:ident: $english:expr, $chinese:expr;)*) => {
        $($(#[$about])* pub const $name: $crate::language::Text = || $crate::language::pick($english, $chinese);)*

        /// Name, English and Chinese of each text.
        #[cfg(test)]
        pub(crate) const ALL: &[(&str, &str, &str)] = &[$((stringify!($name), $english, $chinese)),*];
    };
}

/// A sentence with values in the page's language, from a format in English and one in Traditional Chinese.
macro_rules! say {
    ($english:literal, $chinese:literal $(, $($value:tt)*)?) => {
        match $crate::language::language() {
            $crate::language::Language::English => format!($english $(, $($value)*)?),
            $crate::language::Language::TraditionalChinese => format!($chinese $(, $($value)*)?),
        }
    };
}

pub(crate) use {say, texts};

/// The page's language; whatever reactive place asks follows it.
pub fn language() -> Language {
    ASKED.get().unwrap_or_else(|| {
        LANGUAGE.with(|language| {
            // Outside of a reactive place there is nobody to follow it.
            if Observer::get().is_some() {
                language.track();
            }
            language.get_untracked()
        })
    })
}

/// One of two texts, by the page's language.
pub fn pick<T>(english: T, chinese: T) -> T {
    match language() {
        Language::English => english,
        Language::TraditionalChinese => chinese,
    }
}

/// What `say` says in each language: for sentences that are kept while the language may change.
pub fn both<T: Into<String>>(say: impl Fn() -> T) -> Sentence {
    let in_language = |language| {
        let before = ASKED.replace(Some(language));
        let said = say().into();
        ASKED.set(before);
        said
    };
    Sentence {
        english: in_language(Language::English),
        chinese: in_language(Language::TraditionalChinese),
    }
}

/// A sentence in the page's language.
pub fn said(sentence: &Sentence) -> &str {
    pick(&sentence.english, &sentence.chinese)
}

/// The name of a class as it is shown. The classes that Edgewise is trained on have one in each language; others are shown as they
/// are. Links, files and the game keep the name that the weights give.
pub fn class_name(name: &str) -> &str {
    let chinese = match name {
        "horse" => "馬",
        "bed" => "床",
        "clock" => "時鐘",
        "apple" => "蘋果",
        "cat" => "貓",
        "plane" => "飛機",
        "television" => "電視",
        "dog" => "狗",
        "dolphin" => "海豚",
        "spider" => "蜘蛛",
        _ => return name,
    };
    pick(name, chinese)
}

/// The language of the document, now and whenever it changes, for as long as the page is open.
fn followed() -> ArcRwSignal<Language> {
    // Natively only tests run, without a document.
    if cfg!(not(target_family = "wasm")) {
        return ArcRwSignal::default();
    }
    let language = ArcRwSignal::new(of_document());
    let followed = language.clone();
    window_event_listener_untyped(CHANGED, move |_| followed.set(of_document()));
    language
}

fn of_document() -> Language {
    let root = document().document_element();
    let lang = root.and_then(|root| root.get_attribute("lang"));
    match lang.as_deref() {
        Some("zh-Hant") => Language::TraditionalChinese,
        _ => Language::English,
    }
}

#[cfg(test)]
pub(crate) mod tests;
