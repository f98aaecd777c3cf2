//! Sentences in the shell's `#error`.

use wasm_bindgen_test::wasm_bindgen_test;
use web::errors::{Topic, clear, show};
use web::language::Sentence;

use crate::stage::{self, is_visible, text};

#[wasm_bindgen_test]
async fn there_is_one_sentence_about_each_thing_until_it_is_cleared() {
    let _page = stage::mount(|| ()).await;
    assert!(!is_visible("#error"));
    let show = |topic, english: &str| show(topic, &Sentence::new(english, "錯誤。"));
    show(Topic::Photo, "The first photo is damaged.");
    show(Topic::Engine, "There is no engine.");
    show(Topic::Photo, "The second photo is damaged.");
    assert!(is_visible("#error"));
    assert_eq!(
        text("#error"),
        "The second photo is damaged.There is no engine."
    );
    clear(Topic::Photo);
    clear(Topic::Page);
    assert_eq!(text("#error"), "There is no engine.");
    clear(Topic::Engine);
    assert!(!is_visible("#error"));
}

#[wasm_bindgen_test]
async fn what_a_file_is_called_cannot_become_markup() {
    let _page = stage::mount(|| ()).await;
    let sentence = Sentence::new("“<img src=x>” is no picture.", "「<img src=x>」不是圖片。");
    show(Topic::Photo, &sentence);
    assert_eq!(text("#error"), "“<img src=x>” is no picture.");
    clear(Topic::Photo);
}
