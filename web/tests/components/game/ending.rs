//! How a game ends, and what is left then.

use super::*;

#[wasm_bindgen_test]
async fn skipping_every_word_ends_the_game_with_six_drawings_and_no_point() {
    let _page = page().await;
    click("#game-start").await;
    for _ in 0..6 {
        click("#game-skip").await;
    }
    assert_eq!(text(".game-score"), "0 of 6");
    assert_eq!(text(".game-verdict"), "No word was played to the end.");
    assert!(find(".game-tile:nth-child(6)").is_some() && find(".game-tile:nth-child(7)").is_none());
    assert_eq!(text(".game-tile-seen").trim(), "skipped");
    click("#game-again").await;
    assert_eq!(left(), 20);
    assert!(find(".game-slot.done").is_none());
}

#[wasm_bindgen_test]
async fn the_end_shows_what_was_seen_and_can_be_shared() {
    let _page = page().await;
    start_at("cat").await;
    draw_a_line().await;
    until("the cat is found", || find(".game-slot.found").is_some()).await;
    click("#game-give-up").await;
    assert!(text(".game-score").starts_with("1 of "));
    assert!(
        text(".game-tile[data-word=cat] .game-tile-seen")
            .trim()
            .ends_with(" s")
    );
    assert!(
        attribute(".game-tile[data-word=cat] path", "d")
            .unwrap()
            .starts_with('M')
    );
    click("#game-share").await;
    assert_eq!(text("#share-title"), "Share your game");
    assert_eq!(stage::pixels("#share-card").dimensions(), (1200, 630));
    click("#share-close").await;
    assert!(find("dialog").is_none());
}

#[wasm_bindgen_test]
async fn the_visitor_s_drawing_stays_apart_from_the_game_s() {
    let _page = page().await;
    click("#tab-draw").await;
    let seen = || stage::pixels("#seen-28");
    let blank = seen();
    click("#tab-game").await;
    start_at("another word").await;
    draw_a_line().await;
    click("#tab-draw").await;
    frame().await;
    frame().await;
    assert!(seen() == blank);
    assert_eq!(text("#guess"), "Draw something, and I’ll guess");
}

#[wasm_bindgen_test]
async fn the_focus_follows_from_start_to_play_to_the_result() {
    let _page = page().await;
    let focus = || document().active_element().unwrap();
    stage::element::<HtmlElement>("#game-start")
        .focus()
        .unwrap();
    click("#game-start").await;
    assert_eq!(focus().id(), "game-pause");
    click("#game-give-up").await;
    assert_eq!(focus().class_name(), "game-score");
    assert_eq!(text(".game-verdict"), "You have not drawn anything yet.");
    assert!(attribute("#game-share", "disabled").is_some());
}
