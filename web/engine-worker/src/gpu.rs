use burn::tensor::Device;
use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::error::EngineError;

#[wasm_bindgen]
extern "C" {
    /// `GPU` and `GPUAdapter` of the WebGPU standard, as far as they are asked here.
    type Gpu;
    #[wasm_bindgen(method, js_name = requestAdapter)]
    fn request_adapter(this: &Gpu) -> js_sys::Promise;

    type Adapter;
    #[wasm_bindgen(method, getter)]
    fn features(this: &Adapter) -> Features;
    #[wasm_bindgen(method, getter)]
    fn info(this: &Adapter) -> AdapterInfo;

    type Features;
    #[wasm_bindgen(method)]
    fn has(this: &Features, name: &str) -> bool;

    type AdapterInfo;
    #[wasm_bindgen(method, getter)]
    fn vendor(this: &AdapterInfo) -> String;
    #[wasm_bindgen(method, getter)]
    fn architecture(this: &AdapterInfo) -> String;
}

/// The graphics device, with its name for the page: "google swiftshader".
///
/// # Errors
/// When the browser gives no device, or one without `timestamp-query`: Burn would panic on it at the first operation.
pub async fn open_device() -> Result<(Device, String), EngineError> {
    let adapter = adapter().await?;
    let name = name(&adapter);
    if !adapter.features().has("timestamp-query") {
        return Err(EngineError::NoTimestamps(name));
    }
    let device = Device::wgpu_options()
        .init_async()
        .await
        .map_err(|error| EngineError::NoDevice(error.to_string()))?;
    Ok((device, name))
}

async fn adapter() -> Result<Adapter, EngineError> {
    let none = |why: &str| EngineError::NoDevice(why.into());
    let gpu = Reflect::get(&super::scope().navigator(), &"gpu".into())
        .ok()
        .filter(|gpu| !gpu.is_undefined())
        .ok_or_else(|| none("WebGPU is not offered inside a worker"))?;
    let adapter = JsFuture::from(gpu.unchecked_into::<Gpu>().request_adapter())
        .await
        .map_err(|_| none("WebGPU refused"))?;
    if adapter.is_null() {
        return Err(none("WebGPU found no adapter"));
    }
    Ok(adapter.unchecked_into())
}

fn name(adapter: &Adapter) -> String {
    let info = adapter.info();
    match format!("{} {}", info.vendor(), info.architecture()).trim() {
        "" => "a graphics card that keeps its name".into(),
        name => name.into(),
    }
}
