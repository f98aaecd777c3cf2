//! The two networks side by side, and what each stroke adds.

use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web::app::App;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use crate::drawing::visitor::{MOUSE, ROOF, WALL, fix_sheet, frame, stroke};
use crate::fake_engine;
use crate::stage::{self, Stage, attribute, click, find, is_visible, settle, text, until};

const CAT: [f32; 10] = [0.01, 0.01, 0.01, 0.01, 0.87, 0.01, 0.01, 0.05, 0.01, 0.01];
const DOG: [f32; 10] = [0.01, 0.01, 0.01, 0.01, 0.05, 0.01, 0.01, 0.87, 0.01, 0.01];

async fn page(photos_only: [f32; 10]) -> Stage {
    let addresses = fake_engine::two_networks(CAT, photos_only);
    let page = stage::mount(move || view! { <App addresses=addresses /> }).await;
    until("the engine is ready", || {
        attribute("body", "data-engine").as_deref() == Some("cpu")
    })
    .await;
    page
}

async fn until_it_says(answer: &str) {
    until(answer, || text("#guess") == answer).await;
}

#[wasm_bindgen_test]
async fn the_second_network_is_loaded_when_it_is_chosen_and_answers_the_same_drawing() {
    let _page = page(DOG).await;
    stroke(ROOF).await;
    until_it_says("I think it’s a cat 87% sure").await;
    assert!(find("#verdict-photos-only").is_none());
    click("#network-photos-only").await;
    until_it_says("I think it’s a dog 87% sure").await;
    assert_eq!(text("#verdict-photos-only .verdict-answer"), "dog 87%");
    assert_eq!(text("#verdict-adapted .verdict-answer"), "cat 87%");
    assert_eq!(
        text("#verdict-adapted .verdict-accuracy"),
        "74% accuracy on doodles"
    );
    assert!(text("#networks-verdict").starts_with("They differ"));
    click("#network-adapted").await;
    until_it_says("I think it’s a cat 87% sure").await;
    assert_eq!(attribute("body", "data-engine").as_deref(), Some("cpu"));
}

#[wasm_bindgen_test]
async fn networks_that_agree_are_said_to() {
    let _page = page(CAT).await;
    stroke(ROOF).await;
    click("#network-photos-only").await;
    until("both have answered", || {
        text("#verdict-photos-only .verdict-answer") == "cat 87%"
    })
    .await;
    assert!(text("#networks-verdict").starts_with("They agree"));
    // It changes with every answer, and is said aloud only once it has held.
    assert_eq!(attribute("#networks-verdict", "role"), None);
    until("it is said aloud", || {
        text(".networks [role=status]").starts_with("They agree")
    })
    .await;
    click("#clear").await;
    assert_eq!(text("#verdict-photos-only .verdict-answer"), "nothing yet");
    assert_eq!(text("#networks-verdict"), "");
}

/// While it is there, the weights of the second network cannot be reached.
struct Offline;

impl Offline {
    fn new() -> Self {
        js_sys::eval(
            "globalThis.realFetch ??= fetch;
            globalThis.fetch = (address, ...more) =>
              String(address).endsWith(',photos') ? Promise.reject(new TypeError('offline')) : realFetch(address, ...more);",
        )
        .unwrap();
        Self
    }
}

impl Drop for Offline {
    fn drop(&mut self) {
        js_sys::eval("globalThis.fetch = realFetch;").unwrap();
    }
}

#[wasm_bindgen_test]
async fn a_second_network_that_does_not_come_is_told_and_loaded_when_it_is_chosen_again() {
    let _page = page(DOG).await;
    stroke(ROOF).await;
    until_it_says("I think it’s a cat 87% sure").await;
    let offline = Offline::new();
    let told = "“Photos only” is not running: choose it again";
    click("#network-photos-only").await;
    until_it_says(told).await;
    assert!(text("#verdict-photos-only .verdict-answer").contains("cannot be reached"));
    assert_eq!(text("#verdict-adapted .verdict-answer"), "cat 87%");
    click("#network-adapted").await;
    until_it_says("I think it’s a cat 87% sure").await;
    click("#network-photos-only").await;
    until_it_says(told).await;
    drop(offline);
    stage::element::<HtmlElement>("#network-retry")
        .focus()
        .unwrap();
    click("#network-retry").await;
    until_it_says("I think it’s a dog 87% sure").await;
    assert!(find("#network-retry").is_none());
    let focus = document().active_element().unwrap();
    assert_eq!(focus.id(), "network-photos-only");
}

#[wasm_bindgen_test]
async fn a_site_without_the_second_network_offers_no_choice() {
    let addresses = web::engines::client::Addresses {
        photos_only: None,
        ..fake_engine::answering(CAT)
    };
    let _page = stage::mount(move || view! { <App addresses=addresses /> }).await;
    assert!(!is_visible(".networks"));
}

#[wasm_bindgen_test]
async fn every_stroke_shows_what_it_adds_when_asked_for() {
    let _page = page(DOG).await;
    stroke(ROOF).await;
    stroke(WALL).await;
    until_it_says("I think it’s a cat 87% sure").await;
    assert!(!is_visible(".why"));
    click("#why").await;
    until("both strokes are coloured", || {
        stage::element::<Element>(".why svg").child_element_count() == 2
    })
    .await;
    MOUSE.down((50, 50));
    MOUSE.moved((90, 90));
    frame().await;
    settle().await;
    assert!(text("#why-legend").starts_with("Lift the pen"));
    MOUSE.up((90, 90));
    until("the third one as well", || {
        stage::element::<Element>(".why svg").child_element_count() == 3
    })
    .await;
    // This engine gives every picture the same answer, so no stroke adds anything.
    assert_eq!(attribute(".why path", "class").as_deref(), Some("neutral"));
    assert_eq!(text("#why-strokes li"), "Stroke 1 changes nothing.");
    assert!(text("#why-legend").contains("count towards cat"));
    click("#why").await;
    assert!(!is_visible(".why"));
}

#[wasm_bindgen_test]
async fn what_strokes_add_is_told_of_the_network_s_class_where_an_own_class_leads() {
    let _page = page(DOG).await;
    fix_sheet().await;
    click("#own-classes > summary").await;
    for _ in 0..5 {
        stroke(ROOF).await;
        until("it can be an example", || {
            attribute("#own-take", "disabled").is_none()
        })
        .await;
        click("#own-take").await;
    }
    stage::element::<HtmlInputElement>("#own-name").set_value("star");
    click("#own-finish").await;
    stroke(ROOF).await;
    until("the own class leads", || {
        text("#guess").starts_with("My guess: star")
    })
    .await;
    click("#why").await;
    until("the strokes are told of", || {
        text("#why-legend").contains("count towards")
    })
    .await;
    let legend = text("#why-legend");
    click(".own-class button").await;
    settle().await;
    assert!(legend.contains("count towards cat"), "{legend}");
}

#[wasm_bindgen_test]
async fn other_weights_are_named_with_a_link_to_the_site_s() {
    let addresses = web::engines::client::Addresses {
        own_weights: Some("mine/<b>shapes</b>.safetensors".into()),
        ..fake_engine::answering(CAT)
    };
    let _page = stage::mount(move || view! { <App addresses=addresses /> }).await;
    let told = "These answers come from the weights “mine/<b>shapes</b>.safetensors”. Back to Edgewise’s weights";
    assert_eq!(text("#own-weights").trim(), told);
    let back = attribute("#own-weights a", "href").unwrap();
    assert_eq!(Some(back), window().location().pathname().ok());
}
