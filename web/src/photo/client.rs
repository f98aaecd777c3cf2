//! The page's side of the photo worker: which file is opened, and which edges are asked for.

use std::time::Duration;

use image::GrayImage;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use protocol::photo::{Edges, Photo, Reply, Request};
use shared::picture::CannyThresholds;
use web_sys::File;

use super::state::edges_32;
use super::thresholds::Thresholds;
use super::words;
use super::worker::PhotoWorker;
use crate::errors::{self, Topic};
use crate::views::View;

/// A file that takes longer to open is said to do so.
const PATIENCE: Duration = Duration::from_secs(20);

/// The photo, its edges and the worker that makes them; copies are the same client.
#[derive(Clone, Copy)]
pub struct PhotoClient {
    inner: StoredValue<Inner, LocalStorage>,
    photo: RwSignal<Option<Photo>, LocalStorage>,
    edges: RwSignal<Option<Edges>, LocalStorage>,
    thresholds: RwSignal<Thresholds>,
    opening: RwSignal<bool>,
    view: RwSignal<View>,
}

struct Inner {
    address: String,
    worker: Option<PhotoWorker>,
    /// The number of the newest request.
    asked: u32,
    /// The file that is being opened.
    opening: Option<Opening>,
    /// The request for edges that is under way.
    finding: Option<u32>,
}

struct Opening {
    id: u32,
    name: String,
    timer: Option<TimeoutHandle>,
}

impl Drop for Opening {
    fn drop(&mut self) {
        if let Some(timer) = self.timer {
            timer.clear();
        }
    }
}

impl PhotoClient {
    /// A client at rest, belonging to the current reactive owner: its worker ends with that. `address` is that of the worker that
    /// starts programs. A photo that was opened brings its view to the front of `view`.
    pub fn new(address: &str, view: RwSignal<View>) -> Self {
        let client = Self {
            inner: StoredValue::new_local(Inner {
                address: format!("{address}?program=photo"),
                worker: None,
                asked: 0,
                opening: None,
                finding: None,
            }),
            photo: RwSignal::new_local(None),
            edges: RwSignal::new_local(None),
            thresholds: RwSignal::new(Thresholds::default()),
            opening: RwSignal::new(false),
            view,
        };
        on_cleanup(move || {
            let _ = client.inner.try_update_value(|inner| {
                inner.opening = None;
                inner.worker = None;
            });
        });
        Effect::new(move |_| {
            client.thresholds.track();
            client.find_edges();
        });
        client
    }

    /// The photo, where one is open.
    pub fn photo(self) -> Signal<Option<Photo>, LocalStorage> {
        self.photo.into()
    }

    /// The newest edges of the photo; they may be those of thresholds that were set before.
    pub fn edges(self) -> Signal<Option<Edges>, LocalStorage> {
        self.edges.into()
    }

    /// The newest edges at 32x32: what the model gets.
    pub fn edges_32(self) -> Option<GrayImage> {
        self.edges.read().as_ref().and_then(edges_32)
    }

    /// The thresholds of the edges.
    pub fn thresholds(self) -> RwSignal<Thresholds> {
        self.thresholds
    }

    /// Whether a file is being opened.
    pub fn is_opening(self) -> Signal<bool> {
        self.opening.into()
    }

    /// Starts the worker ahead of the first file.
    pub fn start(self) {
        // What goes wrong now is told when there is something to open.
        let _ = self.with_inner(|inner| self.worker(inner).map(|_| ()));
    }

    /// Opens a file. One that is still being opened is given up: the newest counts.
    pub fn open(self, file: File) {
        let result = self.with_inner(|inner| {
            if inner.opening.take().is_some() {
                // The browser's decoder cannot be stopped in any other way.
                inner.worker = None;
                inner.finding = None;
            }
            inner.asked += 1;
            let id = inner.asked;
            let slow = move || self.say_slow(id);
            inner.opening = Some(Opening {
                id,
                name: file.name(),
                timer: set_timeout_with_handle(slow, PATIENCE).ok(),
            });
            let thresholds = self.wanted();
            self.worker(inner)?.post(&Request::Open {
                id,
                file,
                thresholds,
            })
        });
        self.opening.set(true);
        match result {
            Some(Err(reason)) => self.hear_failure(&reason),
            // Those that the worker before was asked for.
            _ => self.find_edges(),
        }
    }

    fn with_inner<T>(self, act: impl FnOnce(&mut Inner) -> T) -> Option<T> {
        // Nothing is left to act on once the page's component is gone.
        self.inner.try_update_value(act)
    }

    fn worker(self, inner: &mut Inner) -> Result<&PhotoWorker, String> {
        if inner.worker.is_none() {
            let worker = PhotoWorker::start(&inner.address, move |reply| self.on_reply(reply))?;
            inner.worker = Some(worker);
        }
        inner.worker.as_ref().ok_or_else(String::new)
    }

    fn wanted(self) -> CannyThresholds {
        self.thresholds.get_untracked().into()
    }

    /// Asks for the edges that are missing, one request at a time: the next begins with the newest thresholds.
    fn find_edges(self) {
        let thresholds = self.wanted();
        let edges = self.edges.read_untracked();
        let is_found = edges.as_ref().map(|edges| edges.thresholds) == Some(thresholds);
        let photo = self.photo.read_untracked();
        let Some(photo) = photo.as_ref().filter(|_| !is_found) else {
            return;
        };
        let result = self.with_inner(|inner| {
            if inner.finding.is_some() {
                return Ok(());
            }
            inner.asked += 1;
            inner.finding = Some(inner.asked);
            let request = Request::FindEdges {
                id: inner.asked,
                levels: photo.levels.clone(),
                grey_32: photo.grey_32.clone(),
                thresholds,
            };
            self.worker(inner)?.post(&request)
        });
        if let Some(Err(reason)) = result {
            self.hear_failure(&reason);
        }
    }

    fn on_reply(self, reply: Reply) {
        match reply {
            Reply::Opened { id, photo, edges } => {
                if self.has_ended(id) {
                    errors::clear(Topic::Photo);
                    // Edges under way are those of the photo before.
                    let _ = self.with_inner(|inner| inner.finding = None);
                    self.edges.set(Some(edges));
                    self.photo.set(Some(photo));
                    self.view.set(View::Photo);
                    self.find_edges();
                }
            }
            Reply::Refused { id, reason } => {
                if self.has_ended(id) {
                    errors::show(Topic::Photo, &reason);
                }
            }
            Reply::Found { id, edges } => {
                let is_awaited = self
                    .with_inner(|inner| inner.finding.take_if(|finding| *finding == id).is_some());
                if is_awaited == Some(true) {
                    self.edges.set(Some(edges));
                    self.find_edges();
                }
            }
            Reply::Failed { reason } => self.hear_failure(&reason),
        }
    }

    /// Notes that the file of a request is no longer being opened; false where it was not.
    fn has_ended(self, id: u32) -> bool {
        let ended = self.with_inner(|inner| {
            let opening = inner.opening.take_if(|opening| opening.id == id);
            opening.is_some()
        });
        let ended = ended == Some(true);
        if ended {
            self.opening.set(false);
        }
        ended
    }

    fn hear_failure(self, reason: &str) {
        let sentence = self.with_inner(|inner| {
            inner.worker = None;
            let finding = inner.finding.take();
            let opening = inner.opening.take();
            let not_opened = opening.map(|opening| words::not_opened(&opening.name, reason));
            not_opened.or_else(|| finding.map(|_| words::no_edges(reason)))
        });
        self.opening.set(false);
        if let Some(sentence) = sentence.flatten() {
            errors::show(Topic::Photo, &sentence);
        }
    }

    fn say_slow(self, id: u32) {
        let _ = self.with_inner(|inner| {
            if let Some(opening) = &inner.opening
                && opening.id == id
            {
                errors::show(Topic::Photo, &words::slow(&opening.name));
            }
        });
    }
}
