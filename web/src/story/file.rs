//! The story's file: fetched when the story is opened.

use std::sync::Arc;

use js_sys::{ArrayBuffer, Uint8Array};
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::story::Story;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::sentences;
use super::text;
use crate::focus::focus_on;
use crate::language::{Sentence, Text, both};
use crate::text::TRY_AGAIN;

/// The most bytes that a story may have: a larger file is another one.
const MOST_BYTES: u32 = 1_000_000;

/// The title of the first chapter that is made of it.
const TITLE: &str = "[id='story/film'] h2";

/// How far the story's file is.
#[derive(Clone, Debug)]
pub enum File {
    /// The site has none.
    Absent,
    /// On its way.
    Loading,
    /// Here.
    Here(Arc<Story>),
    /// It did not come, or is none.
    Failed(Sentence),
}

/// The story's file for all pieces that are made of it; copies are the same.
#[derive(Clone, Copy)]
pub struct StoryFile {
    file: RwSignal<File>,
    address: StoredValue<Option<String>>,
    /// What stands in its place where the site has none.
    without: Text,
}

impl StoryFile {
    /// Fetches the file at an address, or says `without` where there is none; belonging to the current reactive owner and put into its
    /// context.
    pub fn provide(address: Option<String>, without: Text) -> Self {
        let story = Self {
            file: RwSignal::new(File::Absent),
            address: StoredValue::new(address),
            without,
        };
        story.fetch();
        provide_context(story);
        story
    }

    /// The story, once it is here.
    pub fn get(self) -> Option<Arc<Story>> {
        match &*self.file.read() {
            File::Here(story) => Some(story.clone()),
            _ => None,
        }
    }

    /// The same where nothing follows it.
    pub fn get_untracked(self) -> Option<Arc<Story>> {
        untrack(move || self.get())
    }

    fn fetch(self) {
        let Some(address) = self.address.get_value() else {
            return;
        };
        self.file.set(File::Loading);
        spawn_local(async move {
            let file = match fetch(&address).await {
                Ok(story) => File::Here(Arc::new(story)),
                Err(reason) => File::Failed(reason),
            };
            // The view may be gone.
            let _ = self.file.try_set(file);
        });
    }
}

impl From<StoryFile> for Signal<Option<Arc<Story>>> {
    fn from(file: StoryFile) -> Self {
        Signal::derive(move || file.get())
    }
}

/// The story's file of the view that the current component is part of.
///
/// # Panics
/// Outside of it.
pub fn use_story() -> StoryFile {
    expect_context()
}

async fn fetch(address: &str) -> Result<Story, Sentence> {
    let response = JsFuture::from(window().fetch_with_str(address)).await;
    let response: Response = response
        .map_err(|_| both(text::UNREACHABLE))?
        .unchecked_into();
    if !response.ok() {
        return Err(both(|| sentences::answered(response.status())));
    }
    let broken = |_| both(text::UNREACHABLE);
    let bytes = JsFuture::from(response.array_buffer().map_err(broken)?).await;
    let bytes: ArrayBuffer = bytes.map_err(broken)?.unchecked_into();
    if bytes.byte_length() > MOST_BYTES {
        return Err(both(|| sentences::too_large(bytes.byte_length())));
    }
    let bytes = Uint8Array::new(&bytes).to_vec();
    Story::read(&bytes).map_err(|error| both(|| sentences::damaged(&error)))
}

/// What stands in place of the pieces that need the file, as long as there is none.
#[component]
pub fn WithoutFile() -> impl IntoView {
    let story = use_story();
    move || match &*story.file.read() {
        File::Here(_) => ().into_any(),
        File::Absent => {
            view! { <p class="story-problem" id="story-absent">{story.without}</p> }.into_any()
        }
        File::Loading => {
            view! { <p class="note" aria-busy="true">{crate::text::PART_LOADING}</p> }.into_any()
        }
        File::Failed(reason) => {
            let reason = reason.clone();
            let again = move |_| {
                story.fetch();
                // This button goes away.
                focus_on(TITLE);
            };
            view! {
                <p class="story-problem" role="alert" id="story-failed">
                    {move || sentences::failed(crate::language::said(&reason))} " "
                    <button type="button" class="plain" id="story-again" on:click=again>{TRY_AGAIN}</button>
                </p>
            }
            .into_any()
        }
    }
}
