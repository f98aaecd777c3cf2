//! Engines that do not start or that stop, and what helps.

use web_sys::HtmlElement;

use super::*;
use crate::drawing::visitor::{ROOF, WALL, stroke};

#[wasm_bindgen_test]
async fn a_worker_that_does_not_start_is_told_and_drawing_still_works() {
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
async fn a_failed_engine_is_started_again_by_a_button() {
    script("globalThis.attempts = 0; globalThis.RealWorker = Worker;
        globalThis.Worker = class extends RealWorker { constructor(...all) { super(...all); attempts += 1; } };");
    let _page = page(fake_engine::failing("It is out of memory.")).await;
    until_engine_is("failed").await;
    until("a way out is offered", || find("#engine-retry").is_some()).await;
    let before = script("return attempts").as_f64();
    stage::element::<HtmlElement>("#engine-retry")
        .focus()
        .unwrap();
    click("#engine-retry").await;
    assert_eq!(document().active_element().unwrap().id(), "engine-line");
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
        "There are no guesses. The CPU engine could not be started. The site is incomplete: cpu.js answered 404. You can still draw.",
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
async fn no_old_answer_stays_for_a_new_drawing_when_the_engine_stops() {
    let answers_once = "
      if (data.id && globalThis.hasAnswered) throw new Error('out of luck');
      globalThis.hasAnswered = data.id > 0;
      const logits = Float32Array.from({ length: data.pictures.length / 1024 * 10 }, (_, index) => index % 10 === 4 ? 9 : 0);
      postMessage({ type: 'Prediction', id: data.id, logits, features: new Float32Array(256).fill(1), isUnknown: false, milliseconds: 1.5 });";
    let _page = page(fake_engine::ready_and_then(answers_once)).await;
    until_engine_is("cpu").await;
    stroke(ROOF).await;
    stroke(WALL).await;
    stroke(ROOF).await;
    stroke(WALL).await;
    until_engine_is("failed").await;
    settle().await;
    assert_eq!(text("#guess"), "No guesses for now");
    assert_eq!(attribute("#guess", "data-engine"), None);
    click("#own-classes > summary").await;
    assert!(attribute("#own-take", "disabled").is_some());
}
