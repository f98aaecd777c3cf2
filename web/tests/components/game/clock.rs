//! The seconds of a round, and when they stand still.

use super::*;

#[wasm_bindgen_test]
async fn the_clock_stops_while_paused_and_the_drawing_stays() {
    let _page = page().await;
    start_at("another word").await;
    draw_a_line().await;
    until("time runs", || left() < 20).await;
    click("#game-pause").await;
    assert!(is_visible(".game-paused"));
    assert_eq!(text("#game-pause"), "Resume");
    let before = left();
    gloo_timers::future::TimeoutFuture::new(1300).await;
    assert_eq!(left(), before);
    assert!(ink());
    click("#game-pause").await;
    assert!(!is_visible(".game-paused"));
    until("time runs again", || left() < before).await;
}

#[wasm_bindgen_test]
async fn the_game_pauses_when_another_view_or_tab_is_in_front() {
    let _page = page().await;
    start_at("another word").await;
    click("#tab-draw").await;
    click("#tab-game").await;
    assert!(is_visible(".game-paused"));
    click("#game-pause").await;
    assert!(!is_visible(".game-paused"));
    js_sys::eval(
        "Object.defineProperty(document, 'hidden', { configurable: true, get: () => true })",
    )
    .unwrap();
    let event = web_sys::Event::new("visibilitychange").unwrap();
    window().dispatch_event(&event).unwrap();
    settle().await;
    js_sys::eval("delete document.hidden").unwrap();
    assert!(is_visible(".game-paused"));
}

#[wasm_bindgen_test]
async fn the_seconds_stand_in_the_middle_of_the_ring() {
    let _page = page().await;
    click("#game-start").await;
    let middle = |selector: &str| {
        let area = stage::element::<Element>(selector).get_bounding_client_rect();
        (
            area.left() + area.width() / 2.0,
            area.top() + area.height() / 2.0,
        )
    };
    let (ring, seconds) = (middle(".game-ring"), middle(".game-ring-seconds"));
    assert!((ring.0 - seconds.0).abs() < 1.0 && (ring.1 - seconds.1).abs() < 1.0);
}
