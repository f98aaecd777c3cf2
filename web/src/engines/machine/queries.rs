//! What is asked of the engines: which one answers, how far each is, and the newest answer.

use protocol::ModelInfo;

use super::{Engines, Inquiry, LatestAnswer};
use crate::engines::command::Weights;
use crate::engines::engine::{Engine, Failure, State};
use crate::engines::kind::{Choice, Kind};
use crate::engines::surroundings::Surroundings;

/// WebGPU must take less than this part of the CPU's time, so that two equals don't alternate.
const CLEARLY_FASTER: f64 = 0.8;

impl Engines {
    /// The engine that answers now.
    pub fn in_use(&self) -> Option<Kind> {
        let wanted = match self.choice {
            Choice::Only(kind) => kind,
            Choice::Auto => self.faster(),
        };
        [wanted, wanted.other()]
            .into_iter()
            .find(|&kind| self.get(kind).is_ready())
    }

    /// How far an engine is.
    pub fn state(&self, kind: Kind) -> &State {
        &self.get(kind).state
    }

    /// What stopped an engine before the page started it again.
    pub fn stopped(&self, kind: Kind) -> Option<&Failure> {
        self.get(kind).stopped.as_ref()
    }

    /// The median time of an engine's predictions in milliseconds, once measured.
    pub fn time(&self, kind: Kind) -> Option<f64> {
        self.get(kind).times.median()
    }

    /// What the visitor wants.
    pub fn choice(&self) -> Choice {
        self.choice
    }

    /// How far the weights are.
    pub fn weights(&self) -> &Weights {
        &self.weights
    }

    /// What the browser and the connection offer, once known.
    pub fn surroundings(&self) -> Option<&Surroundings> {
        match &self.surroundings {
            Inquiry::Here(surroundings) => Some(surroundings),
            Inquiry::None | Inquiry::Asked(_) => None,
        }
    }

    /// Whether WebGPU may still take over by itself from a CPU engine that failed.
    pub fn awaits_gpu(&self) -> bool {
        self.gpu.state == State::Loading || matches!(self.surroundings, Inquiry::Asked(_))
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

    /// Whether the newest answer is that to the newest question.
    pub fn is_settled(&self) -> bool {
        self.latest.id == self.asked
    }

    pub(super) fn get(&self, kind: Kind) -> &Engine {
        match kind {
            Kind::Cpu => &self.cpu,
            Kind::Gpu => &self.gpu,
        }
    }

    pub(super) fn engine(&mut self, kind: Kind) -> &mut Engine {
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
}
