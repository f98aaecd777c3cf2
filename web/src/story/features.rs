//! The features of the shown doodles, by an engine of their own: the one of the drawing answers the newest question alone.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Reply, Request};
use shared::input::grey_from_doodle;
use shared::story::Story;

use crate::engines::client::Addresses;
use crate::engines::weights::fetch;
use crate::language::Sentence;
use crate::own_classes::means::unit;
use crate::program::Program;

/// How far the features are.
#[derive(Clone, Debug, PartialEq)]
pub enum Features {
    /// Nobody asked for them.
    Unasked,
    /// On their way: so many are here.
    Coming(usize),
    /// Those of each shown doodle, of length 1; empty where the network sees nothing in one.
    Here(Arc<Vec<Vec<f32>>>),
    /// They do not come.
    Failed(Sentence),
}

/// What asks for the features; copies are the same.
#[derive(Clone, Copy)]
pub struct Shown {
    features: RwSignal<Features>,
    engine: StoredValue<Option<Program>, LocalStorage>,
    found: StoredValue<Vec<Vec<f32>>>,
}

impl Shown {
    /// A new one, belonging to the current reactive owner: its engine ends with that.
    pub fn at_rest() -> Self {
        let shown = Self {
            features: RwSignal::new(Features::Unasked),
            engine: StoredValue::new_local(None),
            found: StoredValue::new(Vec::new()),
        };
        on_cleanup(move || drop(shown.engine.try_set_value(None)));
        shown
    }

    /// How far they are.
    pub fn get(self) -> Features {
        self.features.get()
    }

    /// Asks for them, the first time and after a failure.
    pub fn ask(self, story: Arc<Story>, addresses: Addresses) {
        if !matches!(
            self.features.get_untracked(),
            Features::Unasked | Features::Failed(_)
        ) {
            return;
        }
        self.features.set(Features::Coming(0));
        self.found.set_value(Vec::new());
        let address = format!("{}?program={}", addresses.worker, addresses.cpu_program);
        let failed = |reason| Reply::Failed { reason };
        let listen = move |reply| self.hear(&story, reply);
        let engine = match Program::start(&address, Reply::from_message, failed, listen) {
            Ok(engine) => engine,
            Err(reason) => return self.fail(reason),
        };
        self.engine.set_value(Some(engine));
        spawn_local(async move {
            match fetch(&addresses.weights, false, |_| {}).await {
                Ok(weights) => self.post(&Request::Load { weights }),
                Err(reason) => self.fail(reason),
            }
        });
    }

    fn hear(self, story: &Story, reply: Reply) {
        match reply {
            Reply::Ready { .. } => self.next(story),
            Reply::Prediction { features, .. } => {
                self.found
                    .update_value(|found| found.push(unit(&features).unwrap_or_default()));
                self.next(story);
            }
            Reply::WeightsRefused { reason }
            | Reply::Failed { reason }
            | Reply::Outdated { reason } => self.fail(reason),
        }
    }

    /// Asks for the next doodle's features, or is done.
    fn next(self, story: &Story) {
        let count = self.found.with_value(Vec::len);
        match story.pictures.get(count) {
            Some(picture) => {
                self.features.set(Features::Coming(count));
                self.post(&Request::Predict {
                    id: count as u32 + 1,
                    pictures: grey_from_doodle(picture).into_raw(),
                });
            }
            None => {
                let all = self.found.try_update_value(std::mem::take);
                self.features
                    .set(Features::Here(Arc::new(all.unwrap_or_default())));
                // After the reply that is being heard.
                spawn_local(async move { drop(self.engine.try_set_value(None)) });
            }
        }
    }

    fn post(self, request: &Request) {
        let message = request.to_message();
        // The view may be gone.
        let sent = self.engine.try_with_value(|engine| match engine {
            Some(engine) => engine.post(&message),
            None => Ok(()),
        });
        if let Some(Err(reason)) = sent {
            self.fail(reason);
        }
    }

    fn fail(self, reason: Sentence) {
        let _ = self.features.try_set(Features::Failed(reason));
        spawn_local(async move { drop(self.engine.try_set_value(None)) });
    }
}
