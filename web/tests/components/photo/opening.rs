//! Files that are chosen: which are opened, which are refused, and the worker that opens them.

use super::*;

#[wasm_bindgen_test]
async fn another_file_is_told_in_a_sentence_that_goes_with_the_next_photo() {
    let _page = page().await;
    click("#tab-photo").await;
    choose(&file("notes.txt", b"Dear diary"));
    until("a sentence comes", || is_visible("#error")).await;
    assert!(text("#error").starts_with("“notes.txt” is not a picture"));
    assert!(!is_visible(".photo"));
    let photo = photo(50, 40);
    choose(&png(&photo));
    until_shown(&photo).await;
    assert!(!is_visible("#error"));
}

#[wasm_bindgen_test]
async fn a_sentence_about_a_file_goes_with_the_next_attempt() {
    let _page = page().await;
    click("#tab-photo").await;
    choose(&file("notes.txt", b"Dear diary"));
    until("a sentence comes", || is_visible("#error")).await;
    choose(&file(NEVER_OPENS, b"slow"));
    assert!(!is_visible("#error"));
}

#[wasm_bindgen_test]
async fn a_damaged_file_leaves_the_photo_before_it() {
    let _page = page().await;
    click("#tab-photo").await;
    let photo = photo(50, 40);
    choose(&png(&photo));
    until_shown(&photo).await;
    choose(&file("cut.png", b"\x89PNG\r\n\x1a\n\0\0"));
    until("a sentence comes", || is_visible("#error")).await;
    assert!(text("#error").contains("“cut.png” is damaged"));
    assert_shows("#photo-original", photo);
}

#[wasm_bindgen_test]
async fn the_worker_starts_with_the_photo_view() {
    let before = page_worker::started();
    let _page = page().await;
    assert_eq!(page_worker::started(), before);
    click("#tab-photo").await;
    assert_eq!(page_worker::started(), before + 1);
    click("#tab-draw").await;
    click("#tab-photo").await;
    assert_eq!(page_worker::started(), before + 1);
}

#[wasm_bindgen_test]
async fn a_picture_too_large_is_refused_and_the_photo_before_stays() {
    let _page = page().await;
    click("#tab-photo").await;
    let photo = photo(50, 40);
    choose(&png(&photo));
    until_shown(&photo).await;
    let header = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x4e\x20\0\0\x4e\x20\x08\x02\0\0\0";
    choose(&file("bomb.png", header));
    until_told(
        "“bomb.png” is too large to open here: it has 400 megapixels, and the limit is 100.",
    )
    .await;
    assert_shows("#photo-original", photo.clone());
    slide("#low", 100).await;
    assert_edges(&photo, 100.0, 300.0).await;
}

#[wasm_bindgen_test]
async fn the_newest_file_counts_while_another_is_being_opened() {
    let _page = page().await;
    click("#tab-photo").await;
    choose(&file(NEVER_OPENS, b"slow"));
    until("it is being opened", || {
        text(".drop label strong") == "Opening …"
    })
    .await;
    assert_eq!(attribute(".drop", "aria-busy").as_deref(), Some("true"));
    let photo = photo(50, 40);
    choose(&png(&photo));
    until_shown(&photo).await;
    assert_eq!(text(".drop label strong"), "Choose a photo");
}

#[wasm_bindgen_test]
async fn a_file_that_takes_long_is_said_to_do_so() {
    page_worker::make_time_fly();
    let _page = page().await;
    click("#tab-photo").await;
    choose(&file(NEVER_OPENS, b"slow"));
    until_told("“never.png” is taking a long time to open.").await;
    page_worker::let_time_be();
    let photo = photo(50, 40);
    choose(&png(&photo));
    until_shown(&photo).await;
    assert!(!is_visible("#error"));
}

#[wasm_bindgen_test]
async fn a_worker_that_dies_is_told_and_replaced() {
    let _page = page().await;
    click("#tab-photo").await;
    let photo = photo(50, 40);
    choose(&png(&photo));
    until_shown(&photo).await;
    choose(&file(CRASHES, b"crash"));
    until_told("“crashes.png” could not be opened").await;
    assert!(text("#error").contains("out of memory"));
    assert_shows("#photo-original", photo.clone());
    assert_eq!(text(".drop label strong"), "Choose a photo");
    // Edges need a worker too.
    slide("#low", 100).await;
    assert_edges(&photo, 100.0, 300.0).await;
    let other = self::photo(44, 33);
    choose(&png(&other));
    until_shown(&other).await;
    assert!(!is_visible("#error"));
}
