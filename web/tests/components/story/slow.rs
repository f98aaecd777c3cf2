//! What comes late, twice or never.

use std::time::Duration;

use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use super::*;

#[wasm_bindgen_test]
async fn a_photo_that_comes_late_does_not_replace_the_one_chosen_since() {
    let _photo = Photo::new();
    let _page = page(None).await;
    until("the photo is there", || is_visible(".canny-pixel")).await;
    let step = pixels("#canny-grey");
    let slow = Script::new(
        "globalThis.fetch = async (address, ...more) => {
            if (String(address).endsWith('#light')) await new Promise((resolve) => setTimeout(resolve, 300));
            return realFetch(address, ...more);
        };",
    );
    click(".story-choices button:nth-child(2)").await;
    click(".story-choices button:nth-child(1)").await;
    TimeoutFuture::new(600).await;
    assert!(pixels("#canny-grey") == step);
    drop(slow);
    click(".story-choices button:nth-child(2)").await;
    until("the other photo is there", || pixels("#canny-grey") != step).await;
}

#[wasm_bindgen_test]
async fn features_that_are_asked_for_twice_are_each_doodle_s_own() {
    let _page = whole_page().await;
    // The weights wait, and the first engine fails meanwhile.
    let _broken = Script::new(
        "globalThis.arrived = new Promise((resolve) => (globalThis.arrive = resolve));
        globalThis.fetch = async (address, ...more) => {
            if (String(address).endsWith(',weights')) await arrived;
            return realFetch(address, ...more);
        };
        let started = 0;
        globalThis.Worker = class extends RealWorker {
            constructor(...all) {
                super(...all);
                const data = { type: 'Failed', reason: { english: 'It failed.', chinese: '失敗了。' } };
                started += 1;
                if (started === 1) setTimeout(() => this.onmessage(new MessageEvent('message', { data })), 50);
            }
        };",
    );
    click("#story-examples button:nth-child(5)").await;
    until("the failure is told", || {
        text("#map-status").contains("It failed.")
    })
    .await;
    click("#map-status button").await;
    js_sys::eval("arrive()").unwrap();
    until("there are neighbours", || {
        find("#map-nearest li:nth-child(5)").is_some()
    })
    .await;
    let nearest = text("#map-nearest li:first-child");
    assert!(nearest.starts_with("cat1.00"), "{nearest}");
}

#[wasm_bindgen_test]
async fn an_engine_that_reads_no_doodle_is_not_waited_for_for_ever() {
    let limits = Limits {
        cpu_load: Duration::from_secs(1),
        ..Limits::default()
    };
    let _page = page_within(Some(&sample::story().write().unwrap()), limits).await;
    until("the film is there", || is_visible("#film")).await;
    let _silent = Script::new("globalThis.Worker = class { postMessage() {} terminate() {} };");
    click("#story-examples button:nth-child(5)").await;
    until("it is told", || {
        text("#map-status").contains("did not answer for 1 seconds")
    })
    .await;
}
