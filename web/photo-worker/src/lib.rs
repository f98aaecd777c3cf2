//! The web worker that opens photos and finds their edges, so that the page never waits for either.
//!
//! The browser decodes; the pixels then go through the picture operations that training used. What it does is not bound to a
//! worker: tests do it on a page.

mod browser;
mod header;
mod open;
mod orientation;
mod reading;
mod refusal;

use std::cell::RefCell;

use image::GrayImage;
use js_sys::{Uint8Array, Uint8ClampedArray};
use protocol::photo::{Edges, Levels, Photo, Reply, Request, Rgba};
use shared::input::INPUT_SIDE;
use shared::picture::{Canny, CannyThresholds};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, File};

use reading::Reading;

thread_local! {
    static CANNY: RefCell<Canny> = RefCell::default();
}

/// Makes a panic reach the page as a [`Reply::Failed`]; to be called once, before any message.
pub fn start() {
    std::panic::set_hook(Box::new(|panic| {
        let reason = format!("It met a fault and stopped: {panic}.");
        // Nothing is left to be done about a page that cannot be reached.
        let _ = send(&Reply::Failed { reason });
    }));
}

/// Takes one message of the page, a [`Request`], and answers it with a [`Reply`]. Edges do not wait for a file that is being
/// opened.
///
/// # Errors
/// When the message is no request or the answer cannot be sent.
#[wasm_bindgen]
pub async fn receive(message: JsValue) -> Result<(), JsError> {
    let request: Request = serde_wasm_bindgen::from_value(message)?;
    if let Request::Open { .. } = request {
        spawn_local(async {
            let reply = answer(request).await;
            if let Err(error) = send(&reply) {
                wasm_bindgen::throw_val(error.into());
            }
        });
        return Ok(());
    }
    send(&answer(request).await)
}

/// The reply to a request.
pub async fn answer(request: Request) -> Reply {
    match request {
        Request::Open {
            id,
            file,
            thresholds,
        } => open_file(id, &file, thresholds).await,
        Request::FindEdges {
            id,
            levels,
            grey_32,
            thresholds,
        } => match find_edges(&levels, &grey_32, thresholds) {
            Some(edges) => Reply::Found { id, edges },
            None => Reply::Failed {
                reason: "A photo came without all of its pixels.".into(),
            },
        },
    }
}

async fn open_file(id: u32, file: &File, thresholds: CannyThresholds) -> Reply {
    match open::open(file).await {
        Err(refusal) => Reply::Refused {
            id,
            reason: refusal.to_string(),
        },
        Ok(Reading {
            size: (width, height),
            shown,
            grey,
            grey_32,
        }) => Reply::Opened {
            id,
            edges: Edges {
                thresholds,
                shown: painted(&edges(&grey, thresholds)),
                edges_32: edges(&grey_32, thresholds).into_raw(),
            },
            photo: Photo {
                width,
                height,
                shown: rgba(shown.dimensions(), shown.pixels().map(|pixel| pixel.0)),
                grey: painted(&grey),
                levels: Levels {
                    width: grey.width(),
                    height: grey.height(),
                    bytes: Uint8Array::from(grey.as_raw().as_slice()),
                },
                grey_32: grey_32.into_raw(),
            },
        },
    }
}

fn find_edges(levels: &Levels, grey_32: &[u8], thresholds: CannyThresholds) -> Option<Edges> {
    let grey = GrayImage::from_raw(levels.width, levels.height, levels.bytes.to_vec())?;
    let grey_32 = GrayImage::from_raw(INPUT_SIDE, INPUT_SIDE, grey_32.to_vec())?;
    Some(Edges {
        thresholds,
        shown: painted(&edges(&grey, thresholds)),
        edges_32: edges(&grey_32, thresholds).into_raw(),
    })
}

fn edges(grey: &GrayImage, thresholds: CannyThresholds) -> GrayImage {
    let mut edges = GrayImage::new(grey.width(), grey.height());
    CANNY.with_borrow_mut(|canny| canny.run(grey, grey.dimensions(), thresholds, &mut edges));
    edges
}

fn painted(grey: &GrayImage) -> Rgba {
    rgba(grey.dimensions(), grey.iter().map(|&level| [level; 3]))
}

fn rgba((width, height): (u32, u32), colours: impl Iterator<Item = [u8; 3]>) -> Rgba {
    let bytes: Vec<u8> = colours
        .flat_map(|[red, green, blue]| [red, green, blue, 255])
        .collect();
    Rgba {
        width,
        height,
        bytes: Uint8ClampedArray::from(bytes.as_slice()),
    }
}

fn send(reply: &Reply) -> Result<(), JsError> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let message = serde_wasm_bindgen::to_value(reply)?;
    scope
        .post_message_with_transfer(&message, &reply.buffers())
        .map_err(|error| JsError::new(&format!("the page could not be answered: {error:?}")))
}

#[cfg(test)]
#[cfg(target_family = "wasm")]
mod tests;

#[cfg(all(test, target_family = "wasm"))]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
