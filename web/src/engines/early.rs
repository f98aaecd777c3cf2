//! What `start.js` began before this program was there: the CPU engine's worker and the weights.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Worker;

use super::command::Progress;

const NAME: &str = "edgewiseEarly";

#[wasm_bindgen]
extern "C" {
    /// The object that `start.js` leaves at `globalThis.edgewiseEarly`.
    #[derive(Clone)]
    pub type Early;

    /// The CPU engine's worker.
    #[wasm_bindgen(method, getter)]
    pub fn worker(this: &Early) -> Worker;

    /// The worker's events so far.
    #[wasm_bindgen(method, getter)]
    pub fn events(this: &Early) -> Array;

    /// The bytes of the weights as a `Uint8Array`, or null where they did not come.
    #[wasm_bindgen(method, getter)]
    fn weights(this: &Early) -> Promise;

    /// Whether the weights were handed to the worker.
    #[wasm_bindgen(method, getter, js_name = isLoading)]
    pub fn is_loading(this: &Early) -> bool;

    /// Tells `start.js` to hand nothing to the worker from now on.
    #[wasm_bindgen(method, setter, js_name = isAdopted)]
    pub fn set_adopted(this: &Early, adopted: bool);

    /// What to call with the bytes that have come and, where it is known, with those in all.
    #[wasm_bindgen(method, setter, js_name = onProgress)]
    fn set_on_progress(this: &Early, listen: &Function);
}

impl Early {
    /// The bytes of the weights, if they come.
    pub async fn fetched_weights(
        &self,
        on_progress: impl Fn(Progress) + 'static,
    ) -> Option<Uint8Array> {
        let listen =
            Closure::<dyn Fn(f64, Option<f64>)>::new(move |received, total: Option<f64>| {
                on_progress(Progress {
                    received: received as u64,
                    total: total.map(|total| total as u64),
                });
            });
        // The browser's garbage collection frees it.
        let listen: Function = listen.into_js_value().unchecked_into();
        self.set_on_progress(&listen);
        let bytes = JsFuture::from(self.weights()).await.ok()?;
        bytes.dyn_into().ok()
    }
}

/// Takes over what `start.js` began, if it began anything: the second one to ask gets nothing.
pub fn adopt() -> Option<Early> {
    let global = js_sys::global();
    let early = Reflect::get(&global, &NAME.into()).ok()?;
    if !early.is_object() {
        return None;
    }
    Reflect::delete_property(&global, &NAME.into()).ok()?;
    let early: Early = early.unchecked_into();
    early.set_adopted(true);
    Some(early)
}
