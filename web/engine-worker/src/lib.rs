//! The web worker that answers what a picture shows: loads weights once, then takes one picture after another.
//!
//! Built twice: as `cpu`, and with Burn on WebGPU as `gpu`.
#![cfg(any(feature = "cpu", feature = "gpu"))]

#[cfg(not(feature = "gpu"))]
mod cpu;
mod error;
mod fetch;
#[cfg(feature = "gpu")]
mod gpu;
mod guesser;
mod softmax;

use std::cell::RefCell;
use std::rc::Rc;

#[cfg(not(feature = "gpu"))]
use cpu::open_device;
#[cfg(feature = "gpu")]
use gpu::open_device;
use protocol::{Reply, Request};
use wasm_bindgen::prelude::*;
use web_sys::DedicatedWorkerGlobalScope;

use error::EngineError;
use guesser::Guesser;

thread_local! {
    static GUESSER: RefCell<Option<Rc<Guesser>>> = const { RefCell::new(None) };
}

/// Makes a panic reach the page as a [`Reply::Failed`]; to be called once, before any message.
pub fn start() {
    std::panic::set_hook(Box::new(|panic| {
        let reason = format!("It met a fault and stopped: {panic}.");
        // Nothing is left to be done about a page that cannot be reached.
        let _ = send(&Reply::Failed { reason });
    }));
}

/// Takes one message of the page, a [`Request`], and answers it with a [`Reply`].
///
/// # Errors
/// When the message is no request or the answer cannot be sent.
#[wasm_bindgen]
pub async fn receive(message: JsValue) -> Result<(), JsError> {
    let reply = match serde_wasm_bindgen::from_value(message)? {
        Request::Load { weights } => load(&weights).await,
        Request::Predict { id, picture } => predict(id, picture).await,
    };
    send(&reply.unwrap_or_else(|error| Reply::Failed {
        reason: error.to_string(),
    }))?;
    Ok(())
}

async fn load(weights: &str) -> Result<Reply, EngineError> {
    let (device, name) = open_device().await?;
    let bytes = fetch::bytes(weights).await?;
    let (guesser, model_info) =
        Guesser::new(&bytes, device).map_err(|reason| EngineError::WeightsRefused {
            address: weights.into(),
            reason,
        })?;
    GUESSER.set(Some(Rc::new(guesser)));
    Ok(Reply::Ready {
        device: name,
        model_info,
    })
}

async fn predict(id: u32, picture: Vec<u8>) -> Result<Reply, EngineError> {
    // Cloned out, so that nothing is borrowed while the device works.
    let guesser = GUESSER
        .with_borrow(Option::clone)
        .ok_or(EngineError::NotLoaded)?;
    let begun = now();
    let logits = guesser.logits(picture).await?;
    Ok(Reply::Prediction {
        id,
        probabilities: softmax::softmax(&logits),
        logits,
        milliseconds: now() - begun,
    })
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// The worker's clock in milliseconds; 0 where there is none.
fn now() -> f64 {
    scope().performance().map_or(0.0, |clock| clock.now())
}

fn send(reply: &Reply) -> Result<(), JsError> {
    let reply = serde_wasm_bindgen::to_value(reply)?;
    scope()
        .post_message(&reply)
        .map_err(|error| JsError::new(&format!("the page could not be answered: {error:?}")))
}

#[cfg(all(test, target_family = "wasm"))]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
