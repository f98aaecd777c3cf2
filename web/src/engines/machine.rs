//! Both engines as one plain state machine: what happens goes in, what to do comes out.

mod consequences;
mod queries;

use std::time::Duration;

pub use consequences::WORTH_LOADING;
use image::GrayImage;
use protocol::{ModelInfo, Reply};
use shared::input::INPUT_SIDE;

pub use super::answer::{Answer, LatestAnswer};
use super::command::{Command, Progress, Weights};
use super::engine::{Engine, Remedy, State};
use super::kind::{Choice, Kind};
use super::limits::Limits;
use super::queue::{PROBE, Question};
use super::surroundings::{Adapter, Surroundings};
use super::text;
use crate::language::{Sentence, both};

/// What is known of the surroundings.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Inquiry {
    None,
    /// Asked for so long ago.
    Asked(Duration),
    Here(Surroundings),
}

/// Both engines, the visitor's choice between them, and the picture in question.
#[derive(Debug)]
pub struct Engines {
    limits: Limits,
    cpu: Engine,
    gpu: Engine,
    weights: Weights,
    /// How long no byte of the weights has come.
    silent: Duration,
    surroundings: Inquiry,
    awaits_idle: bool,
    was_restarted: bool,
    choice: Choice,
    model_info: Option<ModelInfo>,
    question: Option<(GrayImage, Vec<GrayImage>)>,
    asked: u32,
    latest: LatestAnswer,
}

impl Engines {
    /// Engines at rest.
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            cpu: Engine::new(State::Off),
            gpu: Engine::new(State::Off),
            weights: Weights::Off,
            silent: Duration::ZERO,
            surroundings: Inquiry::None,
            awaits_idle: false,
            was_restarted: false,
            choice: Choice::default(),
            model_info: None,
            question: None,
            asked: PROBE,
            latest: LatestAnswer::default(),
        }
    }

    /// Starts the CPU engine. WebGPU follows where it is worth it.
    pub fn start(&mut self) -> Vec<Command> {
        let mut commands = Vec::new();
        self.load(Kind::Cpu, &mut commands);
        commands
    }

    /// Follows the visitor's choice, and starts the chosen engine if it isn't there. The same choice again starts every
    /// engine again that has failed.
    pub fn choose(&mut self, choice: Choice) -> Vec<Command> {
        if choice == self.choice && Kind::ALL.iter().any(|&kind| self.get(kind).is_failed()) {
            return self.try_again();
        }
        self.change(|engines, commands| {
            engines.choice = choice;
            match choice {
                Choice::Only(kind) if engines.get(kind).is_failed() => {
                    engines.reload(kind, commands)
                }
                Choice::Auto if engines.cpu.is_failed() => engines.reload(Kind::Cpu, commands),
                _ => {}
            }
        })
    }

    /// Starts every engine again that has failed.
    pub fn try_again(&mut self) -> Vec<Command> {
        self.change(|engines, commands| {
            engines.was_restarted = false;
            for kind in Kind::ALL {
                if engines.get(kind).is_failed() {
                    engines.reload(kind, commands);
                }
            }
        })
    }

    /// Asks what `picture` (32x32) and its variants (of the same size) show, in the place of any older question.
    pub fn ask(&mut self, picture: GrayImage, variants: Vec<GrayImage>) -> Vec<Command> {
        self.change(|engines, _| {
            engines.question = Some((picture, variants));
            engines.send_question();
        })
    }

    /// Takes the question back: no answer is latest, and no late one will be.
    pub fn dismiss(&mut self) {
        self.asked += 1;
        self.question = None;
        self.latest = LatestAnswer {
            id: self.asked,
            answer: None,
        };
        self.cpu.queue.withdraw();
        self.gpu.queue.withdraw();
    }

    /// Takes in what an engine said.
    pub fn on_reply(&mut self, kind: Kind, reply: Reply) -> Vec<Command> {
        self.change(|engines, commands| match reply {
            Reply::Ready { model_info } => {
                let engine = engines.engine(kind);
                if engine.state == State::Loading {
                    engine.state = State::Ready;
                    engine.hear();
                    engines.model_info = Some(model_info);
                }
            }
            Reply::Prediction {
                id,
                logits,
                features,
                is_unknown,
                milliseconds,
            } => {
                let info = engines.model_info.as_ref();
                let classes = info.map_or(logits.len(), |info| info.classes.len());
                let engine = engines.engine(kind);
                if !engine.is_ready() {
                    return;
                }
                engine.hear();
                engine.queue.answered(id);
                engine.times.push(milliseconds);
                if id > engines.latest.id {
                    engines.latest = LatestAnswer {
                        id,
                        answer: Some(Answer {
                            is_unknown,
                            ..Answer::new(kind, logits, classes, features)
                        }),
                    };
                }
            }
            Reply::WeightsRefused { reason } => {
                if engines.get(kind).state == State::Loading {
                    engines.fail_weights(reason, commands);
                }
            }
            Reply::Failed { reason } => engines.fail(kind, &reason, Remedy::TryAgain, commands),
            // Which files they are helps nobody who can load the page again.
            Reply::Outdated { .. } => {
                let reason = both(text::OUTDATED);
                engines.fail(kind, &reason, Remedy::Reload, commands);
            }
        })
    }

    /// Takes in that bytes of the weights have come.
    pub fn on_progress(&mut self, progress: Progress) {
        if let Weights::Coming(known) = &mut self.weights {
            *known = progress;
            self.silent = Duration::ZERO;
        }
    }

    /// Takes in that the weights are with the page, or why they are not.
    pub fn on_weights(&mut self, result: Result<(), Sentence>) -> Vec<Command> {
        self.change(|engines, commands| {
            if !matches!(engines.weights, Weights::Coming(_)) {
                return;
            }
            if let Err(sentence) = result {
                return engines.fail_weights(sentence, commands);
            }
            engines.weights = Weights::Here;
            for kind in engines.loading() {
                engines.engine(kind).hear();
                commands.push(Command::Load(kind));
            }
        })
    }

    /// Takes in what the browser and the connection offer.
    pub fn on_surroundings(&mut self, surroundings: Surroundings) -> Vec<Command> {
        self.change(|engines, _| {
            if !matches!(engines.surroundings, Inquiry::Asked(_)) {
                return;
            }
            if let Adapter::Unsuitable { reason } = &surroundings.adapter {
                let reason = reason.clone();
                engines.gpu = Engine::new(State::Unsuitable { reason });
            }
            engines.surroundings = Inquiry::Here(surroundings);
        })
    }

    /// Takes in that the browser has nothing else to do.
    pub fn on_idle(&mut self) -> Vec<Command> {
        self.change(|engines, commands| {
            engines.awaits_idle = false;
            if engines.gpu.state == State::Off && engines.is_gpu_worth_loading() {
                engines.load(Kind::Gpu, commands);
            }
        })
    }

    /// Lets time go by while the page is visible: what has been silent for too long counts as failed.
    pub fn tick(&mut self, elapsed: Duration) -> Vec<Command> {
        if matches!(self.weights, Weights::Coming(_)) {
            self.silent += elapsed;
            if self.silent >= self.limits.load {
                let limit = self.limits.load;
                return self.on_weights(Err(both(|| text::weights_silent(limit))));
            }
        }
        if let Inquiry::Asked(waited) = &mut self.surroundings {
            *waited += elapsed;
            if *waited >= self.limits.prediction {
                let reason = both(text::NO_ANSWER);
                return self.on_surroundings(Surroundings {
                    adapter: Adapter::Unsuitable { reason },
                    is_metered: false,
                });
            }
        }
        self.change(|engines, commands| {
            for kind in Kind::ALL {
                let (limits, has_weights) = (engines.limits, engines.weights == Weights::Here);
                let engine = engines.engine(kind);
                if let Some(limit) = engine.wait(kind, has_weights, &limits, elapsed) {
                    let reason = both(|| text::silent(limit));
                    engines.fail(kind, &reason, Remedy::TryAgain, commands);
                }
            }
            engines.measure_idle_engine();
        })
    }

    /// Does something, and then what follows from any event: asks again where another engine has taken over, looks after
    /// WebGPU, and sends what can be sent.
    fn change(&mut self, act: impl FnOnce(&mut Self, &mut Vec<Command>)) -> Vec<Command> {
        let before = self.in_use();
        let mut commands = Vec::new();
        act(self, &mut commands);
        self.consider_gpu(&mut commands);
        if self.in_use() != before {
            if let Some(kind) = before {
                self.engine(kind).queue.withdraw();
            }
            self.send_question();
        }
        self.pump(&mut commands);
        commands
    }

    fn send_question(&mut self) {
        let Some((picture, variants)) = self.question.clone() else {
            return;
        };
        self.asked += 1;
        let id = self.asked;
        match self.in_use() {
            Some(kind) => self.engine(kind).queue.ask(Question {
                id,
                picture,
                variants,
            }),
            // No answer will come, and an older one is about another picture.
            None => self.latest = LatestAnswer { id, answer: None },
        }
    }

    fn pump(&mut self, commands: &mut Vec<Command>) {
        for kind in Kind::ALL {
            let engine = self.engine(kind);
            if !engine.is_ready() {
                continue;
            }
            let wants_more = engine.times.wants_more();
            let probe = || wants_more.then(|| GrayImage::new(INPUT_SIDE, INPUT_SIDE));
            if let Some(question) = engine.queue.next(probe) {
                engine.hear();
                commands.push(Command::Predict(kind, question));
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests;
