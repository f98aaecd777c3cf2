//! Carries the fleet's decisions out: starts workers, passes messages, and tells the views.

use engine::messages::{Knowledge, Reply, Request};
use image::GrayImage;
use js_sys::{Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::convert::FromWasmAbi;
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::fleet::{Effect, Fleet, Shown};
use super::kind::{Choice, Kind};
use super::status::Status;

/// Where the engines and their weights lie, both relative to the page.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// The worker that starts an engine; `?engine=cpu` or `?engine=gpu` is added.
    pub worker: String,
    /// The weights.
    pub weights: String,
}

impl Default for Addresses {
    fn default() -> Self {
        Self {
            worker: "engine/worker.js".into(),
            weights: "assets/weights/edgewise.safetensors".into(),
        }
    }
}

/// A handle on the engines; copies are the same client.
#[derive(Clone, Copy)]
pub struct Client {
    inner: StoredValue<Inner, LocalStorage>,
    status: RwSignal<Status>,
    shown: RwSignal<Shown>,
    knowledge: RwSignal<Option<Knowledge>>,
}

struct Inner {
    fleet: Fleet,
    worker_address: String,
    cpu: Option<Worker>,
    gpu: Option<Worker>,
}

impl Inner {
    fn worker(&mut self, kind: Kind) -> &mut Option<Worker> {
        match kind {
            Kind::Cpu => &mut self.cpu,
            Kind::Gpu => &mut self.gpu,
        }
    }
}

impl Client {
    /// A client at rest, belonging to the current reactive owner.
    pub fn new(addresses: Addresses) -> Self {
        let fleet = Fleet::new(absolute(&addresses.weights), browser_offers_webgpu());
        Self {
            status: RwSignal::new(Status::from(&fleet)),
            shown: RwSignal::new(fleet.shown().clone()),
            knowledge: RwSignal::new(None),
            inner: StoredValue::new_local(Inner {
                fleet,
                worker_address: addresses.worker,
                cpu: None,
                gpu: None,
            }),
        }
    }

    /// Starts the CPU engine; WebGPU follows by itself.
    pub fn start(self) {
        self.act(Fleet::start);
    }

    /// Follows the user's choice of engine.
    pub fn choose(self, choice: Choice) {
        self.act(|fleet| fleet.choose(choice));
    }

    /// Asks what a 32x32 grey picture shows; it takes the place of any older question.
    pub fn ask(self, picture: GrayImage) {
        self.act(|fleet| fleet.ask(picture));
    }

    /// Takes the question back.
    pub fn dismiss(self) {
        self.act(|fleet| {
            fleet.dismiss();
            Vec::new()
        });
    }

    /// Which engine is in use and why.
    pub fn status(self) -> Signal<Status> {
        self.status.into()
    }

    /// The newest answer.
    pub fn shown(self) -> Signal<Shown> {
        self.shown.into()
    }

    /// What the weights know, once they are loaded.
    pub fn knowledge(self) -> Signal<Option<Knowledge>> {
        self.knowledge.into()
    }

    fn act(self, decide: impl FnOnce(&mut Fleet) -> Vec<Effect>) {
        // Nothing is left to act on once the page's component is gone.
        let _ = self.inner.try_update_value(|inner| {
            for effect in decide(&mut inner.fleet) {
                self.carry_out(inner, effect);
            }
            self.publish(&inner.fleet);
        });
    }

    fn carry_out(self, inner: &mut Inner, effect: Effect) {
        match effect {
            Effect::Start(kind) => {
                let address = format!("{}?engine={}", inner.worker_address, kind.id());
                match self.start_worker(kind, &address) {
                    Ok(worker) => *inner.worker(kind) = Some(worker),
                    Err(error) => self.fail_later(kind, format!("{error:?}")),
                }
            }
            Effect::Send(kind, request) => {
                if let Some(worker) = inner.worker(kind)
                    && let Err(error) = post(worker, &request)
                {
                    self.fail_later(kind, error);
                }
            }
            Effect::Stop(kind) => {
                if let Some(worker) = inner.worker(kind).take() {
                    worker.terminate();
                }
            }
        }
    }

    fn start_worker(self, kind: Kind, address: &str) -> Result<Worker, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(address, &options)?;
        worker.set_onmessage(Some(&handler(move |event: MessageEvent| {
            let reply = serde_wasm_bindgen::from_value(event.data());
            self.hear(
                kind,
                reply.unwrap_or_else(|error| failed(error.to_string())),
            );
        })));
        worker.set_onerror(Some(&handler(move |event: ErrorEvent| {
            // It is told on the page, not in the console.
            event.prevent_default();
            let what = Reflect::get(&event, &"message".into()).ok();
            let what = what.and_then(|what| what.as_string());
            self.hear(
                kind,
                failed(what.unwrap_or_else(|| "its files are missing".into())),
            );
        })));
        Ok(worker)
    }

    fn hear(self, kind: Kind, reply: Reply) {
        self.act(|fleet| fleet.hear(kind, reply));
    }

    /// Tells a failure after the decision that met it is through.
    fn fail_later(self, kind: Kind, what: String) {
        wasm_bindgen_futures::spawn_local(async move { self.hear(kind, failed(what)) });
    }

    /// Tells the views, and the page's body at once, so that what it says is never behind a question.
    fn publish(self, fleet: &Fleet) {
        let status = Status::from(fleet);
        if let Some(body) = document().body() {
            // Both values are plain words, which no element refuses.
            let _ = body.set_attribute("data-engine", status.engine);
            let _ = body.set_attribute("data-asked", &fleet.asked().to_string());
        }
        set_if_new(self.status, &status);
        set_if_new(self.shown, fleet.shown());
        set_if_new(self.knowledge, &fleet.knowledge().cloned());
    }
}

fn set_if_new<T: Clone + PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: &T) {
    if signal.with_untracked(|old| old != value) {
        signal.set(value.clone());
    }
}

fn failed(what: String) -> Reply {
    Reply::Failed {
        reason: format!("The engine could not be started: {what}."),
    }
}

fn post(worker: &Worker, request: &Request) -> Result<(), String> {
    let message = serde_wasm_bindgen::to_value(request).map_err(|error| error.to_string())?;
    worker
        .post_message(&message)
        .map_err(|error| format!("{error:?}"))
}

/// A listener that the browser's garbage collection frees.
fn handler<E: FromWasmAbi + 'static>(listen: impl FnMut(E) + 'static) -> Function {
    Closure::<dyn FnMut(E)>::new(listen)
        .into_js_value()
        .unchecked_into()
}

/// An address relative to the page as an absolute one; a worker has another base.
fn absolute(address: &str) -> String {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    web_sys::Url::new_with_base(address, &base).map_or_else(|_| address.into(), |url| url.href())
}

fn browser_offers_webgpu() -> bool {
    let navigator = window().navigator();
    Reflect::get(&navigator, &"gpu".into()).is_ok_and(|gpu| !gpu.is_undefined())
}
