//! The web worker that answers what a picture shows: loads weights once, then takes one picture after another.
//!
//! Built three times: as `cpu`, as `cpu-relaxed` with relaxed SIMD, and with Burn on WebGPU as `gpu`.
#![cfg(any(feature = "cpu", feature = "gpu"))]

#[cfg(not(feature = "gpu"))]
mod cpu;
mod error;
#[cfg(feature = "gpu")]
mod gpu;
mod prediction;
mod scope;

use std::cell::RefCell;
use std::rc::Rc;

#[cfg(not(feature = "gpu"))]
use cpu::Classifier;
#[cfg(feature = "gpu")]
use gpu::Classifier;
use image::GrayImage;
use protocol::{Reply, Request, Sentence};
use shared::input::INPUT_SIDE;
use wasm_bindgen::prelude::*;

use error::EngineError;
use prediction::Prediction;
use scope::{now, send};

/// Pixels of a picture.
const PIXELS: usize = (INPUT_SIDE * INPUT_SIDE) as usize;

thread_local! {
    static CLASSIFIER: RefCell<Option<Rc<Classifier>>> = const { RefCell::new(None) };
}

/// Makes a panic reach the page as a [`Reply::Failed`]; to be called once, before any message.
pub fn start() {
    std::panic::set_hook(Box::new(|panic| {
        let reason = Sentence::new(
            format!("It stopped because of an error: {panic}."),
            format!("程式發生錯誤：{panic}。"),
        );
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
    let reply = match Request::from_message(message)? {
        Request::Load { weights } => load(&weights.to_vec()).await,
        Request::Predict { id, pictures } => predict(id, &pictures).await,
    };
    send(&reply.unwrap_or_else(|error| {
        let reason = error.sentence();
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

async fn predict(id: u32, pictures: &[u8]) -> Result<Reply, EngineError> {
    let classifier = CLASSIFIER
        .with_borrow(Option::clone)
        .ok_or(EngineError::NotLoaded)?;
    let mut pictures = pictures.chunks(PIXELS);
    let first = grey(pictures.next().unwrap_or_default())?;
    let begun = now();
    let Prediction {
        mut logits,
        features,
        is_unknown,
    } = classifier.predict(&first).await?;
    let milliseconds = now() - begun;
    for picture in pictures {
        logits.extend(classifier.predict(&grey(picture)?).await?.logits);
    }
    Ok(Reply::Prediction {
        id,
        logits,
        features,
        is_unknown,
        milliseconds,
    })
}

/// The bytes as a 32x32 grey picture.
fn grey(bytes: &[u8]) -> Result<GrayImage, EngineError> {
    Some(bytes)
        .filter(|bytes| bytes.len() == PIXELS)
        .and_then(|bytes| GrayImage::from_raw(INPUT_SIDE, INPUT_SIDE, bytes.to_vec()))
        .ok_or(EngineError::PictureSize(bytes.len()))
}
