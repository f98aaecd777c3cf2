//! Photos that are dropped on the page or pasted into it.

use web_sys::{ClipboardEvent, ClipboardEventInit, DragEvent, DragEventInit};

use super::*;
use crate::drawing::visitor::{MOUSE, WALL, fix_sheet};

fn words(format: &str, words: &str) -> DataTransfer {
    let transfer = DataTransfer::new().unwrap();
    transfer.set_data(format, words).unwrap();
    transfer
}

/// Drags something over an element; whether the page takes it.
fn drag(what: &str, transfer: &DataTransfer, over: &str) -> bool {
    let init = DragEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_data_transfer(Some(transfer));
    let event = DragEvent::new_with_event_init_dict(what, &init).unwrap();
    send(over, &event);
    event.default_prevented()
}

fn paste(transfer: &DataTransfer, into: &str) {
    let init = ClipboardEventInit::new();
    init.set_bubbles(true);
    init.set_clipboard_data(Some(transfer));
    let event = ClipboardEvent::new_with_event_init_dict("paste", &init).unwrap();
    send(into, &event);
}

#[wasm_bindgen_test]
async fn a_photo_can_be_dropped_on_the_drawing_view() {
    let _page = page().await;
    let photo = photo(60, 80);
    let files = transfer(&png(&photo));
    assert!(drag("dragover", &files, "body"));
    assert!(drag("drop", &files, "body"));
    until_shown(&photo).await;
    assert!(find(".drop.hovering").is_none());
    assert!(is_visible("#panel-photo"));
    assert_shows("#photo-original", photo);
}

#[wasm_bindgen_test]
async fn the_photo_view_shows_that_a_file_over_it_is_welcome() {
    let _page = page().await;
    click("#tab-photo").await;
    let files = transfer(&png(&photo(60, 80)));
    assert!(drag("dragover", &files, "body"));
    settle().await;
    assert!(is_visible(".drop.hovering"));
    drag("dragleave", &files, "body");
    settle().await;
    assert!(find(".drop.hovering").is_none());
}

#[wasm_bindgen_test]
async fn a_file_that_shows_no_photo_does_not_change_the_view() {
    let _page = page().await;
    drag("drop", &transfer(&file("notes.txt", b"Dear diary")), "body");
    until_told("“notes.txt” is not a picture").await;
    assert!(is_visible("#panel-draw"));
    drag("drop", &transfer(&file("empty.png", b"")), "body");
    until_told("“empty.png” is an empty file").await;
    assert!(is_visible("#panel-draw"));
}

#[wasm_bindgen_test]
async fn a_file_s_name_turns_no_sentence_round() {
    let _page = page().await;
    let disguised = file("\u{202e}gpj.exe.jpg", b"Dear diary");
    drag("drop", &transfer(&disguised), "body");
    until_told("“gpj.exe.jpg” is not a picture").await;
}

#[wasm_bindgen_test]
async fn a_drop_without_a_file_is_answered_with_what_can_be_dropped() {
    let _page = page().await;
    let link = words("text/uri-list", "https://example.org/cat.png");
    assert!(drag("dragover", &link, "body"));
    settle().await;
    assert!(find(".drop.hovering").is_none());
    assert!(drag("drop", &link, "body"));
    until_told("save the picture first, then drop the file").await;
    drag("drop", &words("text/plain", "a cat"), "body");
    until_told("There is no file in that").await;
    assert!(is_visible("#panel-draw"));
    paste(
        &words(
            "text/html",
            "<p>Hello</p><img src='https://example.org/cat.png'>",
        ),
        "body",
    );
    until_told("save the picture first").await;
}

#[wasm_bindgen_test]
async fn text_that_is_being_edited_is_left_alone() {
    let _page = page().await;
    let field = document().create_element("textarea").unwrap();
    field.set_id("editing");
    stage::element::<Element>("#shell")
        .append_child(&field)
        .unwrap();
    let text = words("text/plain", "a cat");
    assert!(!drag("dragover", &text, "#editing"));
    assert!(!drag("drop", &text, "#editing"));
    paste(&text, "#editing");
    settle().await;
    assert!(!is_visible("#error"));
    // A file is the page's wherever it is dropped: the browser would leave the page for it.
    assert!(drag("dragover", &transfer(&png(&photo(9, 9))), "#editing"));
}

#[wasm_bindgen_test]
async fn of_several_files_the_first_picture_is_opened_and_the_page_says_so() {
    let _page = page().await;
    let (one, other) = (photo(60, 80), photo(30, 20));
    let notes = file("notes.txt", b"Dear diary");
    let dropped = files(&[
        &notes,
        &png_named("one.png", &one),
        &png_named("other.png", &other),
    ]);
    drag("drop", &dropped, "body");
    until_shown(&one).await;
    assert_eq!(
        text(".note[role=status]"),
        "There are 3 files. Only the first picture, “one.png”, is opened."
    );
    choose(&png(&other));
    until_shown(&other).await;
    assert_eq!(text(".note[role=status]"), "");
}

#[wasm_bindgen_test]
async fn a_photo_can_be_pasted() {
    let _page = page().await;
    let photo = photo(44, 33);
    paste(&transfer(&png(&photo)), "body");
    until_shown(&photo).await;
    assert!(is_visible("#panel-photo"));
    assert_shows("#photo-original", photo);
}

#[wasm_bindgen_test]
async fn behind_a_dialog_nothing_is_opened() {
    let _page = page().await;
    fix_sheet().await;
    MOUSE.draws(WALL);
    settle().await;
    click("#share").await;
    let files = transfer(&png(&photo(44, 33)));
    paste(&files, "body");
    assert!(drag("dragover", &files, "body"));
    settle().await;
    assert!(find(".hovering").is_none());
    // The browser would leave the page for the file.
    assert!(drag("drop", &files, "body"));
    settle().await;
    assert!(find("dialog[open]").is_some() && find(".drop.opening").is_none());
    click("#share-close").await;
    assert!(is_visible("#panel-draw"));
    paste(&files, "body");
    until("the photo is opened", || is_visible("#panel-photo")).await;
}

#[wasm_bindgen_test]
async fn text_that_is_pasted_is_no_error() {
    let _page = page().await;
    for (format, pasted) in [
        ("text/plain", "a cat"),
        ("text/plain", "https://example.org/"),
        ("text/html", "<p>a cat</p>"),
    ] {
        paste(&words(format, pasted), "body");
        settle().await;
        assert!(!is_visible("#error"), "{pasted}");
    }
}
