use js_sys::{Function, Reflect};
use protocol::photo::{Reply, Request};
use wasm_bindgen::prelude::*;
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::text;
use crate::engines::text as engine_text;
use crate::language::{Sentence, both};

/// A running photo worker; it ends, and is heard no more, when this is dropped.
pub struct PhotoWorker(Worker);

impl PhotoWorker {
    /// Starts the worker at `address`, and lets `listen` hear every reply.
    ///
    /// # Errors
    /// When the browser refuses, with its words.
    pub fn start(address: &str, listen: impl Fn(Reply) + 'static) -> Result<Self, Sentence> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(address, &options).map_err(in_words)?;
        let listen = Closure::<dyn Fn(Event)>::new(move |event: Event| listen(reply(&event)));
        // The browser's garbage collection frees it.
        let listen: Function = listen.into_js_value().unchecked_into();
        worker.set_onmessage(Some(&listen));
        worker.set_onmessageerror(Some(&listen));
        worker.set_onerror(Some(&listen));
        Ok(Self(worker))
    }

    /// Asks something of it.
    ///
    /// # Errors
    /// When it cannot be sent, with the browser's words.
    pub fn post(&self, request: &Request) -> Result<(), Sentence> {
        let message =
            serde_wasm_bindgen::to_value(request).map_err(|error| in_words(error.into()))?;
        self.0
            .post_message_with_transfer(&message, &request.handed_over())
            .map_err(in_words)
    }
}

impl Drop for PhotoWorker {
    fn drop(&mut self) {
        // What is already on its way must not be taken for the words of a later worker.
        self.0.set_onmessage(None);
        self.0.set_onmessageerror(None);
        self.0.set_onerror(None);
        self.0.terminate();
    }
}

/// What a worker's event says.
fn reply(event: &Event) -> Reply {
    if let Some(message) = event.dyn_ref::<MessageEvent>() {
        return Reply::from_message(message.data()).unwrap_or_else(|error| Reply::Failed {
            reason: both(|| engine_text::unreadable(&error.to_string())),
        });
    }
    // It is told on the page, not in the console.
    event.prevent_default();
    let message = Reflect::get(event, &"message".into()).ok();
    let reason = match message.and_then(|message| message.as_string()) {
        Some(message) if !message.is_empty() => both(|| engine_text::browser_says(&message)),
        _ => both(text::WORKER_MISSING),
    };
    Reply::Failed { reason }
}

fn in_words(error: JsValue) -> Sentence {
    let message = Reflect::get(&error, &"message".into()).ok();
    let message = message.and_then(|message| message.as_string());
    let message = message.unwrap_or_else(|| format!("{error:?}"));
    both(|| engine_text::browser_says(&message))
}
