//! One engine's web worker: what goes to it, and what comes from it as replies.

use js_sys::{Function, Object, Reflect, Uint8Array};
use protocol::{Reply, Request};
use wasm_bindgen::prelude::*;
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::early::Early;
use super::queue::Question;

/// A running worker; it ends, and is heard no more, when this is dropped.
pub struct EngineWorker {
    worker: Worker,
    /// Whether `start.js` has handed the weights over.
    has_weights: bool,
}

impl EngineWorker {
    /// Starts the worker at `address`, and lets `listen` hear every reply.
    ///
    /// # Errors
    /// When the browser refuses, with its words.
    pub fn start(address: &str, listen: impl Fn(Reply) + 'static) -> Result<Self, String> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(address, &options).map_err(in_words)?;
        Ok(Self::follow(worker, false, listen))
    }

    /// Takes over the worker that `start.js` started; `listen` hears its next replies, and the list holds those so far.
    pub fn adopt(early: &Early, listen: impl Fn(Reply) + 'static) -> (Self, Vec<Reply>) {
        let worker = Self::follow(early.worker(), early.is_loading(), listen);
        let events = early.events().into_iter();
        let replies = events.map(|event| reply(event.unchecked_ref()));
        (worker, replies.collect())
    }

    fn follow(worker: Worker, has_weights: bool, listen: impl Fn(Reply) + 'static) -> Self {
        let listen = Closure::<dyn Fn(Event)>::new(move |event: Event| listen(reply(&event)));
        // The browser's garbage collection frees it.
        let listen: Function = listen.into_js_value().unchecked_into();
        worker.set_onmessage(Some(&listen));
        worker.set_onmessageerror(Some(&listen));
        worker.set_onerror(Some(&listen));
        Self {
            worker,
            has_weights,
        }
    }

    /// Hands the weights over, where `start.js` has not.
    ///
    /// # Errors
    /// When they cannot be sent, with the browser's words.
    pub fn load(&mut self, weights: &Uint8Array) -> Result<(), String> {
        if std::mem::replace(&mut self.has_weights, true) {
            return Ok(());
        }
        self.post(&load_message(weights).map_err(in_words)?)
    }

    /// Asks a question.
    ///
    /// # Errors
    /// When it cannot be sent, with the browser's words.
    pub fn predict(&self, question: Question) -> Result<(), String> {
        let request = Request::Predict {
            id: question.id,
            picture: question.picture.into_raw(),
        };
        let message = serde_wasm_bindgen::to_value(&request).map_err(|error| error.to_string())?;
        self.post(&message)
    }

    fn post(&self, message: &JsValue) -> Result<(), String> {
        self.worker.post_message(message).map_err(in_words)
    }
}

impl Drop for EngineWorker {
    fn drop(&mut self) {
        // What is already on its way must not be taken for the words of a later worker.
        self.worker.set_onmessage(None);
        self.worker.set_onmessageerror(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// A [`Request::Load`] without a copy of the weights in this program's memory, which would never become smaller again.
fn load_message(weights: &Uint8Array) -> Result<JsValue, JsValue> {
    let message = Object::new();
    Reflect::set(&message, &"type".into(), &"Load".into())?;
    Reflect::set(&message, &"weights".into(), weights)?;
    Ok(message.into())
}

/// What a worker's event says.
fn reply(event: &Event) -> Reply {
    if let Some(message) = event.dyn_ref::<MessageEvent>() {
        return match serde_wasm_bindgen::from_value(message.data()) {
            Ok(Reply::Outdated { reason }) if was_reloaded() => {
                failed(&format!("The site is not complete: {reason}"))
            }
            Ok(reply) => reply,
            Err(error) => failed(&format!("Its answer cannot be read: {error}.")),
        };
    }
    // It is told on the page, not in the console.
    event.prevent_default();
    let message = Reflect::get(event, &"message".into()).ok();
    match message.and_then(|message| message.as_string()) {
        Some(message) if !message.is_empty() => failed(&format!("The browser says: {message}.")),
        _ => failed("Its files are missing or blocked."),
    }
}

/// Whether the visitor has just loaded the page again, by what `start.js` noted: once more would not help.
fn was_reloaded() -> bool {
    let reloaded = Reflect::get(&js_sys::global(), &"edgewiseReloaded".into());
    reloaded.is_ok_and(|reloaded| reloaded.is_truthy())
}

fn failed(reason: &str) -> Reply {
    Reply::Failed {
        reason: reason.into(),
    }
}

fn in_words(error: JsValue) -> String {
    let message = Reflect::get(&error, &"message".into()).ok();
    let message = message.and_then(|message| message.as_string());
    message.unwrap_or_else(|| format!("{error:?}"))
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn the_weights_arrive_as_a_request() {
        let message = load_message(&Uint8Array::from([1u8, 2, 3].as_slice())).unwrap();
        let request: Request = serde_wasm_bindgen::from_value(message).unwrap();
        let weights = vec![1, 2, 3];
        assert_eq!(request, Request::Load { weights });
    }
}
