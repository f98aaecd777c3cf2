//! The game, played as a visitor plays it.

use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web::app::App;
use web_sys::{Element, HtmlElement, PointerEvent, PointerEventInit};

use crate::drawing::visitor::frame;
use crate::fake_engine;
use crate::stage::{
    self, Stage, attribute, click, find, is_visible, press, send, settle, text, until,
};

const CAT: [f32; 10] = [0.01, 0.01, 0.01, 0.01, 0.87, 0.01, 0.01, 0.05, 0.01, 0.01];
const CANVAS: &str = "#game-canvas";

/// The game's view with a network that takes everything for a cat.
async fn page() -> Stage {
    let addresses = fake_engine::answering(CAT);
    let page = stage::mount(move || view! { <App addresses=addresses /> }).await;
    click("#tab-game").await;
    until("the network is ready", || {
        attribute("#game-start", "disabled").is_none()
    })
    .await;
    page
}

fn word() -> String {
    let heading = text(".game-word h2");
    heading.rsplit(' ').next().unwrap_or_default().into()
}

fn left() -> u32 {
    attribute(".game-ring", "data-left")
        .unwrap()
        .parse()
        .unwrap()
}

fn ink() -> bool {
    stage::pixels(CANVAS).pixels().any(|pixel| pixel.0[3] > 0)
}

async fn draw_a_line() {
    let area = stage::element::<Element>(CANVAS).get_bounding_client_rect();
    for (what, along, buttons) in [
        ("pointerdown", 60, 1),
        ("pointermove", 120, 1),
        ("pointerup", 120, 0),
    ] {
        let init = PointerEventInit::new();
        init.set_pointer_id(1);
        init.set_bubbles(true);
        init.set_buttons(buttons);
        init.set_button(if what == "pointermove" { -1 } else { 0 });
        init.set_client_x(area.left() as i32 + along);
        init.set_client_y(area.top() as i32 + 90);
        let event = PointerEvent::new_with_event_init_dict(what, &init).unwrap();
        send(CANVAS, &event);
    }
    settle().await;
}

/// Starts games until one has a cat and a word before it, and goes to the word that is asked for.
async fn start_at(wanted: &str) {
    click("#game-start").await;
    for _ in 0..60 {
        if find("#game-again").is_some() {
            click("#game-again").await;
        }
        let is_wanted = match wanted {
            "cat" => word() == "cat",
            _ => word() != "cat",
        };
        if is_wanted {
            return;
        }
        click("#game-skip").await;
    }
    panic!("no {wanted} in sixty words");
}

#[wasm_bindgen_test]
async fn it_starts_with_the_rules_and_says_which_words_are_hard() {
    let _page = page().await;
    assert!(text(".game-start").contains("Six words, twenty seconds each"));
    assert!(text(".game-start").contains("62 in 100 dogs and 73 in 100 cats"));
    assert!(!is_visible(".answer"));
}

#[wasm_bindgen_test]
async fn the_game_waits_for_the_network() {
    let _page = stage::mount(|| view! { <App addresses=fake_engine::silent() /> }).await;
    click("#tab-game").await;
    assert!(attribute("#game-start", "disabled").is_some());
    assert_eq!(text("#game-start"), "The network is loading …");
}

#[wasm_bindgen_test]
async fn a_word_counts_when_the_network_sees_it() {
    let _page = page().await;
    start_at("cat").await;
    draw_a_line().await;
    until("the cat is found", || {
        text("#game-line").contains("It’s a cat!")
    })
    .await;
    assert!(text("#game-said").starts_with("Yes, it’s a cat, in "));
    assert!(find(".game-slot.found").is_some());
    until("another word or the end comes", || {
        find(".game-word h2").is_none_or(|_| word() != "cat")
    })
    .await;
    let has_ink = find(CANVAS).is_some_and(|_| ink());
    assert!(!has_ink, "the next word starts with an empty sheet");
}

#[wasm_bindgen_test]
async fn a_wrong_guess_joins_the_line_and_the_word_goes_on() {
    let _page = page().await;
    start_at("another word").await;
    let before = word();
    draw_a_line().await;
    until("the guess is there", || text("#game-line") == "A cat?").await;
    assert_eq!(word(), before);
    assert_eq!(
        attribute("#game-line", "aria-hidden").as_deref(),
        Some("true")
    );
    assert!(
        text("#game-said").starts_with("Draw a"),
        "guesses wait until it is quiet"
    );
}

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
async fn skipping_every_word_ends_the_game_with_six_drawings_and_no_point() {
    let _page = page().await;
    click("#game-start").await;
    for _ in 0..6 {
        click("#game-skip").await;
    }
    assert_eq!(text(".game-score"), "0 of 6");
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
    assert_eq!(text("#guess"), "Draw something, and I will guess");
}

#[wasm_bindgen_test]
async fn strokes_are_taken_back_by_button_and_key_but_never_an_earlier_word_s() {
    let _page = page().await;
    start_at("another word").await;
    draw_a_line().await;
    assert!(ink());
    press("body", "z", true).await;
    assert!(!ink());
    draw_a_line().await;
    click("#game-undo").await;
    assert!(!ink());
    draw_a_line().await;
    click("#game-skip").await;
    press("body", "z", true).await;
    assert!(find("#game-canvas").is_none_or(|_| !ink()));
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
