//! Where WebGPU is loaded, and where it is not.

use super::*;

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
