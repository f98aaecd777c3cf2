//! The visitor's own classes on the page.

use leptos::prelude::*;
use shared::classes::ClassNames;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;

use super::class::{Example, OwnClass};
use super::draft::Draft;
use super::{file, store, text};
use crate::draw::history::History;
use crate::language::{Sentence, both};
use crate::share::text::too_much;

/// The own classes, and the one whose examples are being drawn; copies are the same.
#[derive(Clone, Copy)]
pub struct Shelf {
    /// The classes, kept on this machine.
    pub classes: RwSignal<Vec<OwnClass>>,
    /// The class whose examples are being drawn.
    pub draft: RwSignal<Draft>,
    /// What there is to say about the last deed: a sentence, or nothing.
    pub said: RwSignal<Sentence>,
    /// The features of what is on the sheet, once the network has seen it.
    features: Signal<Option<Vec<f32>>>,
    history: RwSignal<History>,
    /// The names of the network's classes.
    names: Memo<ClassNames>,
    /// The weights that the features come from.
    network: StoredValue<String>,
}

impl Shelf {
    /// The classes kept on this machine for these weights, belonging to the current reactive owner and put into its context.
    pub fn provide(
        history: RwSignal<History>,
        names: Memo<ClassNames>,
        features: Signal<Option<Vec<f32>>>,
        weights: &str,
    ) -> Self {
        let file = weights.rsplit('/').next().unwrap_or(weights);
        let shelf = Self {
            classes: RwSignal::new(Vec::new()),
            draft: RwSignal::new(Draft::default()),
            said: RwSignal::new(Sentence::default()),
            features,
            history,
            names,
            network: StoredValue::new(file.into()),
        };
        provide_context(shelf);
        spawn_local(async move {
            match store::load().await {
                Ok(Some(document)) => shelf.read(document, false),
                Ok(None) => {}
                Err(sentence) => shelf.say(sentence),
            }
        });
        shelf
    }

    /// Whether the drawing on the sheet can be an example now.
    pub fn can_take(self) -> bool {
        let has_features = self.features.read().is_some();
        has_features && !self.history.read().drawing().is_empty() && !self.draft.read().is_full()
    }

    /// Takes the drawing on the sheet as an example, and empties the sheet for the next.
    pub fn take(self) {
        let Some(features) = self.features.get_untracked() else {
            return;
        };
        let drawing = self
            .history
            .with_untracked(|history| history.drawing().clone());
        self.draft
            .update(|draft| draft.take(Example { drawing, features }));
        self.history.update(History::clear);
        self.say(Sentence::default());
    }

    /// Makes the five examples a class; says whether that went well.
    pub fn finish(self, name: &str) -> bool {
        let mut result = Ok(());
        let (mut draft, mut classes) = (self.draft.get_untracked(), self.classes.get_untracked());
        self.names.with_untracked(|names| {
            result = draft.finish(name, &mut classes, names);
        });
        if let Err(error) = result {
            self.say(both(|| text::no_class(&error)));
            return false;
        }
        self.draft.set(draft);
        self.classes.set(classes);
        self.say(both(|| text::added(name)));
        self.keep();
        true
    }

    /// Forgets a class.
    pub fn forget(self, name: &str) {
        self.classes
            .update(|classes| classes.retain(|class| class.name() != name));
        self.say(both(|| text::forgotten(name)));
        self.keep();
    }

    /// Saves all classes as a file.
    pub fn export(self) {
        let said = match self.document() {
            Ok(document) => store::export(&document).err().unwrap_or_default(),
            Err(sentence) => sentence,
        };
        self.say(said);
    }

    /// Takes the classes of a file in the place of those that are there.
    pub fn import(self, file: File) {
        spawn_local(async move {
            match store::import(file).await {
                Ok(document) => self.read(document, true),
                Err(sentence) => self.say(sentence),
            }
        });
    }

    fn read(self, document: file::Document, is_new: bool) {
        // The page may be gone by now.
        let (Some(network), Some(names)) =
            (self.network.try_get_value(), self.names.try_get_untracked())
        else {
            return;
        };
        match file::read(document, &network, &names) {
            Ok(classes) => {
                let count = classes.len();
                let _ = self.classes.try_set(classes);
                if is_new {
                    self.say(both(|| text::imported(count)));
                    self.keep();
                }
            }
            Err(error) => self.say(both(|| text::not_read(&error))),
        }
    }

    fn keep(self) {
        match self.document() {
            Ok(document) => spawn_local(async move {
                if let Err(sentence) = store::keep(&document).await {
                    self.say(sentence);
                }
            }),
            Err(sentence) => self.say(sentence),
        }
    }

    fn document(self) -> Result<file::Document, Sentence> {
        let classes = self.classes.read_untracked();
        let document = file::write(&classes, &self.network.get_value());
        document.map_err(|error| both(|| text::not_kept(&too_much(error))))
    }

    fn say(self, sentence: Sentence) {
        let _ = self.said.try_set(sentence);
    }
}
