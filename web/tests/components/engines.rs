//! Engines that come, stay away or stop, and the switch between them.

use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web::app::App;
use web::engines::client::Addresses;

use crate::fake_engine;
use crate::stage::{self, Stage, attribute, click, is_visible, text, until};

async fn page(addresses: Addresses) -> Stage {
    stage::mount(move || view! { <App addresses=addresses /> }).await
}

async fn until_engine_is(engine: &str) {
    until(&format!("the engine is {engine}"), || {
        attribute("body", "data-engine").as_deref() == Some(engine)
    })
    .await;
}

fn pressed() -> Vec<&'static str> {
    let all = ["#engine-auto", "#engine-cpu", "#engine-gpu"].into_iter();
    all.filter(|button| attribute(button, "aria-pressed").as_deref() == Some("true"))
        .collect()
}

#[wasm_bindgen_test]
async fn a_worker_that_is_not_there_is_told_and_drawing_goes_on() {
    let _page = page(fake_engine::absent()).await;
    until_engine_is("failed").await;
    until("the failure is told", || is_visible("#error")).await;
    let sentence = text("#error");
    assert!(
        sentence.starts_with("There are no guesses. The engine could not be started: "),
        "{sentence}"
    );
    assert!(sentence.ends_with("You can still draw."), "{sentence}");
    assert_eq!(text("#engine-status"), "No engine is running.");
    assert_eq!(text("#guess"), "No guesses for now");
    assert!(is_visible("#draw-canvas"));
}

#[wasm_bindgen_test]
async fn the_reason_of_an_engine_reaches_the_page() {
    let _page = page(fake_engine::failing("The weights are missing.")).await;
    until_engine_is("failed").await;
    until("the failure is told", || is_visible("#error")).await;
    assert_eq!(
        text("#error"),
        "There are no guesses. The weights are missing. You can still draw."
    );
}

#[wasm_bindgen_test]
async fn an_engine_on_its_way_is_waited_for() {
    let _page = page(fake_engine::silent()).await;
    assert_eq!(attribute("body", "data-engine").as_deref(), Some("loading"));
    assert_eq!(text("#engine-status"), "Loading the CPU engine …");
    assert_eq!(text("#guess"), "Draw something, and I will guess");
    assert!(!is_visible("#error"));
}

#[wasm_bindgen_test]
async fn the_engine_in_use_is_named_with_its_time() {
    let _page = page(fake_engine::answering([0.1; 10])).await;
    until_engine_is("cpu").await;
    until("its time is told", || {
        text("#engine-status").starts_with("Using the CPU engine (11 ms a guess)")
    })
    .await;
    assert_eq!(pressed(), ["#engine-auto"]);
    assert!(!is_visible("#error"));
}

#[wasm_bindgen_test]
async fn the_choice_of_an_engine_is_followed_and_said() {
    let _page = page(fake_engine::answering([0.1; 10])).await;
    until_engine_is("cpu").await;
    click("#engine-cpu").await;
    assert_eq!(pressed(), ["#engine-cpu"]);
    assert!(text("#engine-status").contains(", as you chose"));
    click("#engine-auto").await;
    assert_eq!(pressed(), ["#engine-auto"]);
    assert!(!text("#engine-status").contains(", as you chose"));
}

#[wasm_bindgen_test]
async fn without_webgpu_the_processor_goes_on() {
    let _page = page(fake_engine::answering([0.1; 10])).await;
    until("WebGPU is given up", || {
        let status = text("#engine-status");
        status.ends_with("It found no graphics card.")
            || status.ends_with("this browser offers no WebGPU.")
    })
    .await;
    assert_eq!(attribute("body", "data-engine").as_deref(), Some("cpu"));
    assert!(!is_visible("#error"));
}
