//! What the browser and the connection offer, asked before anything is downloaded for WebGPU.

use js_sys::{Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::text;
use crate::language::{Sentence, Text, both};

/// The adapter that the browser has for WebGPU.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Adapter {
    /// There is none that the engine can run on.
    Unsuitable {
        /// Why.
        reason: Sentence,
    },
    /// The processor plays a graphics card: slower than the CPU engine.
    Software {
        /// What the browser calls it, such as "google swiftshader"; may be empty.
        name: String,
    },
    /// A graphics card.
    Hardware {
        /// What the browser calls it; may be empty.
        name: String,
    },
}

impl Adapter {
    /// What the browser calls it, where it does.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Software { name } | Self::Hardware { name } if !name.is_empty() => Some(name),
            _ => None,
        }
    }
}

/// What the browser and the connection offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surroundings {
    /// The adapter for WebGPU.
    pub adapter: Adapter,
    /// Whether the visitor saves data, or the connection is as slow as 3G.
    pub is_metered: bool,
}

#[wasm_bindgen]
extern "C" {
    /// `GPU` and `GPUAdapter` of the WebGPU standard, as far as they are asked here.
    type Gpu;
    #[wasm_bindgen(method, catch, js_name = requestAdapter)]
    fn request_adapter(this: &Gpu, options: &Object) -> Result<Promise, JsValue>;

    type GpuAdapter;
    #[wasm_bindgen(method, getter)]
    fn features(this: &GpuAdapter) -> GpuFeatures;

    type GpuFeatures;
    #[wasm_bindgen(method)]
    fn has(this: &GpuFeatures, name: &str) -> bool;
}

/// Asks the browser, where the site has a WebGPU engine at all.
pub async fn look_around(site_has_gpu: bool) -> Surroundings {
    Surroundings {
        adapter: match site_has_gpu {
            true => adapter().await,
            false => Adapter::Unsuitable {
                reason: both(text::SITE_WITHOUT_GPU),
            },
        },
        is_metered: is_metered(),
    }
}

async fn adapter() -> Adapter {
    let unsuitable = |reason: Text| Adapter::Unsuitable {
        reason: both(reason),
    };
    let gpu = property(&window().navigator(), "gpu");
    if !gpu.is_object() {
        return unsuitable(text::NO_WEBGPU);
    }
    // Burn asks for its adapter with the same preference; that is the one it gets.
    let options = Object::new();
    if Reflect::set(
        &options,
        &"powerPreference".into(),
        &"high-performance".into(),
    )
    .is_err()
    {
        return unsuitable(text::NO_QUESTION);
    }
    let asked = gpu.unchecked_into::<Gpu>().request_adapter(&options);
    let adapter = match asked {
        Ok(promise) => JsFuture::from(promise).await,
        Err(error) => Err(error),
    };
    let adapter = match adapter {
        Ok(adapter) if adapter.is_object() => adapter,
        _ => return unsuitable(text::NO_CARD),
    };
    let info = property(&adapter, "info");
    // The newer place first.
    let is_software = [&info, &adapter]
        .into_iter()
        .any(|place| property(place, "isFallbackAdapter").is_truthy());
    let words = ["vendor", "architecture"].map(|word| property(&info, word).as_string());
    let words: Vec<String> = words.into_iter().flatten().collect();
    let name = words.join(" ").trim().to_owned();
    // Burn panics without it at its first operation.
    if !adapter
        .unchecked_into::<GpuAdapter>()
        .features()
        .has("timestamp-query")
    {
        return unsuitable(text::NO_TIMESTAMPS);
    }
    if is_software {
        Adapter::Software { name }
    } else {
        Adapter::Hardware { name }
    }
}

fn is_metered() -> bool {
    let connection = property(&window().navigator(), "connection");
    let speed = property(&connection, "effectiveType").as_string();
    let is_slow = matches!(speed.as_deref(), Some("slow-2g" | "2g" | "3g"));
    is_slow || property(&connection, "saveData").is_truthy()
}

/// A property of what may be no object.
fn property(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or(JsValue::UNDEFINED)
}
