//! The game, played as a visitor plays it.

mod clock;
mod ending;

use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web::app::App;
use web::engines::client::Addresses;
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
    page_with(fake_engine::answering(CAT)).await
}

/// The game's view with an engine that is ready.
async fn page_with(addresses: Addresses) -> Stage {
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
    assert!(text(".game-start").contains("66 in 100 dogs and 73 in 100 cats"));
    assert!(!is_visible(".answer"));
}

#[wasm_bindgen_test]
async fn of_other_weights_it_does_not_say_which_words_are_hard() {
    let addresses = Addresses {
        own_weights: Some("mine.safetensors".into()),
        ..fake_engine::answering(CAT)
    };
    let _page = stage::mount(move || view! { <App addresses=addresses /> }).await;
    click("#tab-game").await;
    assert!(text(".game-start").contains("Your drawings stay on this machine"));
    assert!(!text(".game-start").contains("in 100"));
    click("#game-start").await;
    click("#game-give-up").await;
    assert!(find(".game-end").is_some());
    assert!(!text(".game-end").contains("in 100"));
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
async fn a_wrong_guess_joins_the_line_and_the_round_continues() {
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

/// Taps on the sheet with two fingers at once.
async fn tap_with_two_fingers() {
    let area = stage::element::<Element>(CANVAS).get_bounding_client_rect();
    for (what, id) in [
        ("pointerdown", 2),
        ("pointerdown", 3),
        ("pointerup", 2),
        ("pointerup", 3),
    ] {
        let init = PointerEventInit::new();
        init.set_pointer_id(id);
        init.set_pointer_type("touch");
        init.set_bubbles(true);
        init.set_buttons(u16::from(what == "pointerdown"));
        init.set_client_x(area.left() as i32 + 30 * id);
        init.set_client_y(area.top() as i32 + 90);
        let event = PointerEvent::new_with_event_init_dict(what, &init).unwrap();
        send(CANVAS, &event);
    }
    settle().await;
}

#[wasm_bindgen_test]
async fn a_tap_with_two_fingers_does_not_bring_an_earlier_word_s_drawing_back() {
    let _page = page().await;
    start_at("another word").await;
    draw_a_line().await;
    tap_with_two_fingers().await;
    assert!(!ink());
    draw_a_line().await;
    click("#game-skip").await;
    assert!(attribute("#game-undo", "disabled").is_some());
    tap_with_two_fingers().await;
    assert!(!ink());
}

#[wasm_bindgen_test]
async fn a_drawing_that_was_cleared_by_accident_comes_back() {
    let _page = page().await;
    start_at("another word").await;
    draw_a_line().await;
    click("#game-clear").await;
    assert!(!ink());
    click("#game-undo").await;
    assert!(ink());
}

#[wasm_bindgen_test]
async fn what_was_undone_is_done_again_by_key() {
    let _page = page().await;
    start_at("another word").await;
    draw_a_line().await;
    press("body", "z", true).await;
    assert!(!ink());
    press("body", "y", true).await;
    assert!(ink());
}

#[wasm_bindgen_test]
async fn nothing_changes_the_sheet_while_the_game_is_paused() {
    let _page = page().await;
    start_at("another word").await;
    draw_a_line().await;
    click("#game-pause").await;
    press("body", "z", true).await;
    assert!(ink());
    assert!(attribute("#game-undo", "disabled").is_some());
    assert!(attribute("#game-clear", "disabled").is_some());
    click("#game-pause").await;
    assert!(attribute("#game-clear", "disabled").is_none());
    press("body", "z", true).await;
    assert!(!ink());
}

#[wasm_bindgen_test]
async fn nothing_changes_the_sheet_once_the_word_is_found() {
    let _page = page().await;
    start_at("cat").await;
    draw_a_line().await;
    until("the cat is found", || find(".game-slot.found").is_some()).await;
    press("body", "z", true).await;
    assert!(ink());
}
