//! Where photos come from: chosen, dropped anywhere on the page, or pasted.

use leptos::ev::{self, ClipboardEvent, DragEvent};
use leptos::prelude::*;
use web_sys::{DataTransfer, File};

use super::client::PhotoClient;
use super::transfer::{Found, file_in, holds_files, is_editing, is_only_text};
use crate::errors::{self, Topic};
use crate::language::Sentence;
use crate::modal::is_behind_dialog;

/// Takes files in; copies are the same input.
#[derive(Clone, Copy)]
pub struct PhotoInput {
    client: PhotoClient,
    note: RwSignal<Option<Sentence>>,
    hovering: RwSignal<bool>,
}

impl PhotoInput {
    /// An input whose files `client` opens. As long as the current reactive owner lives, files may be dropped or pasted anywhere,
    /// except while a dialog covers the page.
    pub fn new(client: PhotoClient) -> Self {
        let input = Self {
            client,
            note: RwSignal::new(None),
            hovering: RwSignal::new(false),
        };
        input.listen();
        input
    }

    /// Whether files hover over the page.
    pub fn hovering(self) -> Signal<bool> {
        self.hovering.into()
    }

    /// What is to be said about the newest files.
    pub fn note(self) -> Signal<Option<Sentence>> {
        self.note.into()
    }

    /// Begins a choice whose file is yet to come, and numbers it.
    pub fn begin_choice(self) -> u32 {
        self.client.begin_choice()
    }

    /// Whether nothing was chosen after the choice of this number.
    pub fn is_newest_choice(self, choice: u32) -> bool {
        self.client.is_newest_choice(choice)
    }

    /// Opens a file.
    pub fn open(self, file: File) {
        self.note.set(None);
        self.client.open(file);
    }

    fn listen(self) {
        let hovering = self.hovering;
        let over = window_event_listener(ev::dragover, move |event: DragEvent| {
            let holds_files = holds_files(event.data_transfer().as_ref());
            hovering.set(holds_files && !is_behind_dialog());
            // Unless the drop is asked for, it is not heard; a link would even take the page's place.
            if holds_files || !is_editing(&event) {
                event.prevent_default();
            }
        });
        let left = window_event_listener(ev::dragleave, move |event: DragEvent| {
            // Between two elements of the page there is a related target.
            if event.related_target().is_none() {
                hovering.set(false);
            }
        });
        let dropped = window_event_listener(ev::drop, move |event: DragEvent| {
            hovering.set(false);
            let transfer = event.data_transfer();
            if holds_files(transfer.as_ref()) || !is_editing(&event) {
                event.prevent_default();
                self.open_from(transfer);
            }
        });
        let pasted = window_event_listener(ev::paste, move |event: ClipboardEvent| {
            let transfer = event.clipboard_data();
            // Text may be pasted out of habit, or meant for another place.
            if !is_editing(&event) && !is_only_text(transfer.as_ref()) {
                self.open_from(transfer);
            }
        });
        on_cleanup(move || {
            [over, left, dropped, pasted]
                .into_iter()
                .for_each(WindowListenerHandle::remove);
        });
    }

    fn open_from(self, transfer: Option<DataTransfer>) {
        if is_behind_dialog() {
            return;
        }
        match file_in(transfer.as_ref()) {
            Ok(Found { file, note }) => {
                self.open(file);
                self.note.set(note);
            }
            Err(sentence) => errors::show(Topic::Photo, &sentence),
        }
    }
}
