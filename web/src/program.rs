//! A program of the site that runs in a web worker: what goes to it, and what comes from it.

use std::fmt::Display;

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::engines::text as engine_text;
use crate::language::{Sentence, both};
use crate::text;

/// A running worker; it ends, and is heard no more, when this is dropped.
pub struct Program(Worker);

impl Program {
    /// Starts the worker at `address`, and lets `listen` hear every reply: what `read` makes of a message, or `failed` of the reason
    /// why there is none.
    ///
    /// # Errors
    /// When the browser refuses, with its words.
    pub fn start<Reply: 'static, Error: Display + 'static>(
        address: &str,
        read: fn(JsValue) -> Result<Reply, Error>,
        failed: fn(Sentence) -> Reply,
        listen: impl Fn(Reply) + 'static,
    ) -> Result<Self, Sentence> {
        let worker = start_module(address).map_err(in_words)?;
        listen_to(&worker, move |event| {
            let reply = match data(event).map(read) {
                Ok(Ok(reply)) => reply,
                Ok(Err(error)) => failed(both(|| engine_text::unreadable(&error.to_string()))),
                Err(Some(message)) => failed(both(|| engine_text::browser_says(&message))),
                Err(None) => failed(both(text::WORKER_MISSING)),
            };
            listen(reply);
        });
        Ok(Self(worker))
    }

    /// Sends a message.
    ///
    /// # Errors
    /// When it cannot be sent, with the browser's words.
    pub fn post(&self, message: &JsValue) -> Result<(), Sentence> {
        self.post_with(message, &Array::new())
    }

    /// Sends a message, and hands over what is in it and in `handed_over`.
    ///
    /// # Errors
    /// When it cannot be sent, with the browser's words.
    pub fn post_with(&self, message: &JsValue, handed_over: &JsValue) -> Result<(), Sentence> {
        self.0
            .post_message_with_transfer(message, handed_over)
            .map_err(in_words)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // What is already on its way must not be taken for the words of a later worker.
        self.0.set_onmessage(None);
        self.0.set_onmessageerror(None);
        self.0.set_onerror(None);
        self.0.terminate();
    }
}

/// Starts the worker at an address, as a module.
///
/// # Errors
/// When the browser refuses.
pub fn start_module(address: &str) -> Result<Worker, JsValue> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    Worker::new_with_options(address, &options)
}

/// Lets `hear` have every message and every error of a worker.
pub fn listen_to(worker: &Worker, hear: impl Fn(&Event) + 'static) {
    let hear = Closure::<dyn Fn(Event)>::new(move |event: Event| hear(&event));
    // The browser's garbage collection frees it.
    let hear: Function = hear.into_js_value().unchecked_into();
    worker.set_onmessage(Some(&hear));
    worker.set_onmessageerror(Some(&hear));
    worker.set_onerror(Some(&hear));
}

/// What is in a worker's message.
///
/// # Errors
/// For an error of the worker, the browser's words where it has any: without them the worker's file did not come.
pub fn data(event: &Event) -> Result<JsValue, Option<String>> {
    if let Some(message) = event.dyn_ref::<MessageEvent>() {
        return Ok(message.data());
    }
    // It is told on the page, not in the console.
    event.prevent_default();
    let message = Reflect::get(event, &"message".into()).ok();
    let message = message.and_then(|message| message.as_string());
    Err(message.filter(|message| !message.is_empty()))
}

/// An error as a sentence, in the browser's words.
pub fn in_words(error: JsValue) -> Sentence {
    let message = message_of(error);
    both(|| engine_text::browser_says(&message))
}

/// The browser's words for an error.
pub fn message_of(error: JsValue) -> String {
    let message = Reflect::get(&error, &"message".into()).ok();
    let message = message.and_then(|message| message.as_string());
    message.unwrap_or_else(|| format!("{error:?}"))
}
