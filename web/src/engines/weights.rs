//! Fetches the weights, once for all engines.

use js_sys::{Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, RequestCache, RequestInit, Response};

use super::command::Progress;
use super::text;
use crate::language::{Sentence, both};

/// The bytes at `address`; `fresh` passes over the browser's cache, and `on_progress` hears of every piece.
///
/// # Errors
/// What is wrong, with the address and what was answered.
pub async fn fetch(
    address: &str,
    fresh: bool,
    on_progress: impl Fn(Progress),
) -> Result<Uint8Array, Sentence> {
    let options = RequestInit::new();
    if fresh {
        options.set_cache(RequestCache::Reload);
    }
    let response = JsFuture::from(window().fetch_with_str_and_init(address, &options))
        .await
        .map_err(|_| both(|| text::weights_unreachable(address)))?;
    let response: Response = response.unchecked_into();
    if !response.ok() {
        let answer = format!("{} {}", response.status(), response.status_text());
        return Err(both(|| text::weights_missing(address, answer.trim_end())));
    }
    let bytes = read(&response, on_progress).await;
    let bytes = bytes.map_err(|_| both(|| text::weights_broken(address)))?;
    if bytes.length() == 0 {
        return Err(both(|| text::weights_empty(address)));
    }
    if is_web_page(&bytes) {
        return Err(both(|| text::weights_are_page(address)));
    }
    Ok(bytes)
}

async fn read(response: &Response, on_progress: impl Fn(Progress)) -> Result<Uint8Array, JsValue> {
    let Some(body) = response.body() else {
        return Ok(Uint8Array::new_with_length(0));
    };
    let mut progress = Progress {
        received: 0,
        total: total(response),
    };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut pieces = Vec::new();
    loop {
        let read = JsFuture::from(reader.read()).await?;
        if Reflect::get(&read, &"done".into())?.is_truthy() {
            break;
        }
        let piece: Uint8Array = Reflect::get(&read, &"value".into())?.unchecked_into();
        progress.received += u64::from(piece.length());
        on_progress(progress);
        pieces.push(piece);
    }
    let whole = Uint8Array::new_with_length(pieces.iter().map(Uint8Array::length).sum());
    let mut place = 0;
    for piece in pieces {
        whole.set(&piece, place);
        place += piece.length();
    }
    Ok(whole)
}

/// The length that the server announced. That of a compressed file says nothing about what comes out of it.
fn total(response: &Response) -> Option<u64> {
    let header = |name| response.headers().get(name).ok().flatten();
    if header("content-encoding").is_some() {
        return None;
    }
    header("content-length")?.parse().ok()
}

/// Whether this is what a host sends that answers every address with some page.
fn is_web_page(bytes: &Uint8Array) -> bool {
    let start = bytes.subarray(0, bytes.length().min(64)).to_vec();
    let start = String::from_utf8_lossy(&start).trim_start().to_lowercase();
    start.starts_with("<!doctype") || start.starts_with("<html")
}
