//! Carries the engines's decisions out: starts workers, passes messages, and tells the views.

use image::GrayImage;
use js_sys::{Function, Reflect};
use leptos::prelude::*;
use protocol::{ModelInfo, Reply, Request};
use wasm_bindgen::convert::FromWasmAbi;
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::kind::{Choice, Kind};
use super::machine::{Command, Engines, LatestAnswer};
use super::status::Status;

/// Where the engines and their weights lie, both relative to the page.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// The worker that starts a program; `?program=cpu` or another one is added.
    pub worker: String,
    /// The weights.
    pub weights: String,
}

impl Default for Addresses {
    fn default() -> Self {
        Self {
            worker: "workers/worker.js".into(),
            weights: "assets/weights/edgewise.safetensors".into(),
        }
    }
}

impl Addresses {
    /// Those that an element of the shell names with `data-worker` and `data-weights`: `cargo xtask site` puts a hash into every name.
    pub fn named_by(element: &web_sys::Element) -> Self {
        let usual = Self::default();
        let named = |name| element.get_attribute(name);
        Self {
            worker: named("data-worker").unwrap_or(usual.worker),
            weights: named("data-weights").unwrap_or(usual.weights),
        }
    }
}

/// A handle on the engines; copies are the same client.
#[derive(Clone, Copy)]
pub struct Client {
    inner: StoredValue<Inner, LocalStorage>,
    status: RwSignal<Status>,
    latest: RwSignal<LatestAnswer>,
    model_info: RwSignal<Option<ModelInfo>>,
}

struct Inner {
    engines: Engines,
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
        let engines = Engines::new(absolute(&addresses.weights), browser_offers_webgpu());
        Self {
            status: RwSignal::new(Status::from(&engines)),
            latest: RwSignal::new(engines.latest().clone()),
            model_info: RwSignal::new(None),
            inner: StoredValue::new_local(Inner {
                engines,
                worker_address: addresses.worker,
                cpu: None,
                gpu: None,
            }),
        }
    }

    /// Starts the CPU engine; WebGPU follows by itself.
    pub fn start(self) {
        self.update(Engines::start);
    }

    /// Follows the user's choice of engine.
    pub fn choose(self, choice: Choice) {
        self.update(|engines| engines.choose(choice));
    }

    /// Asks what a 32x32 grey picture shows; it takes the place of any older question.
    pub fn ask(self, picture: GrayImage) {
        self.update(|engines| engines.ask(picture));
    }

    /// Takes the question back.
    pub fn dismiss(self) {
        self.update(|engines| {
            engines.dismiss();
            Vec::new()
        });
    }

    /// Which engine is in use and why.
    pub fn status(self) -> Signal<Status> {
        self.status.into()
    }

    /// The newest answer.
    pub fn latest(self) -> Signal<LatestAnswer> {
        self.latest.into()
    }

    /// What the weights know, once they are loaded.
    pub fn model_info(self) -> Signal<Option<ModelInfo>> {
        self.model_info.into()
    }

    fn update(self, decide: impl FnOnce(&mut Engines) -> Vec<Command>) {
        // Nothing is left to act on once the page's component is gone.
        let _ = self.inner.try_update_value(|inner| {
            for command in decide(&mut inner.engines) {
                self.run(inner, command);
            }
            self.sync_views(&inner.engines);
        });
    }

    fn run(self, inner: &mut Inner, command: Command) {
        match command {
            Command::Start(kind) => {
                let address = format!("{}?program={}", inner.worker_address, kind.id());
                match self.start_worker(kind, &address) {
                    Ok(worker) => *inner.worker(kind) = Some(worker),
                    Err(error) => self.fail_later(kind, format!("{error:?}")),
                }
            }
            Command::Send(kind, request) => {
                if let Some(worker) = inner.worker(kind)
                    && let Err(error) = post(worker, &request)
                {
                    self.fail_later(kind, error);
                }
            }
            Command::Stop(kind) => {
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
            self.on_reply(
                kind,
                reply.unwrap_or_else(|error| failed(error.to_string())),
            );
        })));
        worker.set_onerror(Some(&handler(move |event: ErrorEvent| {
            // It is told on the page, not in the console.
            event.prevent_default();
            let what = Reflect::get(&event, &"message".into()).ok();
            let what = what.and_then(|what| what.as_string());
            self.on_reply(
                kind,
                failed(what.unwrap_or_else(|| "its files are missing".into())),
            );
        })));
        Ok(worker)
    }

    fn on_reply(self, kind: Kind, reply: Reply) {
        self.update(|engines| engines.on_reply(kind, reply));
    }

    /// Tells a failure after the decision that met it is through.
    fn fail_later(self, kind: Kind, what: String) {
        wasm_bindgen_futures::spawn_local(async move { self.on_reply(kind, failed(what)) });
    }

    /// Tells the views, and the page's body at once, so that what it says is never behind a question.
    fn sync_views(self, engines: &Engines) {
        let status = Status::from(engines);
        if let Some(body) = document().body() {
            // Both values are plain words, which no element refuses.
            let _ = body.set_attribute("data-engine", status.engine);
            let _ = body.set_attribute("data-asked", &engines.asked().to_string());
        }
        set_if_new(self.status, &status);
        set_if_new(self.latest, engines.latest());
        set_if_new(self.model_info, &engines.model_info().cloned());
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
