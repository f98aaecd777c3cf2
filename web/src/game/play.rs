//! The game on the page: the rules with the page's clock, the sheet and the network's answers.

use std::time::Duration;

use leptos::prelude::*;
use shared::classes::{ClassId, ClassNames};
use shared::drawing::Drawing;

use super::line::Line;
use super::rules::{Event, Game, Outcome, Phase};
use super::voice::Voice;
use crate::clock::now;
use crate::draw::history::History;
use crate::engines::machine::LatestAnswer;
use crate::guess::leader::leader;
use crate::state::State;
use crate::views::View;

/// A word that is done.
#[derive(Clone, Debug, PartialEq)]
pub struct PlayedWord {
    /// The word.
    pub word: ClassId,
    /// What became of it.
    pub outcome: Outcome,
    /// What was drawn.
    pub drawing: Drawing,
    /// What the network took it for in the end.
    pub seen: Option<ClassId>,
}

/// The game in progress, if any, and all that belongs to it; copies are the same game.
#[derive(Clone, Copy)]
pub struct Play {
    /// The game; none before the first.
    pub game: RwSignal<Option<Game>>,
    /// The sheet of the game, which is not the drawing view's.
    pub history: RwSignal<History>,
    /// The guesses about the word in question.
    pub line: RwSignal<Line>,
    /// The words that are done.
    pub done: RwSignal<Vec<PlayedWord>>,
    /// What is said aloud.
    pub said: RwSignal<String>,
    /// Whether the network answers: it is loaded, and has not failed.
    pub is_answering: Memo<bool>,
    voice: StoredValue<Voice>,
    latest: Signal<LatestAnswer>,
    /// The network's own classes.
    pub classes: Memo<ClassNames>,
    /// When the last step was, by the page's clock in milliseconds; none while time stands still.
    stepped: StoredValue<Option<f64>>,
}

impl Play {
    /// No game yet, belonging to the current reactive owner and put into its context. The game pauses when its view or the
    /// whole page is hidden, and when the network stops.
    pub fn provide(state: State) -> Self {
        let status = state.engines.status();
        let play = Self {
            game: RwSignal::new(None),
            history: RwSignal::new(History::default()),
            line: RwSignal::new(Line::default()),
            done: RwSignal::new(Vec::new()),
            said: RwSignal::new(String::new()),
            is_answering: Memo::new(move |_| !matches!(status.read().engine, "loading" | "failed")),
            voice: StoredValue::new(Voice::default()),
            latest: state.engines.latest(),
            classes: state.classes,
            stepped: StoredValue::new(None),
        };
        let hidden = window_event_listener(leptos::ev::visibilitychange, move |_| {
            if document().hidden() {
                play.pause();
            }
        });
        on_cleanup(move || hidden.remove());
        Effect::new(move |_| {
            if state.view.get() != View::Game || !play.is_answering.get() {
                play.pause();
            }
        });
        provide_context(play);
        play
    }

    /// Starts a game whose words the seed decides, where the network answers.
    pub fn start(self, seed: u64) {
        if !self.is_answering.get_untracked() {
            return;
        }
        let game = Game::new(self.classes.read_untracked().ids(), seed);
        let first = game.word();
        self.done.set(Vec::new());
        self.voice.set_value(Voice::default());
        self.game.set(Some(game));
        self.turn_page();
        self.happened(
            Duration::ZERO,
            &first.map(Event::Word).into_iter().collect::<Vec<_>>(),
        );
        self.run();
    }

    /// Stops time.
    pub fn pause(self) {
        let runs = self.game.with_untracked(|game| {
            game.as_ref()
                .is_some_and(|game| !game.is_paused() && game.phase() != Phase::Over)
        });
        if runs {
            self.change(|game| {
                game.pause();
                Vec::new()
            });
        }
    }

    /// Lets time run again, where the network answers.
    pub fn resume(self) {
        if !self.is_answering.get_untracked() {
            return;
        }
        self.change(|game| {
            game.resume();
            Vec::new()
        });
        self.run();
    }

    /// Moves to the next word. Its time stands still as long as the network does not answer.
    pub fn skip(self) {
        self.change(Game::skip);
        if self.is_answering.get_untracked() {
            self.run();
        } else {
            self.pause();
        }
    }

    /// Ends the game.
    pub fn give_up(self) {
        self.change(Game::give_up);
    }

    /// Changes the sheet, while a word is being drawn. What was drawn for an earlier word stays gone, whatever is undone.
    pub fn edit(self, change: fn(&mut History)) {
        let game = self.game.read_untracked();
        if game.as_ref().is_some_and(Game::is_drawn) {
            self.history.update(change);
        }
    }

    fn run(self) {
        if self.stepped.get_value().is_none() {
            self.stepped.set_value(Some(now()));
            self.await_frame();
        }
    }

    fn await_frame(self) {
        request_animation_frame(move || {
            // The page may be gone.
            if let Some(Some(before)) = self.stepped.try_get_value() {
                self.step(before);
            }
        });
    }

    fn step(self, before: f64) {
        let runs = |game: &Option<Game>| {
            game.as_ref()
                .is_some_and(|game| !game.is_paused() && game.phase() != Phase::Over)
        };
        if !self.game.with_untracked(runs) {
            self.stepped.set_value(None);
            return;
        }
        let now = now();
        let elapsed = Duration::from_secs_f64((now - before).max(0.0) / 1000.0);
        let leader = self.leader();
        let mut events = Vec::new();
        self.game.update(|game| {
            if let Some(game) = game {
                if game.phase() == Phase::Drawing {
                    let mut line = self.line.get_untracked();
                    line.hear(leader, game.word(), elapsed);
                    if self.line.with_untracked(|before| *before != line) {
                        self.line.set(line);
                    }
                }
                events = game.tick(elapsed, leader);
            }
        });
        self.happened(elapsed, &events);
        self.stepped.set_value(Some(now));
        self.await_frame();
    }

    fn change(self, change: impl FnOnce(&mut Game) -> Vec<Event>) {
        let mut events = Vec::new();
        self.game.update(|game| {
            events = game.as_mut().map(change).unwrap_or_default();
        });
        self.happened(Duration::ZERO, &events);
    }

    fn happened(self, elapsed: Duration, events: &[Event]) {
        let line = self.line.get_untracked();
        let classes = self.classes.read_untracked();
        let said = self
            .voice
            .try_update_value(|voice| voice.say(elapsed, events, &line, &classes));
        drop(classes);
        if let Some(said) = said.flatten() {
            self.said.set(said);
        }
        for event in events {
            match *event {
                Event::Ended(word, outcome) => {
                    let drawing = self
                        .history
                        .with_untracked(|history| history.drawing().clone());
                    let done = PlayedWord {
                        word,
                        outcome,
                        seen: self.leader(),
                        drawing,
                    };
                    self.done.update(|all| all.push(done));
                }
                Event::Word(_) => self.turn_page(),
                Event::Left(_) | Event::Over => {}
            }
        }
    }

    fn turn_page(self) {
        // Undo, by whatever means, must not bring an earlier word's drawing back.
        self.history.update(History::start_over);
        self.line.set(Line::default());
    }

    /// The class that the network gives the largest probability, if there is an answer.
    fn leader(self) -> Option<ClassId> {
        if self
            .history
            .with_untracked(|history| history.drawing().is_empty())
        {
            return None;
        }
        let latest = self.latest.read_untracked();
        leader(&latest.answer.as_ref()?.probabilities)
    }
}
