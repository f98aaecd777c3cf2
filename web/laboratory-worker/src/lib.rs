//! The web worker that trains the laboratory's small DANN, so that the page never waits for a step.

mod run;

use std::cell::RefCell;

use protocol::Sentence;
use protocol::laboratory::{Reply, Request};
use wasm_bindgen::prelude::*;
use web_sys::DedicatedWorkerGlobalScope;

use run::Run;

thread_local! {
    static RUN: RefCell<Run> = RefCell::new(Run::default());
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

/// Takes one message of the page, a [`Request`], and answers it with a [`Reply`].
///
/// # Errors
/// When the message is no request or the answer cannot be sent.
#[wasm_bindgen]
pub fn receive(message: JsValue) -> Result<(), JsError> {
    let request = Request::from_message(message)?;
    send(&RUN.with_borrow_mut(|run| run.answer(request)))
}

fn send(reply: &Reply) -> Result<(), JsError> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    scope
        .post_message(&reply.to_message())
        .map_err(|error| JsError::new(&format!("the page could not be answered: {error:?}")))
}
