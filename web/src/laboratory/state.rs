//! What the parts of the laboratory have in common: the settings, the run and what is shown of it.

use std::collections::BTreeMap;
use std::rc::Rc;

use laboratory::data::DataSet;
use laboratory::lessons::{LessonId, Phase};
use laboratory::state::SPEED;
use laboratory::{Checked, Settings, SettingsError, encode};
use leptos::prelude::*;
use protocol::laboratory::{Frame, Numbers, Reply, Request, Trained};

use super::done::Done;
use super::history;
use super::refusal::why;
use super::text;
use crate::attempts::Attempts;
use crate::boxes::Network;
use crate::engines::{page::was_reloaded, text::OUTDATED};
use crate::language::{Sentence, both};
use crate::program::Program;
use crate::views::View;

/// What the brush draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Source points of a class.
    Source(u8),
    /// Target points, whose hidden class is this.
    Target(u8),
}

/// The laboratory; copies are the same.
#[derive(Clone, Copy)]
pub struct Laboratory {
    /// The settings that hold.
    pub settings: RwSignal<Checked>,
    /// The points that they describe.
    pub data: Memo<DataSet>,
    /// The run as it was last heard of.
    pub frame: RwSignal<Option<Rc<Frame>>, LocalStorage>,
    /// The numbers of every step that was heard of, and of the start.
    pub history: RwSignal<Vec<Numbers>>,
    /// Whether steps follow each other.
    pub is_running: RwSignal<bool>,
    /// Steps a frame.
    pub speed: RwSignal<u32>,
    /// The network that the pointer or the focus is on.
    pub network: RwSignal<Option<Network>>,
    /// The lesson that is open.
    pub lesson: RwSignal<Option<LessonId>>,
    /// The answer that the visitor chose.
    pub given_answer: RwSignal<Option<usize>>,
    /// The run of the lesson that is shown, by its place; without one the settings alone decide.
    pub lesson_run: RwSignal<Option<usize>>,
    /// What the lesson's runs left that are done.
    pub done: RwSignal<BTreeMap<usize, Done>, LocalStorage>,
    /// Whether the target's hidden labels are shown.
    pub is_revealed: RwSignal<bool>,
    /// Whether gradients are shown as arrows.
    pub has_arrows: RwSignal<bool>,
    /// What the brush draws; nothing where it is put away.
    pub paint: RwSignal<Option<Paint>>,
    /// Whether the run is the one that its settings and the number of its steps describe: nothing was edited or trained alone meanwhile.
    pub is_repeatable: RwSignal<bool>,
    /// The step at which steps no longer follow each other, where that is before the last one.
    pub until: RwSignal<Option<u32>>,
    /// Why the address was not understood.
    pub bad_link: RwSignal<Option<Sentence>>,
    /// What went wrong.
    pub problem: RwSignal<Option<Sentence>>,
    /// Whether its files were replaced, so that only loading the page again helps.
    pub is_outdated: RwSignal<bool>,
    /// The view in front: nothing is trained behind another one.
    pub view: RwSignal<View>,
    /// Delayed requests for the next steps: a run that was paused and continued meanwhile has made a newer one.
    pub requests: Attempts,
    /// Asks for the next steps of a run, after each answer.
    continue_run: fn(Self),
    worker: StoredValue<Option<Program>, LocalStorage>,
    address: StoredValue<String>,
    /// Requests under way: at most one, but for settings and for single steps that a visitor asks for.
    waiting: StoredValue<u32>,
    /// Whether a new run was asked for, so that replies are about the one before until its first frame comes.
    awaits_new: StoredValue<bool>,
    held_back: StoredValue<HeldBack, LocalStorage>,
}

/// What of a step in slow motion is not shown yet.
#[derive(Default)]
enum HeldBack {
    /// Nothing.
    #[default]
    Nothing,
    /// All but D, once the worker has answered.
    Awaited,
    /// All but D.
    Rest(Frame),
}

impl Laboratory {
    /// A laboratory at rest, belonging to the current reactive owner and put into its context: its worker ends with that. `address`
    /// is that of the worker that starts programs; `continue_run` is called after each answer while steps follow each other.
    pub fn provide(
        address: &str,
        settings: Checked,
        view: RwSignal<View>,
        continue_run: fn(Self),
    ) -> Self {
        let settings = RwSignal::new(settings);
        let laboratory = Self {
            data: Memo::new(move |_| DataSet::new(&settings.read())),
            settings,
            frame: RwSignal::new_local(None),
            history: RwSignal::new(Vec::new()),
            is_running: RwSignal::new(false),
            speed: RwSignal::new(SPEED),
            network: RwSignal::new(None),
            lesson: RwSignal::new(None),
            given_answer: RwSignal::new(None),
            lesson_run: RwSignal::new(None),
            done: RwSignal::new_local(BTreeMap::new()),
            is_revealed: RwSignal::new(false),
            has_arrows: RwSignal::new(false),
            paint: RwSignal::new(None),
            is_repeatable: RwSignal::new(true),
            until: RwSignal::new(None),
            bad_link: RwSignal::new(None),
            problem: RwSignal::new(None),
            is_outdated: RwSignal::new(false),
            view,
            requests: Attempts::new(),
            continue_run,
            worker: StoredValue::new_local(None),
            address: StoredValue::new(format!("{address}?program=laboratory")),
            waiting: StoredValue::new(0),
            awaits_new: StoredValue::new(false),
            held_back: StoredValue::new_local(HeldBack::Nothing),
        };
        on_cleanup(move || {
            let _ = laboratory.worker.try_set_value(None);
        });
        Effect::new(move |before: Option<Checked>| {
            let settings = laboratory.settings.get();
            if before.is_some_and(|before| !settings.continues_with(&before)) {
                laboratory.awaits_new.set_value(true);
            }
            laboratory.ask(&Request::Set {
                settings: encode(&settings),
            });
            settings
        });
        provide_context(laboratory);
        laboratory
    }

    /// Changes the settings, where the result is within its ranges. That leaves a lesson's run for one of the visitor's own.
    pub fn edit(self, change: impl FnOnce(&mut Settings)) {
        // What was edited after a step comes after the whole of it.
        self.show_rest();
        self.lesson_run.set(None);
        self.bad_link.set(None);
        let mut settings = Settings::from(self.settings.get_untracked());
        change(&mut settings);
        match settings.check() {
            Ok(settings) if settings != self.settings.get_untracked() => {
                if !settings.continues_with(&self.settings.read_untracked()) {
                    self.is_revealed.set(false);
                } else if self.last_untracked() > 0.0 {
                    self.is_repeatable.set(false);
                }
                self.settings.set(settings);
            }
            Ok(_) => {}
            Err(error) => self.refuse(&error),
        }
    }

    /// Says why settings are refused.
    pub fn refuse(self, error: &SettingsError) {
        self.problem.set(Some(both(|| text::refused(&why(error)))));
    }

    /// Begins a run.
    pub fn begin(self, settings: Checked) {
        self.is_running.set(false);
        self.is_revealed.set(false);
        self.until.set(None);
        self.bad_link.set(None);
        self.is_repeatable.set(true);
        let text = encode(&settings);
        self.settings.set(settings);
        self.awaits_new.set_value(true);
        self.ask(&Request::Begin { settings: text });
    }

    /// Trains so many steps, where nothing else is under way.
    pub fn step(self, trained: Trained, count: u32) {
        if !self.is_waiting() {
            self.ask(&Request::Step { trained, count });
        }
    }

    /// Trains one step after whatever is under way: the worker may still be loading when a visitor asks for it.
    pub fn step_next(self, trained: Trained) {
        self.ask(&Request::Step { trained, count: 1 });
    }

    /// Whether an answer of the worker is under way.
    pub fn is_waiting(self) -> bool {
        self.waiting.get_value() > 0
    }

    /// Shows of the step under way only what it made of D, until [`show_rest`](Self::show_rest). D's update comes first in a step,
    /// so that D is then as it would be between the two.
    pub fn hold_back(self) {
        if self.is_waiting() {
            self.held_back.set_value(HeldBack::Awaited);
        }
    }

    /// Shows the whole step.
    pub fn show_rest(self) {
        let held_back = self.held_back.try_update_value(std::mem::take);
        if let Some(HeldBack::Rest(frame)) = held_back {
            self.show(frame);
        }
    }

    /// The numbers of the last step.
    pub fn last(self) -> Option<Numbers> {
        self.history.read().last().copied()
    }

    /// What the run that is shown left; none where nothing was heard of.
    pub fn left(self) -> Option<Done> {
        Some(Done {
            last: self.last()?,
            data: self.data.get(),
            frame: self.frame.get()?,
            uses_domain: self.uses_domain(),
        })
    }

    /// Whether a step was made.
    pub fn has_begun(self) -> bool {
        self.last().is_some_and(|last| last.step > 0.0)
    }

    /// Whether D is trained.
    pub fn uses_domain(self) -> bool {
        self.settings.read().trains_domain()
    }

    /// The phases of the lesson's run that is shown; none where the settings alone decide.
    pub fn phases(self) -> Option<Vec<Phase>> {
        let lesson = self.lesson.get()?.lesson();
        let run = lesson.runs.into_iter().nth(self.lesson_run.get()?)?;
        Some(run.phases)
    }

    /// Steps of the whole run.
    pub fn steps(self) -> u32 {
        match self.phases() {
            Some(phases) => phases.iter().map(|phase| phase.steps).sum(),
            None => u32::from(self.settings.read().steps),
        }
    }

    /// Steps that a chart of the run has room for: single ones may follow the last.
    pub fn span(self) -> u32 {
        let done = self.last().map_or(0, |last| last.step as u32);
        self.steps().max(done)
    }

    /// Whether all steps of the run are done.
    pub fn is_over(self) -> bool {
        self.last()
            .is_some_and(|last| last.step >= self.steps() as f32)
    }

    fn ask(self, request: &Request) {
        self.show_rest();
        if self.worker.with_value(Option::is_none) {
            let failed = |reason| Reply::Failed { reason };
            let listen = move |reply| self.hear(reply);
            let address = self.address.get_value();
            match Program::start(&address, Reply::from_message, failed, listen) {
                Ok(worker) => self.worker.set_value(Some(worker)),
                Err(reason) => return self.fail(reason),
            }
            // A worker that was started again knows nothing.
            if let Request::Step { .. } = request {
                let settings = encode(&self.settings.read_untracked());
                self.post(&Request::Set { settings });
                // Which step comes first, the answer decides: this one would come later in the run.
                if self.is_running.get_untracked() {
                    return;
                }
            }
        }
        self.post(request);
    }

    fn post(self, request: &Request) {
        let message = request.to_message();
        let sent = self.worker.with_value(|worker| match worker {
            Some(worker) => worker.post(&message),
            None => Ok(()),
        });
        match sent {
            Ok(()) => self.waiting.update_value(|waiting| *waiting += 1),
            Err(reason) => self.fail(reason),
        }
    }

    fn hear(self, reply: Reply) {
        self.waiting
            .update_value(|waiting| *waiting = waiting.saturating_sub(1));
        let is_first = matches!(&reply, Reply::Frame(frame) if frame.is_new);
        let is_old = match reply {
            Reply::Frame(_) | Reply::Diverged { .. } => self.awaits_new.get_value() && !is_first,
            Reply::Refused { .. } | Reply::Outdated { .. } | Reply::Failed { .. } => false,
        };
        if is_old {
            return;
        }
        self.awaits_new.set_value(false);
        match reply {
            Reply::Frame(frame) => {
                self.problem.set(None);
                let is_awaited = |held: &HeldBack| matches!(held, HeldBack::Awaited);
                if self.held_back.with_value(is_awaited) {
                    self.show_domain(frame);
                } else {
                    self.show(frame);
                }
                if self.is_running.get_untracked() {
                    (self.continue_run)(self);
                }
            }
            Reply::Diverged { step } => {
                self.is_running.set(false);
                self.problem.set(Some(both(|| text::diverged(step))));
            }
            Reply::Refused { reason } => self.problem.set(Some(both(|| text::refused(&reason)))),
            Reply::Outdated { reason } if !was_reloaded() => {
                self.fail(reason);
                self.problem.set(Some(both(OUTDATED)));
                self.is_outdated.set(true);
            }
            Reply::Failed { reason } | Reply::Outdated { reason } => self.fail(reason),
        }
    }

    fn show(self, frame: Frame) {
        if frame.is_new {
            self.history.set(frame.numbers.clone());
        } else if !frame.numbers.is_empty() {
            self.history
                .update(|history| history::add(history, &frame.numbers));
        }
        self.frame.set(Some(Rc::new(frame)));
    }

    /// Shows D as it is in a frame, with all else as it was.
    fn show_domain(self, frame: Frame) {
        let shown = self.frame.get_untracked().map(|before| Frame {
            bounds: frame.bounds.clone(),
            domains: frame.domains.clone(),
            ..(*before).clone()
        });
        self.frame.set(shown.map(Rc::new));
        self.held_back.set_value(HeldBack::Rest(frame));
    }

    fn last_untracked(self) -> f32 {
        self.history
            .with_untracked(|history| history.last().map_or(-1.0, |last| last.step))
    }

    fn fail(self, reason: Sentence) {
        self.is_running.set(false);
        self.waiting.set_value(0);
        self.held_back.set_value(HeldBack::Nothing);
        self.worker.set_value(None);
        self.problem
            .set(Some(both(|| text::stopped(crate::language::said(&reason)))));
    }
}

/// The laboratory that the current component is part of.
///
/// # Panics
/// Outside of it.
pub fn use_laboratory() -> Laboratory {
    expect_context()
}
