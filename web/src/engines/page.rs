//! What the engines ask of the page itself: an idle period, its clock, its address, and a reload.

use std::time::Duration;

use js_sys::{Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

/// The page waits so many milliseconds for the browser to be idle, then continues anyway.
const IDLE_LIMIT: u32 = 5000;

/// Calls `act` when the browser is idle, or after a while where it never is or cannot tell.
pub(super) fn at_idle(act: impl Fn() + 'static) {
    let window = window();
    let can_tell = Reflect::has(&window, &"requestIdleCallback".into()).unwrap_or(false);
    if !can_tell {
        set_timeout(act, Duration::from_millis(IDLE_LIMIT.into()));
        return;
    }
    let act = Closure::<dyn Fn()>::new(act);
    // The browser's garbage collection frees it.
    let act: Function = act.into_js_value().unchecked_into();
    let options = web_sys::IdleRequestOptions::new();
    options.set_timeout(IDLE_LIMIT);
    // Refused, WebGPU stays unloaded, as it would where it is not worth it.
    let _ = window.request_idle_callback_with_options(&act, &options);
}

/// An address relative to the page as an absolute one, for sentences.
pub(super) fn absolute(address: &str) -> String {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    web_sys::Url::new_with_base(address, &base).map_or_else(|_| address.into(), |url| url.href())
}

/// Whether the visitor has just loaded the page again, by what `start.js` noted: once more would not help.
pub fn was_reloaded() -> bool {
    let reloaded = Reflect::get(&js_sys::global(), &"edgewiseReloaded".into());
    reloaded.is_ok_and(|reloaded| reloaded.is_truthy())
}

/// Loads the page again. `start.js` knows which files must not come from the browser's cache.
pub fn reload_page() {
    let reload = Reflect::get(&js_sys::global(), &"edgewiseReload".into());
    match reload.map(JsCast::dyn_into::<Function>) {
        // It answers with a promise that only ends with the page.
        Ok(Ok(reload)) => drop(reload.call0(&JsValue::UNDEFINED)),
        // There is nothing to be done about a browser that refuses to load a page.
        _ => drop(window().location().reload()),
    }
}
