//! Where photos come from: chosen, dropped anywhere on the page, or pasted.

use js_sys::Uint8Array;
use leptos::ev::{self, ClipboardEvent, DragEvent};
use leptos::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DataTransfer, File};

use super::decode::decode;
use super::state::Photo;
use crate::errors;
use crate::views::View;

/// Takes files in and makes photos of them; copies are the same source.
#[derive(Clone, Copy)]
pub struct PhotoInput {
    photo: RwSignal<Option<Photo>>,
    view: RwSignal<View>,
    reading: RwSignal<bool>,
    opened: StoredValue<u32>,
}

impl PhotoInput {
    /// A source that fills `photo` and brings the photo view to the front.
    pub fn new(photo: RwSignal<Option<Photo>>, view: RwSignal<View>) -> Self {
        Self {
            photo,
            view,
            reading: RwSignal::new(false),
            opened: StoredValue::new(0),
        }
    }

    /// Whether a file is being read.
    pub fn reading(self) -> Signal<bool> {
        self.reading.into()
    }

    /// Opens a file; when another follows before it is read, that one counts.
    pub fn open(self, file: File) {
        let number = self.opened.get_value() + 1;
        self.opened.set_value(number);
        self.view.set(View::Photo);
        self.reading.set(true);
        spawn_local(async move {
            let result = read(&file).await;
            if self.opened.try_get_value() != Some(number) {
                return;
            }
            self.reading.set(false);
            match result {
                Ok(photo) => {
                    errors::clear(errors::Topic::Photo);
                    self.photo.set(Some(photo));
                }
                Err(sentence) => errors::show(errors::Topic::Photo, &sentence),
            }
        });
    }

    /// Listens for files dropped or pasted anywhere, as long as the current reactive owner lives; says whether one hovers.
    pub fn listen(self) -> Signal<bool> {
        let hovering = RwSignal::new(false);
        let over = window_event_listener(ev::dragover, move |event: DragEvent| {
            event.prevent_default();
            hovering.set(true);
        });
        let left = window_event_listener(ev::dragleave, move |event: DragEvent| {
            // Between two elements of the page there is a related target.
            if event.related_target().is_none() {
                hovering.set(false);
            }
        });
        let dropped = window_event_listener(ev::drop, move |event: DragEvent| {
            event.prevent_default();
            hovering.set(false);
            self.open_first(event.data_transfer());
        });
        let pasted = window_event_listener(ev::paste, move |event: ClipboardEvent| {
            self.open_first(event.clipboard_data());
        });
        on_cleanup(move || {
            [over, left, dropped, pasted]
                .into_iter()
                .for_each(WindowListenerHandle::remove);
        });
        hovering.into()
    }

    fn open_first(self, transfer: Option<DataTransfer>) {
        let file = transfer.and_then(|transfer| transfer.files()?.get(0));
        if let Some(file) = file {
            self.open(file);
        }
    }
}

async fn read(file: &File) -> Result<Photo, String> {
    let name = file.name();
    let bytes = JsFuture::from(file.array_buffer())
        .await
        .map_err(|_| format!("“{name}” could not be read: choose it again."))?;
    let bytes = Uint8Array::new(&bytes).to_vec();
    let photo = decode(&name, &bytes).map_err(|error| error.to_string())?;
    Ok(Photo::new(photo))
}
