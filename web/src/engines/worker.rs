//! One engine's web worker: what goes to it, and what comes from it as replies.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Uint8Array;
use leptos::prelude::window;
use protocol::{Reply, Request};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Event, RequestCache, RequestInit, Response, Worker};

use super::early::Early;
use super::page::was_reloaded;
use super::queue::Question;
use super::text;
use crate::language::{both, said};
use crate::program::{data, listen_to, message_of, start_module};

/// A running worker; it ends, and is heard no more, when this is dropped.
pub struct EngineWorker {
    worker: Worker,
    /// Whether `start.js` has handed the weights over.
    has_weights: bool,
    ear: Rc<Ear>,
}

impl EngineWorker {
    /// Starts the worker at `address`, and lets `listen` hear every reply.
    ///
    /// # Errors
    /// When the browser refuses, with its words.
    pub fn start(address: &str, listen: impl Fn(Reply) + 'static) -> Result<Self, String> {
        let worker = start_module(address).map_err(message_of)?;
        Ok(Self::follow(worker, false, Ear::new(address, listen)))
    }

    /// Takes over the worker that `start.js` started from the same `address`; `listen` hears every reply, from the first one on.
    pub fn adopt(early: &Early, address: &str, listen: impl Fn(Reply) + 'static) -> Self {
        let ear = Ear::new(address, listen);
        let worker = Self::follow(early.worker(), early.is_loading(), ear.clone());
        let events = early.events();
        // After the decision that is being carried out.
        spawn_local(async move {
            events
                .into_iter()
                .for_each(|event| ear.hear(event.unchecked_ref()));
        });
        worker
    }

    fn follow(worker: Worker, has_weights: bool, ear: Rc<Ear>) -> Self {
        let listen = ear.clone();
        listen_to(&worker, move |event| listen.hear(event));
        Self {
            worker,
            has_weights,
            ear,
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
        self.post(&Request::Load {
            weights: weights.clone(),
        })
    }

    /// Asks a question.
    ///
    /// # Errors
    /// When it cannot be sent, with the browser's words.
    pub fn predict(&self, question: Question) -> Result<(), String> {
        self.post(&Request::Predict {
            id: question.id,
            pictures: question.pixels(),
        })
    }

    fn post(&self, request: &Request) -> Result<(), String> {
        let message = request.to_message();
        self.worker.post_message(&message).map_err(message_of)
    }
}

impl Drop for EngineWorker {
    fn drop(&mut self) {
        // What is already on its way must not be taken for the words of a later worker.
        self.ear.is_open.set(false);
        self.worker.terminate();
    }
}

/// What hears a worker.
struct Ear {
    address: String,
    listen: Box<dyn Fn(Reply)>,
    is_open: Cell<bool>,
}

impl Ear {
    fn new(address: &str, listen: impl Fn(Reply) + 'static) -> Rc<Self> {
        Rc::new(Self {
            address: address.into(),
            listen: Box::new(listen),
            is_open: Cell::new(true),
        })
    }

    fn hear(self: &Rc<Self>, event: &Event) {
        match data(event).map(Reply::from_message) {
            Ok(Ok(reply)) => self.pass_on(reply),
            Ok(Err(error)) => {
                let error = error.to_string();
                self.pass_on(failed(|| text::unreadable(&error)));
            }
            Err(Some(message)) => self.pass_on(failed(|| text::browser_says(&message))),
            // The event does not say why.
            Err(None) => {
                let ear = self.clone();
                spawn_local(async move { ear.pass_on(why_missing(&ear.address).await) });
            }
        }
    }

    fn pass_on(&self, reply: Reply) {
        if !self.is_open.get() {
            return;
        }
        (self.listen)(match reply {
            Reply::Outdated { reason } if was_reloaded() => {
                failed(|| text::incomplete(said(&reason)))
            }
            reply => reply,
        });
    }
}

/// Why the file at `address` does not start.
async fn why_missing(address: &str) -> Reply {
    let options = RequestInit::new();
    options.set_method("HEAD");
    options.set_cache(RequestCache::NoStore);
    let answer = JsFuture::from(window().fetch_with_str_and_init(address, &options)).await;
    match answer.map(JsCast::unchecked_into::<Response>) {
        Ok(response) if !response.ok() => Reply::Outdated {
            reason: both(|| text::answered(address, response.status())),
        },
        Ok(_) => failed(text::BLOCKED),
        Err(_) => failed(text::UNREACHABLE),
    }
}

fn failed<T: Into<String>>(reason: impl Fn() -> T) -> Reply {
    Reply::Failed {
        reason: both(reason),
    }
}
