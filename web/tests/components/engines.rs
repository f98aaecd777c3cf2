//! Engines that come, stay away or stop, and the switch between them.

mod failures;
mod time_limits;
mod webgpu;
mod weights;

use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web::app::App;
use web::engines::client::Addresses;

use crate::fake_engine::{self, impatient};
use crate::stage::{self, Stage, attribute, click, find, is_visible, settle, text, until};

async fn page(addresses: Addresses) -> Stage {
    stage::mount(move || view! { <App addresses=addresses /> }).await
}

async fn until_engine_is(engine: &str) {
    until(&format!("the engine is {engine}"), || {
        attribute("body", "data-engine").as_deref() == Some(engine)
    })
    .await;
}

async fn until_told(sentence: &str) {
    until(&format!("the error is told: {sentence}"), || {
        is_visible("#error") && text("#error") == sentence
    })
    .await;
}

fn pressed() -> Vec<&'static str> {
    let all = ["#engine-auto", "#engine-cpu", "#engine-gpu"].into_iter();
    all.filter(|button| attribute(button, "aria-pressed").as_deref() == Some("true"))
        .collect()
}

/// What JavaScript makes of an expression.
fn script(code: &str) -> JsValue {
    let body = Function::new_no_args(code);
    body.call0(&JsValue::UNDEFINED).unwrap()
}

#[wasm_bindgen_test]
async fn the_engine_in_use_is_named_with_its_time() {
    let _page = page(fake_engine::answering([0.1; 10])).await;
    until_engine_is("cpu").await;
    until("its time is told", || {
        text("#engine-status").starts_with("Using the CPU engine: 1.5 ms on this device.")
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
async fn what_was_begun_before_the_page_is_taken_over() {
    let addresses = fake_engine::answering([0.1; 10]);
    let worker = format!("{}?program=cpu", addresses.worker);
    Reflect::set(&js_sys::global(), &"address".into(), &worker.into()).unwrap();
    script(
        "const early = { events: [], isAdopted: false, isLoading: true };
         const weights = new TextEncoder().encode('weights');
         early.worker = new Worker(address, { type: 'module' });
         early.worker.onmessage = (event) => early.events.push(event);
         early.worker.postMessage({ type: 'Load', weights });
         early.weights = Promise.resolve(weights);
         globalThis.edgewiseEarly = globalThis.early = early;",
    );
    until("the engine has answered", || {
        script("return early.events.length > 0").is_truthy()
    })
    .await;
    // The page alone would find neither a worker nor weights.
    let _page = page(Addresses {
        weights: "no-such-weights".into(),
        ..fake_engine::absent()
    })
    .await;
    until_engine_is("cpu").await;
    until("it answers", || text("#engine-status").contains("1.5 ms")).await;
    assert!(script("return early.isAdopted").is_truthy());
    assert!(script("return globalThis.edgewiseEarly === undefined").is_truthy());
    script("delete globalThis.early; delete globalThis.address");
}

#[wasm_bindgen_test]
async fn workers_end_with_the_page() {
    script(
        "globalThis.ended = 0; globalThis.terminate = Worker.prototype.terminate;
         Worker.prototype.terminate = function () { ended += 1; terminate.call(this); }",
    );
    let page = page(fake_engine::answering([0.1; 10])).await;
    until_engine_is("cpu").await;
    let before = script("return ended").as_f64();
    drop(page);
    settle().await;
    let after = script("return ended").as_f64();
    script("Worker.prototype.terminate = terminate");
    assert_eq!(after, before.map(|before| before + 1.0));
}
