//! The web worker that answers what a picture shows: loads weights once, then takes one picture after another.
//!
//! Built twice: as `cpu`, and with Burn on WebGPU as `gpu`.
#![cfg(any(feature = "cpu", feature = "gpu"))]

#[cfg(not(feature = "gpu"))]
mod cpu;
mod error;
#[cfg(feature = "gpu")]
mod gpu;

use std::cell::RefCell;
use std::rc::Rc;

#[cfg(not(feature = "gpu"))]
use cpu::Classifier;
#[cfg(feature = "gpu")]
use gpu::Classifier;
use image::GrayImage;
use protocol::{Measured, ModelInfo, Reply, Request};
use shared::input::INPUT_SIDE;
use shared::softmax::softmax;
use shared::weights::Metadata;
use wasm_bindgen::prelude::*;
use web_sys::DedicatedWorkerGlobalScope;

use error::EngineError;

thread_local! {
    static CLASSIFIER: RefCell<Option<Rc<Classifier>>> = const { RefCell::new(None) };
}

/// Makes a panic reach the page as a [`Reply::Failed`]; to be called once, before any message.
pub fn start() {
    std::panic::set_hook(Box::new(|panic| {
        let reason = format!("It met a fault: {panic}.");
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
    send(&reply.unwrap_or_else(|error| {
        let reason = error.to_string();
        match error {
            EngineError::WeightsRefused(_) => Reply::WeightsRefused { reason },
            _ => Reply::Failed { reason },
        }
    }))
}

async fn load(weights: &[u8]) -> Result<Reply, EngineError> {
    let (classifier, model_info) = Classifier::load(weights).await?;
    CLASSIFIER.set(Some(Rc::new(classifier)));
    Ok(Reply::Ready { model_info })
}

async fn predict(id: u32, picture: Vec<u8>) -> Result<Reply, EngineError> {
    let classifier = CLASSIFIER
        .with_borrow(Option::clone)
        .ok_or(EngineError::NotLoaded)?;
    let picture = grey(picture)?;
    let begun = now();
    let logits = classifier.logits(&picture).await?;
    let mut probabilities = logits.clone();
    softmax(&mut probabilities);
    Ok(Reply::Prediction {
        id,
        probabilities,
        logits,
        milliseconds: now() - begun,
    })
}

/// What the page is told of the weights.
fn model_info(metadata: Metadata) -> ModelInfo {
    ModelInfo {
        classes: metadata.classes,
        measured: metadata.measured.map(|measured| Measured {
            accuracy: measured.accuracy,
            pictures: measured.pictures,
            on: measured.on,
        }),
    }
}

/// The bytes as a 32x32 grey picture.
fn grey(bytes: Vec<u8>) -> Result<GrayImage, EngineError> {
    let length = bytes.len();
    Some(bytes)
        .filter(|_| length == (INPUT_SIDE * INPUT_SIDE) as usize)
        .and_then(|bytes| GrayImage::from_raw(INPUT_SIDE, INPUT_SIDE, bytes))
        .ok_or(EngineError::PictureSize(length))
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
