//! The guess: its headline, its bars, and what is said aloud.

use image::{DynamicImage, GrayImage, RgbaImage};
use leptos::prelude::*;
use shared::classes::ClassNames;
use shared::input::grey_from_doodle;
use wasm_bindgen_test::wasm_bindgen_test;
use web::app::App;
use web::engines::kind::Kind;
use web::engines::machine::{Answer, LatestAnswer};
use web::guess::announcer::Announcer;
use web::guess::bars::Bars;
use web_sys::{Element, PointerEvent, PointerEventInit};

use crate::fake_engine::{self, checksum};
use crate::stage::{self, Stage, attribute, click, find, pixels, send, settle, text, until};

const CAT: [f32; 10] = [0.01, 0.01, 0.01, 0.01, 0.87, 0.01, 0.01, 0.05, 0.01, 0.01];
const CAT_OR_DOG: [f32; 10] = [0.01, 0.01, 0.01, 0.01, 0.46, 0.01, 0.01, 0.42, 0.01, 0.05];
const NONE_STANDS_OUT: [f32; 10] = [0.07, 0.07, 0.07, 0.07, 0.07, 0.16, 0.06, 0.07, 0.29, 0.07];

fn shown(id: u32, probabilities: &[f32]) -> LatestAnswer {
    LatestAnswer {
        id,
        answer: Some(Answer {
            kind: Kind::Cpu,
            logits: probabilities.iter().map(|value| value.ln()).collect(),
            probabilities: probabilities.to_vec(),
            features: Vec::new(),
            is_unknown: false,
            variants: Vec::new(),
        }),
    }
}

async fn page(probabilities: [f32; 10]) -> Stage {
    let addresses = fake_engine::answering(probabilities);
    let page = stage::mount(move || view! { <App addresses=addresses /> }).await;
    until("the engine is ready", || {
        attribute("body", "data-engine").as_deref() == Some("cpu")
    })
    .await;
    page
}

async fn draw_a_dot() {
    let area = stage::element::<Element>("#draw-canvas").get_bounding_client_rect();
    let init = PointerEventInit::new();
    init.set_pointer_id(1);
    init.set_client_x(area.left() as i32 + 60);
    init.set_client_y(area.top() as i32 + 90);
    for what in ["pointerdown", "pointerup"] {
        let event = PointerEvent::new_with_event_init_dict(what, &init).unwrap();
        send("#draw-canvas", &event);
    }
    settle().await;
}

async fn until_answered() {
    until("the newest question is answered", || {
        attribute("#guess", "data-engine").is_some()
            && attribute("#guess", "data-id") == attribute("body", "data-asked")
    })
    .await;
}

/// What a canvas in black and white holds.
fn grey(canvas: &str) -> GrayImage {
    let rgba: RgbaImage = pixels(canvas);
    DynamicImage::from(rgba).into_luma8()
}

/// The attributes of all bars in order, as numbers.
fn values(attribute_name: &str) -> Vec<f32> {
    (1..=10)
        .filter_map(|bar| attribute(&format!(".bar:nth-child({bar})"), attribute_name))
        .map(|value| value.parse().unwrap())
        .collect()
}

#[wasm_bindgen_test]
async fn the_bars_follow_the_answer_in_fixed_order() {
    let newest = RwSignal::new(LatestAnswer::default());
    let _page = stage::mount(move || {
        let classes = Memo::new(|_| ClassNames::default());
        view! { <Bars classes=classes latest=newest.into() /> }
    })
    .await;
    assert_eq!(text(".bar[data-class='4'] .bar-name"), "cat");
    assert_eq!(text(".bar[data-class='4'] .bar-percent"), "");
    assert!(values("data-probability").is_empty());
    assert!(find(".bar.top").is_none());
    newest.set(shown(1, &CAT));
    settle().await;
    assert_eq!(values("data-probability"), CAT);
    assert_eq!(values("data-logit"), CAT.map(f32::ln));
    assert_eq!(attribute(".bar.top", "data-class").as_deref(), Some("4"));
    assert_eq!(text(".bar.top .bar-percent"), "87%");
    newest.set(LatestAnswer::default());
    settle().await;
    assert!(values("data-probability").is_empty());
    assert!(find(".bar.top").is_none());
}

#[wasm_bindgen_test]
async fn of_equal_bars_the_first_is_lit() {
    let _page = stage::mount(|| {
        let classes = Memo::new(|_| ClassNames::default());
        let equals = Signal::derive(|| shown(1, &[0.1; 10]));
        view! { <Bars classes=classes latest=equals /> }
    })
    .await;
    assert_eq!(attribute(".bar.top", "data-class").as_deref(), Some("0"));
}

#[wasm_bindgen_test]
async fn a_drawing_is_guessed_from_what_the_model_sees_of_it() {
    let _page = page(CAT).await;
    draw_a_dot().await;
    until_answered().await;
    assert_eq!(text("#guess"), "I think it’s a cat 87% sure");
    assert_eq!(attribute("#guess", "data-engine").as_deref(), Some("cpu"));
    let asked = grey_from_doodle(&grey("#seen-28"));
    for ((shown, logit), given) in values("data-probability")
        .iter()
        .zip(values("data-logit"))
        .zip(CAT)
    {
        assert!((shown - given).abs() < 1e-3, "{shown} for {given}");
        assert!(
            (logit - given.ln() - checksum(&asked)).abs() < 1e-3,
            "{logit}"
        );
    }
    assert_eq!(text(".runners-up ol"), "dog 5%horse 1%");
}

#[wasm_bindgen_test]
async fn a_doubt_is_said_as_one() {
    let _page = page(CAT_OR_DOG).await;
    draw_a_dot().await;
    until_answered().await;
    assert_eq!(text("#guess"), "Not sure: cat or dog?");
    assert_eq!(text(".runners-up ol"), "cat 46%dog 42%");
}

#[wasm_bindgen_test]
async fn where_none_stands_out_the_leader_is_among_those_below() {
    let _page = page(NONE_STANDS_OUT).await;
    draw_a_dot().await;
    until_answered().await;
    assert_eq!(text("#guess"), "No idea yet");
    assert_eq!(text(".runners-up ol"), "dolphin 29%plane 16%");
}

#[wasm_bindgen_test]
async fn what_is_too_wide_for_a_phone_is_shown_smaller() {
    let classes = |probabilities: [f32; 10]| async move {
        let _page = page(probabilities).await;
        draw_a_dot().await;
        until_answered().await;
        attribute("#guess", "class").unwrap()
    };
    assert_eq!(classes(CAT).await, "headline");
    assert_eq!(classes(CAT_OR_DOG).await, "headline long");
}

#[wasm_bindgen_test]
async fn a_drawing_of_something_else_is_told_so() {
    let addresses = fake_engine::not_knowing(CAT);
    let _page = stage::mount(move || view! { <App addresses=addresses /> }).await;
    draw_a_dot().await;
    until_answered().await;
    assert_eq!(text("#guess"), "This looks like none of my 10");
    assert_eq!(text(".runners-up"), "Nearest:cat 87%dog 5%");
    click("#undo").await;
    assert_eq!(text("#guess"), "Draw something, and I’ll guess");
}

#[wasm_bindgen_test]
async fn an_empty_sheet_has_no_guess() {
    let _page = page(CAT).await;
    draw_a_dot().await;
    until_answered().await;
    click("#clear").await;
    assert_eq!(text("#guess"), "Draw something, and I’ll guess");
    assert_eq!(attribute("#guess", "data-engine"), None);
    assert!(values("data-probability").is_empty());
    click("#undo").await;
    until_answered().await;
    assert_eq!(text("#guess"), "I think it’s a cat 87% sure");
}

#[wasm_bindgen_test]
async fn the_other_view_starts_without_a_guess() {
    let _page = page(CAT).await;
    draw_a_dot().await;
    until_answered().await;
    click("#tab-photo").await;
    assert_eq!(text("#guess"), "Show me a photo, and I’ll guess");
    click("#tab-draw").await;
    until_answered().await;
    assert_eq!(text("#guess"), "I think it’s a cat 87% sure");
}

#[wasm_bindgen_test]
async fn only_words_that_hold_are_said_aloud() {
    let words = RwSignal::new(String::from("No idea yet"));
    let _page = stage::mount(move || {
        let words = Memo::new(move |_| words.get());
        view! { <Announcer words=words /> }
    })
    .await;
    words.set("I think it’s a dog".into());
    settle().await;
    words.set("I think it’s a cat".into());
    settle().await;
    assert_eq!(text("[role=status]"), "");
    until("something is said", || !text("[role=status]").is_empty()).await;
    assert_eq!(text("[role=status]"), "I think it’s a cat");
}
