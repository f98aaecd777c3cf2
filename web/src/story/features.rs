//! The features of the shown doodles, by an engine of their own: the one of the drawing answers the newest question alone.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Reply, Request};
use shared::input::grey_from_doodle;
use shared::story::Story;

use super::sentences;
use crate::attempts::Attempts;
use crate::engines::client::Addresses;
use crate::engines::limits::Limits;
use crate::engines::text::weights_silent;
use crate::engines::weights::fetch;
use crate::language::{Sentence, both};
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
    /// A request that failed may still be under way when the next one is made.
    attempts: Attempts,
    /// What is waited for.
    waits: Attempts,
}

impl Shown {
    /// A new one, belonging to the current reactive owner: its engine ends with that.
    pub fn at_rest() -> Self {
        let shown = Self {
            features: RwSignal::new(Features::Unasked),
            engine: StoredValue::new_local(None),
            found: StoredValue::new(Vec::new()),
            attempts: Attempts::new(),
            waits: Attempts::new(),
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
        let attempt = self.attempts.begin();
        let limits = addresses.limits;
        let address = format!("{}?program={}", addresses.worker, addresses.cpu_program);
        let failed = |reason| Reply::Failed { reason };
        let listen = move |reply| self.hear(attempt, &story, limits, reply);
        let engine = match Program::start(&address, Reply::from_message, failed, listen) {
            Ok(engine) => engine,
            Err(reason) => return self.fail(reason),
        };
        self.engine.set_value(Some(engine));
        let wait = move || self.wait(limits.load, weights_silent);
        wait();
        spawn_local(async move {
            let progress = move |_| {
                if self.attempts.is_newest(attempt) {
                    wait();
                }
            };
            let weights = fetch(&addresses.weights, false, progress).await;
            if !self.attempts.is_newest(attempt) {
                return;
            }
            match weights {
                Ok(weights) => {
                    self.wait(limits.cpu_load, sentences::silent);
                    self.post(&Request::Load { weights });
                }
                Err(reason) => self.fail(reason),
            }
        });
    }

    fn hear(self, attempt: u32, story: &Story, limits: Limits, reply: Reply) {
        if !self.attempts.is_newest(attempt) {
            return;
        }
        match reply {
            Reply::Ready { .. } => self.next(story, limits),
            Reply::Prediction { id, features, .. } => {
                let is_next = |found: &Vec<_>| id as usize == found.len() + 1;
                if self.found.with_value(is_next) {
                    self.found
                        .update_value(|found| found.push(unit(&features).unwrap_or_default()));
                    self.next(story, limits);
                }
            }
            Reply::WeightsRefused { reason }
            | Reply::Failed { reason }
            | Reply::Outdated { reason } => self.fail(reason),
        }
    }

    /// Asks for the next doodle's features, or is done.
    fn next(self, story: &Story, limits: Limits) {
        let count = self.found.with_value(Vec::len);
        match story.pictures.get(count) {
            Some(picture) => {
                self.features.set(Features::Coming(count));
                self.wait(limits.prediction, sentences::silent);
                self.post(&Request::Predict {
                    id: count as u32 + 1,
                    pictures: grey_from_doodle(picture).into_raw(),
                });
            }
            None => {
                let all = self.found.try_update_value(std::mem::take);
                self.features
                    .set(Features::Here(Arc::new(all.unwrap_or_default())));
                self.end();
            }
        }
    }

    /// Fails where nothing else is waited for before the limit; `say` says why. Time does not count while the page is hidden.
    fn wait(self, limit: Duration, say: fn(Duration) -> String) {
        let wait = self.waits.begin();
        set_timeout(
            move || {
                if !self.waits.is_newest(wait) {
                    return;
                }
                if document().hidden() {
                    return self.wait(limit, say);
                }
                self.fail(both(|| say(limit)));
            },
            limit,
        );
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
        self.end();
    }

    /// Ends the engine, and hears of this attempt no more.
    fn end(self) {
        self.waits.begin();
        let over = self.attempts.begin();
        // After the reply that is being heard.
        spawn_local(async move {
            if self.attempts.is_newest(over) {
                drop(self.engine.try_set_value(None));
            }
        });
    }
}
