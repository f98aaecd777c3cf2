//! Both engines as one plain state machine: what happens goes in, what to do comes out.

use image::GrayImage;
use protocol::{ModelInfo, Reply, Request};
use shared::input::INPUT_SIDE;

use super::kind::{Choice, Kind};
use super::queue::{PROBE, Question, Queue};
use super::times::Times;

/// So many probes measure an engine that has just started; the first only warms it up.
const PROBES: u8 = 4;

/// WebGPU must take less than this part of the CPU's time, so that two equals don't alternate.
const CLEARLY_FASTER: f64 = 0.8;

/// How far an engine is.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// Nobody asked for it yet.
    Off,
    /// The browser has nothing to run it on.
    Absent,
    /// On its way.
    Loading,
    /// Answers questions.
    Ready {
        /// What it runs on, in words.
        device: String,
    },
    /// It stopped or never came.
    Failed {
        /// Why, as a sentence.
        reason: String,
    },
}

/// What the page has to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Start the worker of this engine.
    Start(Kind),
    /// Send this to it.
    Send(Kind, Request),
    /// End it.
    Stop(Kind),
}

/// The answer to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Which engine gave it.
    pub kind: Kind,
    /// One logit a class.
    pub logits: Vec<f32>,
    /// One probability a class, together 1.
    pub probabilities: Vec<f32>,
}

/// What the page shows: the newest answer, or nothing where nothing is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LatestAnswer {
    /// The number of the newest settled question.
    pub id: u32,
    /// Its answer; nothing when the question was taken back.
    pub answer: Option<Answer>,
}

#[derive(Debug)]
struct Engine {
    state: State,
    queue: Queue,
    times: Times,
}

impl Engine {
    fn new(state: State) -> Self {
        Self {
            state,
            queue: Queue::default(),
            times: Times::default(),
        }
    }

    fn is_ready(&self) -> bool {
        matches!(self.state, State::Ready { .. })
    }
}

/// Both engines, the user's choice between them, and the picture in question.
#[derive(Debug)]
pub struct Engines {
    weights: String,
    cpu: Engine,
    gpu: Engine,
    choice: Choice,
    model_info: Option<ModelInfo>,
    question: Option<GrayImage>,
    asked: u32,
    latest: LatestAnswer,
}

impl Engines {
    /// Engines at rest that will load `weights` (an absolute URL); `webgpu` says whether the browser offers it.
    pub fn new(weights: String, webgpu: bool) -> Self {
        Self {
            weights,
            cpu: Engine::new(State::Off),
            gpu: Engine::new(if webgpu { State::Off } else { State::Absent }),
            choice: Choice::default(),
            model_info: None,
            question: None,
            asked: PROBE,
            latest: LatestAnswer::default(),
        }
    }

    /// Starts the CPU engine; WebGPU follows once that one is ready.
    pub fn start(&mut self) -> Vec<Command> {
        self.load(Kind::Cpu)
    }

    /// Follows the user's choice, and starts the chosen engine if it isn't there.
    pub fn choose(&mut self, choice: Choice) -> Vec<Command> {
        let before = self.in_use();
        self.choice = choice;
        let mut commands = Vec::new();
        if let Choice::Only(kind) = choice
            && matches!(self.state(kind), State::Off | State::Failed { .. })
        {
            commands = self.load(kind);
        }
        self.settle(before, commands)
    }

    /// Asks what `picture` (32x32) shows, in the place of any older question.
    pub fn ask(&mut self, picture: GrayImage) -> Vec<Command> {
        self.question = Some(picture);
        self.send_question();
        self.pump(Vec::new())
    }

    /// Takes the question back: no guess is latest, and no late answer will be.
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
        let before = self.in_use();
        let mut commands = Vec::new();
        match reply {
            Reply::Ready { device, model_info } => {
                let engine = self.engine(kind);
                engine.state = State::Ready { device };
                engine.queue.probe(PROBES);
                self.model_info = Some(model_info);
                if *self.state(Kind::Gpu) == State::Off {
                    commands = self.load(Kind::Gpu);
                }
            }
            Reply::Prediction {
                id,
                logits,
                probabilities,
                milliseconds,
            } => {
                let engine = self.engine(kind);
                engine.queue.answered(id);
                engine.times.push(milliseconds);
                if id > self.latest.id {
                    self.latest = LatestAnswer {
                        id,
                        answer: Some(Answer {
                            kind,
                            logits,
                            probabilities,
                        }),
                    };
                }
            }
            Reply::Failed { reason } => {
                *self.engine(kind) = Engine::new(State::Failed { reason });
                commands.push(Command::Stop(kind));
            }
        }
        self.settle(before, commands)
    }

    /// The engine that answers now.
    pub fn in_use(&self) -> Option<Kind> {
        let ready = |kind| self.get(kind).is_ready();
        let wanted = match self.choice {
            Choice::Only(kind) => kind,
            Choice::Auto => self.faster(),
        };
        [wanted, wanted.other()]
            .into_iter()
            .find(|&kind| ready(kind))
    }

    /// How far an engine is.
    pub fn state(&self, kind: Kind) -> &State {
        &self.get(kind).state
    }

    /// The median time of an engine's guesses in milliseconds, once measured.
    pub fn time(&self, kind: Kind) -> Option<f64> {
        self.get(kind).times.median()
    }

    /// What the user wants.
    pub fn choice(&self) -> Choice {
        self.choice
    }

    /// What the weights know, once they are loaded.
    pub fn model_info(&self) -> Option<&ModelInfo> {
        self.model_info.as_ref()
    }

    /// The number of the newest question.
    pub fn asked(&self) -> u32 {
        self.asked
    }

    /// The newest answer.
    pub fn latest(&self) -> &LatestAnswer {
        &self.latest
    }

    fn get(&self, kind: Kind) -> &Engine {
        match kind {
            Kind::Cpu => &self.cpu,
            Kind::Gpu => &self.gpu,
        }
    }

    fn engine(&mut self, kind: Kind) -> &mut Engine {
        match kind {
            Kind::Cpu => &mut self.cpu,
            Kind::Gpu => &mut self.gpu,
        }
    }

    fn faster(&self) -> Kind {
        match (self.time(Kind::Cpu), self.time(Kind::Gpu)) {
            (Some(cpu), Some(gpu)) if gpu < cpu * CLEARLY_FASTER => Kind::Gpu,
            _ => Kind::Cpu,
        }
    }

    fn load(&mut self, kind: Kind) -> Vec<Command> {
        self.engine(kind).state = State::Loading;
        let weights = self.weights.clone();
        vec![
            Command::Start(kind),
            Command::Send(kind, Request::Load { weights }),
        ]
    }

    /// After any event: asks again where another engine has taken over, and sends what can be sent.
    fn settle(&mut self, before: Option<Kind>, commands: Vec<Command>) -> Vec<Command> {
        if self.in_use() != before {
            if let Some(kind) = before {
                self.engine(kind).queue.withdraw();
            }
            self.send_question();
        }
        self.pump(commands)
    }

    fn send_question(&mut self) {
        let Some(picture) = self.question.clone() else {
            return;
        };
        self.asked += 1;
        let id = self.asked;
        if let Some(kind) = self.in_use() {
            self.engine(kind).queue.ask(Question { id, picture });
        }
    }

    fn pump(&mut self, mut commands: Vec<Command>) -> Vec<Command> {
        for kind in [Kind::Cpu, Kind::Gpu] {
            let engine = self.engine(kind);
            if !engine.is_ready() {
                continue;
            }
            if let Some(Question { id, picture }) =
                engine.queue.next(|| GrayImage::new(INPUT_SIDE, INPUT_SIDE))
            {
                let picture = picture.into_raw();
                commands.push(Command::Send(kind, Request::Predict { id, picture }));
            }
        }
        commands
    }
}

#[cfg(test)]
#[path = "machine_tests.rs"]
mod tests;
