//! The worker's global scope: its clock, and the page.

use protocol::Reply;
use wasm_bindgen::{JsCast, JsError};
use web_sys::DedicatedWorkerGlobalScope;

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// The worker's clock in milliseconds; 0 where there is none.
pub fn now() -> f64 {
    scope().performance().map_or(0.0, |clock| clock.now())
}

/// Sends the page a message.
///
/// # Errors
/// When it cannot be sent.
pub fn send(reply: &Reply) -> Result<(), JsError> {
    scope()
        .post_message(&reply.to_message())
        .map_err(|error| JsError::new(&format!("the page could not be answered: {error:?}")))
}
