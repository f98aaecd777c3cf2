//! Weights that do not come or cannot be used.

use super::*;

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
