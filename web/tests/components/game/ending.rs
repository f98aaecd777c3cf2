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

#[wasm_bindgen_test]
async fn a_game_that_is_over_hears_nothing_of_another_screen() {
    stage::note_media();
    let _page = page().await;
    click("#game-start").await;
    click("#game-give-up").await;
    stage::stop_noting_media();
    assert!(find(CANVAS).is_none());
    let is_watched = js_sys::eval("lists.some((list) => list.media.includes('dppx'))").unwrap();
    assert!(is_watched.is_truthy(), "nothing watches the screen");
    stage::tell_media();
    assert!(!is_visible("#error"));
}

#[wasm_bindgen_test]
async fn without_the_network_no_time_runs_and_no_game_begins() {
    let stops = "
      if (data.id) throw new Error('out of luck');
      const values = (count) => new Float32Array(count);
      postMessage({ type: 'Prediction', id: 0, logits: values(10), features: values(256), isUnknown: false, milliseconds: 1.5 });";
    let addresses = fake_engine::ready_and_then(stops);
    let _page = page_with(addresses).await;
    click("#game-start").await;
    assert!(find("#game-retry").is_none());
    draw_a_line().await;
    until("the network has stopped", || find("#game-retry").is_some()).await;
    assert!(text(".game-no-engine").contains("The game needs the network"));
    let is_paused = || is_visible(".game-paused");
    assert!(is_paused());
    click("#game-pause").await;
    assert!(is_paused());
    assert_eq!(
        attribute("#game-pause", "aria-disabled").as_deref(),
        Some("true")
    );
    let first = word();
    click("#game-skip").await;
    assert!(is_paused() && word() != first);
    click("#game-give-up").await;
    assert!(attribute("#game-again", "disabled").is_some());
    click("#game-retry").await;
    until("the network is back", || {
        attribute("#game-again", "disabled").is_none()
    })
    .await;
    assert_eq!(document().active_element().unwrap().id(), "tab-game");
    click("#game-again").await;
    assert!(find(".game-play").is_some() && !is_paused());
}
