use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::error::EngineError;

/// The bytes at an address.
pub async fn bytes(address: &str) -> Result<Vec<u8>, EngineError> {
    let missing = |answer: String| EngineError::WeightsMissing {
        address: address.into(),
        answer,
    };
    let unreachable = |_: JsValue| missing("nothing".into());
    let response: Response = JsFuture::from(super::scope().fetch_with_str(address))
        .await
        .map_err(unreachable)?
        .unchecked_into();
    if !response.ok() {
        let answer = format!("{} {}", response.status(), response.status_text());
        return Err(missing(answer.trim_end().into()));
    }
    let body = response.array_buffer().map_err(unreachable)?;
    let body: ArrayBuffer = JsFuture::from(body)
        .await
        .map_err(unreachable)?
        .unchecked_into();
    Ok(Uint8Array::new(&body).to_vec())
}
