//! Engines that come, stay away or stop, and the switch between them.

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
async fn a_worker_that_does_not_start_is_told_and_drawing_goes_on() {
    let _page = page(fake_engine::absent()).await;
    until_engine_is("failed").await;
    until("the failure is told", || is_visible("#error")).await;
    let sentence = text("#error");
    let start = "There are no guesses. The CPU engine could not be started. ";
    assert!(sentence.starts_with(start), "{sentence}");
    assert!(sentence.ends_with("You can still draw."), "{sentence}");
    assert!(text("#engine-status").starts_with("No engine is running."));
    assert_eq!(text("#guess"), "No guesses for now");
    assert!(is_visible("#draw-canvas"));
}

#[wasm_bindgen_test]
async fn the_reason_of_an_engine_reaches_the_page() {
    let _page = page(fake_engine::failing("It is out of memory.")).await;
    until_engine_is("failed").await;
    until_told(
        "There are no guesses. The CPU engine could not be started. It is out of memory. You can still draw.",
    )
    .await;
}

#[wasm_bindgen_test]
async fn weights_that_are_missing_are_told_with_address_and_answer() {
    let weights = "no-such-weights.safetensors";
    let _page = page(Addresses {
        weights: weights.into(),
        ..fake_engine::silent()
    })
    .await;
    until_engine_is("failed").await;
    until("the failure is told", || is_visible("#error")).await;
    let sentence = text("#error");
    let start = "There are no guesses. The weights are missing: http";
    assert!(sentence.starts_with(start), "{sentence}");
    let answer = format!("{weights} answered 404");
    assert!(sentence.contains(&answer), "{sentence}");
}

#[wasm_bindgen_test]
async fn a_web_page_in_the_place_of_the_weights_is_told() {
    let _page = page(Addresses {
        weights: "data:application/octet-stream,%0A<!DOCTYPE html><p>Not here</p>".into(),
        ..fake_engine::silent()
    })
    .await;
    until_engine_is("failed").await;
    until("the failure is told", || is_visible("#error")).await;
    let sentence = text("#error");
    let answer = "answered with a web page instead of weights.";
    assert!(sentence.contains(answer), "{sentence}");
}

#[wasm_bindgen_test]
async fn weights_that_the_engine_refuses_are_told() {
    let _page = page(Addresses {
        weights: "data:application/octet-stream,nonsense".into(),
        ..fake_engine::answering([0.1; 10])
    })
    .await;
    until_told("There are no guesses. It was given nonsense. You can still draw.").await;
}

#[wasm_bindgen_test]
async fn an_engine_on_its_way_is_waited_for() {
    let _page = page(fake_engine::silent()).await;
    assert_eq!(attribute("body", "data-engine").as_deref(), Some("loading"));
    assert_eq!(text("#engine-status").trim(), "Loading the CPU engine …");
    assert_eq!(text("#guess"), "Draw something, and I will guess");
    assert!(!is_visible("#error"));
    assert!(find("#engine-retry").is_none());
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
async fn without_webgpu_the_page_says_why_and_it_cannot_be_chosen() {
    script("Object.defineProperty(navigator, 'gpu', { value: undefined, configurable: true })");
    let _page = page(fake_engine::answering([0.1; 10])).await;
    until("WebGPU is given up", || {
        text("#engine-status").ends_with("This browser does not offer WebGPU.")
    })
    .await;
    script("delete navigator.gpu");
    assert!(attribute("#engine-gpu", "disabled").is_some());
    assert!(attribute("#engine-cpu", "disabled").is_none());
    assert!(!is_visible("#error"));
}

#[wasm_bindgen_test]
async fn on_a_site_without_webgpu_it_cannot_be_chosen() {
    let addresses = Addresses {
        has_gpu: false,
        ..fake_engine::answering([0.1; 10])
    };
    let _page = page(addresses).await;
    until_engine_is("cpu").await;
    click("#engine-gpu").await;
    until("the page says why", || {
        text("#engine-status").ends_with("This site comes without the WebGPU engine.")
    })
    .await;
    assert!(attribute("#engine-gpu", "disabled").is_some());
}

#[wasm_bindgen_test]
async fn without_timestamps_webgpu_is_not_loaded() {
    script(
        "const adapter = { features: new Set(), info: { vendor: 'acme', architecture: 'turbo' } };
         const gpu = { requestAdapter: async () => adapter };
         Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true })",
    );
    let _page = page(fake_engine::answering([0.1; 10])).await;
    until("WebGPU is given up", || {
        text("#engine-status").contains("WebGPU lacks timestamp queries")
    })
    .await;
    script("delete navigator.gpu");
    assert!(attribute("#engine-gpu", "disabled").is_some());
}

#[wasm_bindgen_test]
async fn a_software_adapter_is_loaded_only_where_it_is_chosen() {
    script(
        "const info = { vendor: 'google', architecture: 'swiftshader', isFallbackAdapter: true };
         const adapter = { features: new Set(['timestamp-query']), info };
         const gpu = { requestAdapter: async () => adapter };
         Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true })",
    );
    let _page = page(fake_engine::answering([0.1; 10])).await;
    until("the adapter is known", || {
        text("#engine-status")
            .ends_with("WebGPU was not loaded: it has only a software adapter here.")
    })
    .await;
    script("delete navigator.gpu");
    let title = attribute("#engine-status", "title");
    assert_eq!(title.as_deref(), Some("WebGPU: google swiftshader"));
    click("#engine-gpu").await;
    until("it was loaded", || {
        text("#engine-status").ends_with("WebGPU could not be started. It found no graphics card.")
    })
    .await;
    assert_eq!(attribute("body", "data-engine").as_deref(), Some("cpu"));
    assert!(is_visible("#engine-retry"));
}

#[wasm_bindgen_test]
async fn a_failed_engine_is_started_again_by_a_button() {
    script("globalThis.attempts = 0; globalThis.RealWorker = Worker;
        globalThis.Worker = class extends RealWorker { constructor(...all) { super(...all); attempts += 1; } };");
    let _page = page(fake_engine::failing("It is out of memory.")).await;
    until_engine_is("failed").await;
    until("a way out is offered", || find("#engine-retry").is_some()).await;
    let before = script("return attempts").as_f64();
    click("#engine-retry").await;
    until_engine_is("failed").await;
    let after = script("return attempts").as_f64();
    script("Worker = RealWorker");
    assert_eq!(after, before.map(|before| before + 1.0));
}

#[wasm_bindgen_test]
async fn replaced_files_call_for_a_reload() {
    let _page = page(fake_engine::outdated()).await;
    until_told(
        "There are no guesses. The CPU engine could not be started. This page was updated while you were here: reload it. You can still draw.",
    )
    .await;
    assert!(is_visible("#engine-reload"));
    script("globalThis.edgewiseReload = async () => { globalThis.reloaded = true; }");
    click("#engine-reload").await;
    assert!(script("return reloaded").is_truthy());
    script("delete globalThis.edgewiseReload; delete globalThis.reloaded");
}

#[wasm_bindgen_test]
async fn what_a_reload_did_not_help_is_told_as_what_it_is() {
    script("globalThis.edgewiseReloaded = true");
    let _page = page(fake_engine::outdated()).await;
    until_told(
        "There are no guesses. The CPU engine could not be started. The site is not complete: cpu.js answered 404. You can still draw.",
    )
    .await;
    script("delete globalThis.edgewiseReloaded");
    assert!(is_visible("#engine-retry"));
}

#[wasm_bindgen_test]
async fn an_engine_that_stops_is_not_said_to_have_failed_to_start() {
    let _page = page(fake_engine::ready_and_then(
        "throw new Error('out of luck')",
    ))
    .await;
    until("the failure is told", || is_visible("#error")).await;
    let sentence = text("#error");
    let start =
        "There are no guesses. The CPU engine stopped while it was working. The browser says: ";
    assert!(sentence.starts_with(start), "{sentence}");
    assert!(sentence.contains("out of luck"), "{sentence}");
}

#[wasm_bindgen_test]
async fn an_engine_that_never_starts_is_given_up() {
    let _page = page(impatient(fake_engine::silent())).await;
    until("the failure is told", || is_visible("#error")).await;
    let sentence = text("#error");
    let reason = "The CPU engine could not be started. It did not answer for 0.2 seconds.";
    assert!(sentence.contains(reason), "{sentence}");
}

#[wasm_bindgen_test]
async fn an_answer_that_never_comes_is_given_up() {
    let _page = page(impatient(fake_engine::ready_and_then(""))).await;
    until("the failure is told", || is_visible("#error")).await;
    let sentence = text("#error");
    let reason = "The CPU engine stopped while it was working. It did not answer for 0.2 seconds.";
    assert!(sentence.contains(reason), "{sentence}");
}

#[wasm_bindgen_test]
async fn no_time_runs_while_the_page_is_hidden() {
    script("Object.defineProperty(document, 'hidden', { value: true, configurable: true })");
    let _page = page(impatient(fake_engine::silent())).await;
    TimeoutFuture::new(600).await;
    let engine = attribute("body", "data-engine");
    script("delete document.hidden");
    assert_eq!(engine.as_deref(), Some("loading"));
    until_engine_is("failed").await;
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
