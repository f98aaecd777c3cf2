//! What a page asks of the laboratory's worker and what it answers. Settings travel as the text that a link holds.

mod frame;

pub use frame::{Frame, Numbers};
use wasm_bindgen::prelude::*;

use crate::Sentence;
use crate::message::{Message, MessageError};

/// What a page asks of the laboratory's worker, which keeps one run. Each request is answered by one [`Reply`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Other settings: the run continues where it can, and begins anew where data or networks differ.
    Set {
        /// The settings.
        settings: String,
    },
    /// Begin a run, in any case anew.
    Begin {
        /// The settings.
        settings: String,
    },
    /// Train.
    Step {
        /// What is trained.
        trained: Trained,
        /// So many steps, at least 1.
        count: u32,
    },
}

/// What a step trains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trained {
    /// D, then F and C.
    All,
    /// D alone.
    Domain,
    /// F and C against D as it is.
    Classifier,
}

/// What the worker answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// The run as it is now.
    Frame(Frame),
    /// The loss is no longer finite; the run can only begin anew.
    Diverged {
        /// The step, from 1.
        step: u32,
    },
    /// The settings are none, or out of their ranges.
    Refused {
        /// Why, as a developer reads it.
        reason: String,
    },
    /// The worker cannot continue.
    Failed {
        /// Why.
        reason: Sentence,
    },
    /// The worker's files are gone or don't fit each other.
    Outdated {
        /// Which files.
        reason: Sentence,
    },
}

impl Request {
    /// The request as a message.
    pub fn to_message(&self) -> JsValue {
        match self {
            Self::Set { settings } => Message::new("Set").with("settings", settings.as_str()),
            Self::Begin { settings } => Message::new("Begin").with("settings", settings.as_str()),
            Self::Step { trained, count } => Message::new("Step")
                .with("trained", trained.name())
                .with("count", *count),
        }
        .into()
    }

    /// The request in a message.
    ///
    /// # Errors
    /// When it is none.
    pub fn from_message(message: JsValue) -> Result<Self, MessageError> {
        let message = Message::from(message);
        match message.kind()?.as_str() {
            "Set" => Ok(Self::Set {
                settings: message.text("settings")?,
            }),
            "Begin" => Ok(Self::Begin {
                settings: message.text("settings")?,
            }),
            "Step" => Ok(Self::Step {
                trained: Trained::named(&message.text("trained")?)?,
                count: message.whole("count")?,
            }),
            other => Err(MessageError::Type(other.into())),
        }
    }
}

impl Trained {
    fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Domain => "domain",
            Self::Classifier => "classifier",
        }
    }

    fn named(name: &str) -> Result<Self, MessageError> {
        let all = [Self::All, Self::Domain, Self::Classifier];
        let found = all.into_iter().find(|trained| trained.name() == name);
        found.ok_or(MessageError::Value("trained"))
    }
}

impl Reply {
    /// The reply as a message.
    pub fn to_message(&self) -> JsValue {
        let told = |kind, reason: &Sentence| Message::new(kind).with("reason", reason.to_js());
        match self {
            Self::Frame(frame) => frame.to_message(),
            Self::Diverged { step } => Message::new("Diverged").with("step", *step),
            Self::Refused { reason } => Message::new("Refused").with("reason", reason.as_str()),
            Self::Failed { reason } => told("Failed", reason),
            Self::Outdated { reason } => told("Outdated", reason),
        }
        .into()
    }

    /// The reply in a message of the worker, or of the script that starts it.
    ///
    /// # Errors
    /// When it is none.
    pub fn from_message(message: JsValue) -> Result<Self, MessageError> {
        let message = Message::from(message);
        Ok(match message.kind()?.as_str() {
            "Frame" => Self::Frame(Frame::from_message(&message)?),
            "Diverged" => Self::Diverged {
                step: message.whole("step")?,
            },
            "Refused" => Self::Refused {
                reason: message.text("reason")?,
            },
            "Failed" => Self::Failed {
                reason: message.sentence("reason")?,
            },
            "Outdated" => Self::Outdated {
                reason: message.sentence("reason")?,
            },
            other => return Err(MessageError::Type(other.into())),
        })
    }
}

#[cfg(test)]
#[cfg(target_family = "wasm")]
mod tests;
