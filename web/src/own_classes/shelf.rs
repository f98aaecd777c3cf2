//! The visitor's own classes on the page.

use leptos::prelude::*;
use shared::classes::ClassNames;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;

use super::class::{ClassError, Example, MOST, OwnClass};
use super::draft::Draft;
use super::edit::{Edit, apply_all};
use super::file::FileError;
use super::store::{Kept, Place};
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
    /// The names of the network's classes, once they are known.
    names: Memo<Option<ClassNames>>,
    /// The weights that the features come from.
    network: StoredValue<String>,
    /// What is changed here and not stored yet.
    edits: StoredValue<Vec<Edit>>,
}

/// What is stored once the changes that are made here are in it.
struct Merged {
    classes: Vec<OwnClass>,
    /// How many changes those were.
    edits: usize,
    /// The classes that could not be added, each with the reason.
    refused: Vec<(OwnClass, ClassError)>,
}

impl Shelf {
    /// The classes kept on this machine for these weights, belonging to the current reactive owner and put into its context. They
    /// are read once `names` has the network's classes.
    pub fn provide(
        history: RwSignal<History>,
        names: Memo<Option<ClassNames>>,
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
            edits: StoredValue::new(Vec::new()),
        };
        provide_context(shelf);
        Effect::new(move |is_asked: Option<bool>| {
            let is_known = names.read().is_some();
            if is_known && is_asked != Some(true) {
                spawn_local(shelf.load());
            }
            is_known || is_asked == Some(true)
        });
        shelf
    }

    /// Whether there is no room for another class.
    pub fn is_full(self) -> bool {
        self.classes.read().len() >= MOST
    }

    /// Whether the drawing on the sheet can be an example now.
    pub fn can_take(self) -> bool {
        if self.is_full() {
            return false;
        }
        let history = self.history.read();
        let is_finished = !history.is_drawing() && !history.drawing().is_empty();
        is_finished && self.features.read().is_some() && !self.draft.read().is_full()
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
        let (mut draft, mut classes) = (self.draft.get_untracked(), self.classes.get_untracked());
        // Without the network there are no examples.
        let Some(names) = self.names.get_untracked() else {
            return false;
        };
        let result = draft.finish(name, &mut classes, &names);
        match result {
            Ok(class) => {
                self.draft.set(draft);
                self.classes.set(classes);
                self.say(both(|| text::added(class.name())));
                self.keep([Edit::Add(class)]);
                true
            }
            Err(error) => {
                self.say(both(|| text::no_class(&error)));
                false
            }
        }
    }

    /// Forgets a class.
    pub fn forget(self, name: &str) {
        self.classes
            .update(|classes| classes.retain(|class| class.name() != name));
        self.say(both(|| text::forgotten(name)));
        self.keep([Edit::Forget(name.into())]);
    }

    /// Saves all classes as a file.
    pub fn export(self) {
        let said = match self.document(&self.classes.read_untracked()) {
            Ok(document) => store::export(&document).err().unwrap_or_default(),
            Err(sentence) => sentence,
        };
        self.say(said);
    }

    /// Takes the classes of a file in the place of those that are there.
    pub fn import(self, file: File) {
        spawn_local(async move {
            match store::import(file).await {
                Ok(document) => self.take_in(document),
                Err(sentence) => self.say(sentence),
            }
        });
    }

    /// Shows what is kept.
    async fn load(self) {
        let Some(place) = self.place() else { return };
        match store::load(&place).await {
            Ok(Kept::Document(document)) => match self.read(document) {
                Some(Ok(classes)) => drop(self.classes.try_set(classes)),
                Some(Err(error)) => self.say(both(|| text::stored_not_read(&error))),
                None => {}
            },
            Ok(Kept::Others) => self.say(both(text::OTHER_WEIGHTS)),
            Ok(Kept::Nothing) => {}
            Err(sentence) => self.say(sentence),
        }
    }

    /// Takes the classes of a file in the place of those that the page shows.
    fn take_in(self, document: file::Document) {
        match self.read(document) {
            Some(Ok(classes)) => {
                let before = self.classes.get_untracked();
                let forgotten = before.iter().map(|class| Edit::Forget(class.name().into()));
                let edits: Vec<_> = forgotten
                    .chain(classes.iter().cloned().map(Edit::Add))
                    .collect();
                self.say(both(|| text::imported(classes.len())));
                self.classes.set(classes);
                self.keep(edits);
            }
            Some(Err(error)) => self.say(both(|| text::not_read(&error))),
            None => self.say(both(text::STILL_LOADING)),
        }
    }

    /// Where the classes are kept; nothing once the page is gone.
    fn place(self) -> Option<Place> {
        self.network
            .try_get_value()
            .map(|network| Place::of(&network))
    }

    /// The names of the network's classes; nothing before they are known or once the page is gone.
    fn names(self) -> Option<ClassNames> {
        self.names.try_get_untracked().flatten()
    }

    /// The classes of a document; nothing before the network's are known or once the page is gone.
    fn read(self, document: file::Document) -> Option<Result<Vec<OwnClass>, FileError>> {
        let network = self.network.try_get_value()?;
        Some(file::read(document, &network, &self.names()?))
    }

    /// Makes changes to what is stored, and shows what is stored then.
    fn keep(self, edits: impl IntoIterator<Item = Edit>) {
        self.edits.update_value(|all| all.extend(edits));
        let Some(place) = self.place() else { return };
        spawn_local(async move {
            let mut merged = None;
            let result = store::change(&place, |kept| {
                let outcome = self.merge(kept)?;
                let document = self.document(&outcome.classes)?;
                merged = Some(outcome);
                Ok(document)
            });
            match (result.await, merged) {
                (Ok(()), Some(merged)) => self.show(merged),
                (Ok(()), None) => {}
                // What could not be stored stays on the page, and is tried again with the next change.
                (Err(sentence), _) => self.say(sentence),
            }
        });
    }

    /// What is to be stored, from what is. What cannot be read is refused, so that it stays.
    fn merge(self, kept: Option<file::Document>) -> Result<Merged, Sentence> {
        let kept = kept.map(|kept| self.read(kept));
        // Once the page is gone nobody hears of it.
        let gone = Sentence::default;
        let mut classes = match kept.map(|kept| kept.ok_or_else(gone)).transpose()? {
            Some(Ok(classes)) => classes,
            Some(Err(error)) => return Err(both(|| text::stored_not_read(&error))),
            None => Vec::new(),
        };
        let edits = self.edits.try_get_value().ok_or_else(gone)?;
        let names = self.names().ok_or_else(gone)?;
        Ok(Merged {
            refused: apply_all(&edits, &mut classes, &names),
            edits: edits.len(),
            classes,
        })
    }

    /// Shows what is stored now, with what has been changed here since.
    fn show(self, merged: Merged) {
        let later = self.edits.try_update_value(|edits| {
            edits.drain(..merged.edits.min(edits.len()));
            edits.clone()
        });
        let (Some(later), Some(names)) = (later, self.names()) else {
            return;
        };
        let mut classes = merged.classes;
        apply_all(&later, &mut classes, &names);
        let _ = self.classes.try_set(classes);
        if let Some((class, error)) = merged.refused.first() {
            let _ = self.draft.try_update(|draft| draft.take_back(class));
            self.say(both(|| text::no_class(error)));
        }
    }

    fn document(self, classes: &[OwnClass]) -> Result<file::Document, Sentence> {
        let document = file::write(classes, &self.network.get_value());
        document.map_err(|error| both(|| text::not_kept(&too_much(error))))
    }

    fn say(self, sentence: Sentence) {
        let _ = self.said.try_set(sentence);
    }
}
