//! Sentences in the shell's `#error`.

use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web::app::App;
use web::errors::{Topic, clear, show};
use web::language::Sentence;

use crate::drawing::visitor::frame;
use crate::fake_engine;
use crate::stage::{self, attribute, click, find, is_visible, text};

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

#[wasm_bindgen_test]
async fn what_does_not_stop_the_page_can_be_closed() {
    let _page = stage::mount(|| view! { <App addresses=fake_engine::silent() /> }).await;
    let show = |topic, english: &str| show(topic, &Sentence::new(english, "錯誤。"));
    show(Topic::Page, "The page stopped.");
    assert!(find("#error button").is_none());
    show(Topic::Photo, "The photo is damaged.");
    show(Topic::Photo, "The photo is empty.");
    assert!(find("#error button ~ button").is_none());
    assert_eq!(
        attribute("#error button", "aria-label").as_deref(),
        Some("Close")
    );
    assert_eq!(
        attribute("#error button", "data-label-zh").as_deref(),
        Some("關閉")
    );
    click("#error button").await;
    frame().await;
    assert_eq!(text("#error"), "The page stopped.");
    assert!(find("#error button").is_none());
    assert_eq!(document().active_element().unwrap().id(), "tab-draw");
    clear(Topic::Page);
    assert!(!is_visible("#error"));
}
