//! The page's side of the photo worker: which photo is opened, and which edges are asked for.

mod live;
mod replies;

use std::time::Duration;

use image::GrayImage;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use protocol::photo::{Crop, Edges, Photo, Request, Wanted};
use shared::input::INPUT_SIDE;
use web_sys::File;

use super::thresholds::Thresholds;
use super::worker::PhotoWorker;
use crate::attempts::Attempts;
use crate::draw::tracing::Tracing;
use crate::errors::{self, Topic};
use crate::language::Sentence;
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
    crop: RwSignal<Option<Crop>>,
    room: RwSignal<(u32, u32)>,
    panel: RwSignal<u32>,
    /// What was chosen to be opened: the newest counts.
    choices: Attempts,
    opening: RwSignal<bool>,
    live: RwSignal<bool>,
    view: RwSignal<View>,
    /// Edges to be drawn over: the photo view sets them and brings the drawing view to the front, which shows them below the ink,
    /// as large as its sheet, and sets nothing to take them away. They are no part of the drawing.
    pub tracing: RwSignal<Option<Tracing>>,
}

struct Inner {
    address: String,
    worker: Option<PhotoWorker>,
    /// Whether the worker keeps the photo.
    keeps: bool,
    /// The number of the newest request.
    asked: u32,
    /// The file that is being opened.
    opening: Option<Opening>,
    /// The frame of the camera that is under way.
    framing: Option<u32>,
    /// The request for edges that is under way.
    finding: Option<u32>,
    /// What was open before the camera.
    before: Option<(Photo, Edges, Option<Crop>)>,
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

impl Inner {
    fn lose_worker(&mut self) {
        self.worker = None;
        self.keeps = false;
        self.finding = None;
        self.framing = None;
    }

    fn next_id(&mut self) -> u32 {
        self.asked += 1;
        self.asked
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
                keeps: false,
                asked: 0,
                opening: None,
                framing: None,
                finding: None,
                before: None,
            }),
            photo: RwSignal::new_local(None),
            edges: RwSignal::new_local(None),
            thresholds: RwSignal::new(Thresholds::default()),
            crop: RwSignal::new(None),
            room: RwSignal::new((0, 0)),
            panel: RwSignal::new(0),
            choices: Attempts::new(),
            opening: RwSignal::new(false),
            live: RwSignal::new(false),
            view,
            tracing: RwSignal::new(None),
        };
        on_cleanup(move || {
            let _ = client.inner.try_update_value(|inner| {
                inner.opening = None;
                inner.worker = None;
            });
        });
        Effect::new(move |_| {
            client.thresholds.track();
            client.crop.track();
            client.room.track();
            client.panel.track();
            client.find_edges();
        });
        client
    }

    /// The photo, where one is open.
    pub fn photo(self) -> Signal<Option<Photo>, LocalStorage> {
        self.photo.into()
    }

    /// The newest edges of the photo; they may be those of thresholds or a crop that were set before.
    pub fn edges(self) -> Signal<Option<Edges>, LocalStorage> {
        self.edges.into()
    }

    /// The newest edges at 32x32: what the model gets.
    pub fn edges_32(self) -> Option<GrayImage> {
        let edges = self.edges.read().as_ref()?.edges_32.clone();
        GrayImage::from_raw(INPUT_SIDE, INPUT_SIDE, edges)
    }

    /// The thresholds of the edges.
    pub fn thresholds(self) -> RwSignal<Thresholds> {
        self.thresholds
    }

    /// What the model sees of the photo as it is shown; nothing for its centred square.
    pub fn crop(self) -> RwSignal<Option<Crop>> {
        self.crop
    }

    /// The pixels of the screen that the photo has, across and down: its edges are found at this resolution.
    pub fn room(self) -> RwSignal<(u32, u32)> {
        self.room
    }

    /// The larger side of the panels that compare presets, in pixels of the screen; 0 where they are not shown.
    pub fn panel(self) -> RwSignal<u32> {
        self.panel
    }

    /// Whether a file is being opened.
    pub fn is_opening(self) -> Signal<bool> {
        self.opening.into()
    }

    /// Whether the photo is the camera's live picture.
    pub fn is_live(self) -> Signal<bool> {
        self.live.into()
    }

    /// Starts the worker ahead of the first file.
    pub fn start(self) {
        // What goes wrong now is told when there is something to open.
        let _ = self.with_inner(|inner| self.worker(inner).map(|_| ()));
    }

    /// Begins a choice that takes a while, and numbers it; whatever is opened later takes its place.
    pub fn begin_choice(self) -> u32 {
        self.choices.begin()
    }

    /// Whether nothing was chosen after the choice of this number.
    pub fn is_newest_choice(self, choice: u32) -> bool {
        self.choices.is_newest(choice)
    }

    /// Opens a file, in place of the camera too. One that is still being opened is given up: the newest counts.
    pub fn open(self, file: File) {
        // What was said of an attempt before no longer matters.
        errors::clear(Topic::Photo);
        self.begin_choice();
        self.end_live(true);
        let result = self.with_inner(|inner| {
            if inner.opening.take().is_some() {
                // The browser's decoder cannot be stopped in any other way.
                inner.lose_worker();
            }
            let id = inner.next_id();
            let slow = move || self.say_slow(id);
            inner.opening = Some(Opening {
                id,
                name: file.name(),
                timer: set_timeout_with_handle(slow, PATIENCE).ok(),
            });
            let wanted = Wanted {
                crop: None,
                ..self.wanted()
            };
            self.worker(inner)?
                .post(&Request::Open { id, file, wanted })
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

    fn worker(self, inner: &mut Inner) -> Result<&PhotoWorker, Sentence> {
        if inner.worker.is_none() {
            let worker = PhotoWorker::start(&inner.address, move |reply| self.on_reply(reply))?;
            inner.worker = Some(worker);
        }
        inner.worker.as_ref().ok_or_else(Sentence::default)
    }

    fn wanted(self) -> Wanted {
        Wanted {
            thresholds: self.thresholds.get_untracked().into(),
            crop: self.crop.get_untracked(),
            room: self.room.get_untracked(),
            panel: self.panel.get_untracked(),
        }
    }

    /// Asks for the edges that are missing, one request at a time: the next begins with what is wanted then.
    fn find_edges(self) {
        let wanted = self.wanted();
        let edges = self.edges.read_untracked();
        let is_found = edges.as_ref().map(|edges| edges.wanted) == Some(wanted);
        let photo = self.photo.read_untracked();
        // The camera's next frame brings them.
        let is_live = self.live.get_untracked();
        let Some(photo) = photo.as_ref().filter(|_| !is_found && !is_live) else {
            return;
        };
        let result = self.with_inner(|inner| {
            if inner.finding.is_some() {
                return Ok(());
            }
            let id = inner.next_id();
            inner.finding = Some(id);
            let keeps = inner.keeps;
            inner.keeps = true;
            let worker = self.worker(inner)?;
            if !keeps {
                worker.post(&Request::Keep {
                    shown: photo.shown.clone(),
                    centred_32: photo.centred_32.clone(),
                })?;
            }
            worker.post(&Request::FindEdges { id, wanted })
        });
        if let Some(Err(reason)) = result {
            self.hear_failure(&reason);
        }
    }
}
