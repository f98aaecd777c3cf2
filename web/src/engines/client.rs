//! Carries out what the engines decide: starts workers, fetches weights, passes messages, and tells the views.

use std::time::Duration;

use image::GrayImage;
use js_sys::Uint8Array;
use leptos::prelude::*;
use protocol::{ModelInfo, Reply};
use wasm_bindgen_futures::spawn_local;

pub use super::addresses::Addresses;
use super::command::Command;
use super::early::{self, Early};
use super::kind::{Choice, Kind};
use super::machine::{Engines, LatestAnswer};
use super::page::{absolute, at_idle};
use super::status::Status;
use super::surroundings::look_around;
use super::text;
use super::weights;
use super::worker::EngineWorker;
use crate::attempts::Attempts;
use crate::clock::now;
use crate::language::both;

/// A handle on the engines; copies are the same client.
#[derive(Clone, Copy)]
pub struct Client {
    inner: StoredValue<Inner, LocalStorage>,
    status: RwSignal<Status>,
    latest: RwSignal<LatestAnswer>,
    is_settled: RwSignal<bool>,
    model_info: RwSignal<Option<ModelInfo>>,
    /// Of the weights: only the newest is heard.
    fetches: Attempts,
}

struct Inner {
    engines: Engines,
    addresses: Addresses,
    /// What `start.js` began, until its worker is taken over.
    early_worker: Option<Early>,
    /// The same, until its weights are.
    early_weights: Option<Early>,
    cpu: Option<EngineWorker>,
    gpu: Option<EngineWorker>,
    weights: Option<Uint8Array>,
    /// When time was last counted, by the page's clock in milliseconds.
    counted: f64,
    /// Whether the page's body tells of these engines.
    is_main: bool,
}

impl Inner {
    fn worker(&mut self, kind: Kind) -> &mut Option<EngineWorker> {
        match kind {
            Kind::Cpu => &mut self.cpu,
            Kind::Gpu => &mut self.gpu,
        }
    }
}

impl Client {
    /// The page's main client at rest, belonging to the current reactive owner: its workers end with that. The attributes of the
    /// page's body tell of it.
    pub fn new(addresses: Addresses) -> Self {
        Self::with(addresses, true)
    }

    /// A client of another network beside the main one.
    pub fn beside(addresses: Addresses) -> Self {
        Self::with(addresses, false)
    }

    fn with(addresses: Addresses, is_main: bool) -> Self {
        let engines = Engines::new(addresses.limits);
        let interval = addresses.limits.interval();
        let early = early::adopt();
        let client = Self {
            status: RwSignal::new(Status::from(&engines)),
            latest: RwSignal::new(engines.latest().clone()),
            is_settled: RwSignal::new(engines.is_settled()),
            model_info: RwSignal::new(None),
            fetches: Attempts::new(),
            inner: StoredValue::new_local(Inner {
                engines,
                addresses,
                early_worker: early.clone(),
                early_weights: early,
                cpu: None,
                gpu: None,
                weights: None,
                counted: now(),
                is_main,
            }),
        };
        // Without a timer nothing is ever called too slow; everything else works.
        let timer = set_interval_with_handle(move || client.count_time(interval), interval).ok();
        on_cleanup(move || {
            if let Some(timer) = timer {
                timer.clear();
            }
            let _ = client.inner.try_update_value(|inner| {
                inner.cpu = None;
                inner.gpu = None;
            });
        });
        client
    }

    /// Starts the CPU engine; WebGPU follows where it is worth it.
    pub fn start(self) {
        self.update(Engines::start);
    }

    /// Follows the visitor's choice of engine.
    pub fn choose(self, choice: Choice) {
        self.update(|engines| engines.choose(choice));
    }

    /// Starts every engine again that has failed.
    pub fn try_again(self) {
        self.update(Engines::try_again);
    }

    /// Asks what a 32x32 grey picture shows, and the same of its variants; it takes the place of any older question.
    pub fn ask(self, picture: GrayImage, variants: Vec<GrayImage>) {
        self.update(|engines| engines.ask(picture, variants));
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

    /// Whether it is that to the newest question.
    pub fn is_settled(self) -> Signal<bool> {
        self.is_settled.into()
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
            self.sync_views(inner);
        });
    }

    fn run(self, inner: &mut Inner, command: Command) {
        let done = match command {
            Command::FetchWeights { fresh } => {
                self.fetch_weights(inner, fresh);
                return;
            }
            Command::LookAround => {
                let has_gpu = inner.addresses.has_gpu;
                spawn_local(async move {
                    let surroundings = look_around(has_gpu).await;
                    self.update(|engines| engines.on_surroundings(surroundings));
                });
                return;
            }
            Command::AwaitIdle => {
                at_idle(move || self.update(Engines::on_idle));
                return;
            }
            Command::Stop(kind) => {
                *inner.worker(kind) = None;
                return;
            }
            Command::Start(kind) => (kind, self.start_worker(inner, kind)),
            Command::Load(kind) => (kind, load(inner, kind)),
            Command::Predict(kind, question) => {
                let worker = inner.worker(kind).as_ref();
                (
                    kind,
                    worker.map_or(Ok(()), |worker| worker.predict(question)),
                )
            }
        };
        if let (kind, Err(what)) = done {
            let reason = both(|| text::browser_says(&what));
            // After the decision that is being carried out.
            spawn_local(async move {
                self.update(|engines| engines.on_reply(kind, Reply::Failed { reason }));
            });
        }
    }

    fn start_worker(self, inner: &mut Inner, kind: Kind) -> Result<(), String> {
        let listen = move |reply| self.update(|engines| engines.on_reply(kind, reply));
        let address = inner.addresses.program(kind);
        let early = inner.early_worker.take_if(|_| kind == Kind::Cpu);
        let worker = match early {
            Some(early) => EngineWorker::adopt(&early, &address, listen),
            None => EngineWorker::start(&address, listen)?,
        };
        *inner.worker(kind) = Some(worker);
        Ok(())
    }

    fn fetch_weights(self, inner: &mut Inner, fresh: bool) {
        let attempt = self.fetches.begin();
        let on_progress = move |progress| {
            if self.fetches.is_newest(attempt) {
                self.update(|engines| {
                    engines.on_progress(progress);
                    Vec::new()
                });
            }
        };
        let early = inner.early_weights.take();
        let address = absolute(&inner.addresses.weights);
        spawn_local(async move {
            let early_bytes = match early {
                Some(early) => early.fetched_weights(on_progress).await,
                None => None,
            };
            // What start.js could not fetch is fetched again, if only to know why.
            let bytes = match early_bytes {
                Some(bytes) => Ok(bytes),
                None => weights::fetch(&address, fresh, on_progress).await,
            };
            if !self.fetches.is_newest(attempt) {
                return;
            }
            let result = bytes.map(|bytes| {
                let _ = self
                    .inner
                    .try_update_value(|inner| inner.weights = Some(bytes));
            });
            self.update(|engines| engines.on_weights(result));
        });
    }

    /// Counts the time since it was last counted, but none in which the page was hidden or the machine slept.
    fn count_time(self, interval: Duration) {
        let elapsed = self.inner.try_update_value(|inner| {
            let now = now();
            let elapsed = now - inner.counted;
            inner.counted = now;
            Duration::from_secs_f64(elapsed.max(0.0) / 1000.0)
        });
        if let Some(elapsed) = elapsed
            && !document().hidden()
        {
            self.update(|engines| engines.tick(elapsed.min(2 * interval)));
        }
    }

    /// Tells the views, and the page's body at once, so that what it says is never behind a question.
    fn sync_views(self, inner: &Inner) {
        let engines = &inner.engines;
        let status = Status::from(engines);
        if inner.is_main
            && let Some(body) = document().body()
        {
            // Both values are plain words, which no element refuses.
            let _ = body.set_attribute("data-engine", status.engine);
            let _ = body.set_attribute("data-asked", &engines.asked().to_string());
        }
        set_if_new(self.status, &status);
        set_if_new(self.latest, engines.latest());
        set_if_new(self.is_settled, &engines.is_settled());
        set_if_new(self.model_info, &engines.model_info().cloned());
    }
}

/// Hands the weights to an engine.
fn load(inner: &mut Inner, kind: Kind) -> Result<(), String> {
    let Some(weights) = inner.weights.clone() else {
        return Ok(());
    };
    let worker = inner.worker(kind).as_mut();
    worker.map_or(Ok(()), |worker| worker.load(&weights))
}

fn set_if_new<T: Clone + PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: &T) {
    if signal.with_untracked(|old| old != value) {
        signal.set(value.clone());
    }
}
