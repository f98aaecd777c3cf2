//! How long the page waits for an engine and for an answer.

use super::*;

#[wasm_bindgen_test]
async fn an_engine_on_its_way_is_waited_for() {
    let _page = page(fake_engine::silent()).await;
    assert_eq!(attribute("body", "data-engine").as_deref(), Some("loading"));
    assert_eq!(text("#engine-status").trim(), "Loading the CPU engine …");
    assert_eq!(text("#guess"), "Draw something, and I’ll guess");
    assert!(!is_visible("#error"));
    assert!(find("#engine-retry").is_none());
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
