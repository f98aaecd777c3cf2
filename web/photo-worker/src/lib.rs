//! The web worker that opens photos and finds their edges, so that the page never waits for either.
//!
//! The browser decodes; the pixels then go through the picture operations that training used. What it does is not bound to a
//! worker: tests do it on a page.

mod browser;
mod header;
mod kept;
mod open;
mod orientation;
mod painted;
mod reading;
mod refusal;

use std::cell::RefCell;

use protocol::Sentence;
use protocol::photo::{Photo, Reply, Request, Wanted};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::DedicatedWorkerGlobalScope;

use browser::Bitmap;
use kept::Kept;
use painted::coloured;
use reading::Reading;
use refusal::Refusal;

thread_local! {
    static KEPT: RefCell<Option<Kept>> = const { RefCell::new(None) };
}

/// Makes a panic reach the page as a [`Reply::Failed`]; to be called once, before any message.
pub fn start() {
    std::panic::set_hook(Box::new(|panic| {
        let reason = Sentence::new(
            format!("It stopped because of an error: {panic}."),
            format!("程式發生錯誤而停止：{panic}。"),
        );
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
            if let Some(reply) = answer(request).await
                && let Err(error) = send(&reply)
            {
                wasm_bindgen::throw_val(error.into());
            }
        });
        return Ok(());
    }
    answer(request).await.map_or(Ok(()), |reply| send(&reply))
}

/// The reply to a request, where it has one.
pub async fn answer(request: Request) -> Option<Reply> {
    match request {
        Request::Open { id, file, wanted } => Some(match open::open(&file).await {
            Ok(reading) => opened(id, reading, wanted),
            Err(refusal) => refused(id, &refusal),
        }),
        Request::Frame { id, bitmap, wanted } => {
            let reading = reading::read(&Bitmap::from(bitmap), 1).await;
            let refusal = |_| Refusal::BrowserTooOldForFrames;
            Some(match reading.map_err(refusal) {
                Ok(reading) => opened(id, reading, wanted),
                Err(refusal) => refused(id, &refusal),
            })
        }
        Request::Keep { shown, centred_32 } => {
            let photo = Kept::returned(&shown, centred_32);
            let is_whole = photo.is_some();
            KEPT.set(photo);
            (!is_whole).then(|| {
                failed(
                    "A photo came without all of its pixels.",
                    "收到的照片缺少部分像素。",
                )
            })
        }
        Request::FindEdges { id, wanted } => Some(KEPT.with_borrow_mut(|kept| match kept {
            Some(kept) => Reply::Found {
                id,
                edges: kept.edges(wanted),
            },
            None => failed(
                "There is no photo to find edges in.",
                "沒有可以偵測邊緣的照片。",
            ),
        })),
    }
}

fn opened(id: u32, reading: Reading, wanted: Wanted) -> Reply {
    let (width, height) = reading.size;
    let photo = Photo {
        width,
        height,
        shown: coloured(&reading.shown),
        centred_32: reading.centred_32.as_raw().clone(),
    };
    let mut kept = Kept::new(reading.shown, reading.centred_32);
    let edges = kept.edges(wanted);
    KEPT.set(Some(kept));
    Reply::Opened { id, photo, edges }
}

fn refused(id: u32, refusal: &Refusal) -> Reply {
    let reason = refusal.sentence();
    Reply::Refused { id, reason }
}

fn failed(english: &str, chinese: &str) -> Reply {
    let reason = Sentence::new(english, chinese);
    Reply::Failed { reason }
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
