//! What a page asks of the laboratory's worker and what it answers. Settings travel as the text that a link holds.

use js_sys::Float32Array;
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
    /// The worker cannot go on.
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

/// The numbers of one step; NaN where a number does not exist.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Numbers {
    /// Steps done.
    pub step: f32,
    /// Weight of the domain loss.
    pub lambda: f32,
    /// D's loss.
    pub domain_loss: f32,
    /// The weighted sum that F and C learn from.
    pub feature_loss: f32,
    /// C's cross-entropy on the source.
    pub class_loss: f32,
    /// Share of source points classified correctly, 0 to 1.
    pub source_accuracy: f32,
    /// The same of target points whose class is known.
    pub target_accuracy: f32,
    /// D's accuracy, averaged over the two domains: 0.5 is chance.
    pub domain_accuracy: f32,
}

/// The values of [`Numbers`], in their order.
const VALUES: usize = 8;

impl Numbers {
    fn to_values(self) -> [f32; VALUES] {
        [
            self.step,
            self.lambda,
            self.domain_loss,
            self.feature_loss,
            self.class_loss,
            self.source_accuracy,
            self.target_accuracy,
            self.domain_accuracy,
        ]
    }

    fn from_values(values: &[f32; VALUES]) -> Self {
        let [
            step,
            lambda,
            domain_loss,
            feature_loss,
            class_loss,
            rest @ ..,
        ] = *values;
        let [source_accuracy, target_accuracy, domain_accuracy] = rest;
        Self {
            step,
            lambda,
            domain_loss,
            feature_loss,
            class_loss,
            source_accuracy,
            target_accuracy,
            domain_accuracy,
        }
    }
}

/// A run to be drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    /// Whether the run began anew: what was heard before belongs to another.
    pub is_new: bool,
    /// The numbers of each step since the last frame; where there was none, those of the run as it is.
    pub numbers: Vec<Numbers>,
    /// Two coordinates in the feature plane for each source point, then for each target point.
    pub features: Vec<f32>,
    /// For the same points, four values: the gradient of D's loss, then what F gets instead.
    pub arrows: Vec<f32>,
    /// What the grid over the feature plane covers: least x and y, greatest x and y.
    pub bounds: Vec<f32>,
    /// Cells along each side of a grid.
    pub side: u32,
    /// Each class's probability in each cell of the input plane, rows from the lowest y.
    pub classes: Vec<f32>,
    /// D's probability of the source in each cell of the feature plane.
    pub domains: Vec<f32>,
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

impl Frame {
    fn to_message(&self) -> Message {
        let numbers: Vec<f32> = self
            .numbers
            .iter()
            .flat_map(|numbers| numbers.to_values())
            .collect();
        let array = |values: &[f32]| Float32Array::from(values);
        Message::new("Frame")
            .with("isNew", self.is_new)
            .with("numbers", array(&numbers))
            .with("features", array(&self.features))
            .with("arrows", array(&self.arrows))
            .with("bounds", array(&self.bounds))
            .with("side", self.side)
            .with("classes", array(&self.classes))
            .with("domains", array(&self.domains))
    }

    fn from_message(message: &Message) -> Result<Self, MessageError> {
        let array = |name| {
            let values = message.get::<Float32Array>(name)?;
            Ok::<Vec<f32>, MessageError>(values.to_vec())
        };
        let numbers = array("numbers")?;
        let (numbers, _) = numbers.as_chunks();
        Ok(Self {
            is_new: message.truth("isNew")?,
            numbers: numbers.iter().map(Numbers::from_values).collect(),
            features: array("features")?,
            arrows: array("arrows")?,
            bounds: array("bounds")?,
            side: message.whole("side")?,
            classes: array("classes")?,
            domains: array("domains")?,
        })
    }
}

#[cfg(test)]
#[cfg(target_family = "wasm")]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn requests_come_through() {
        for request in [
            Request::Set {
                settings: "1,dm,a20".into(),
            },
            Request::Begin {
                settings: "1".into(),
            },
            Request::Step {
                trained: Trained::Classifier,
                count: 4,
            },
        ] {
            let message = request.to_message();
            assert_eq!(Request::from_message(message), Ok(request));
        }
    }

    #[wasm_bindgen_test]
    fn replies_come_through() {
        let numbers = Numbers {
            step: 3.0,
            lambda: 0.5,
            target_accuracy: 0.25,
            ..Numbers::default()
        };
        let frame = Frame {
            is_new: true,
            numbers: vec![numbers, Numbers::default()],
            features: vec![0.5, -1.0],
            arrows: vec![0.0, 0.1, 0.2, 0.3],
            bounds: vec![-1.0, -1.0, 1.0, 1.0],
            side: 1,
            classes: vec![0.25, 0.75],
            domains: vec![0.5],
        };
        let reason = || Sentence {
            english: "Why.".into(),
            chinese: "因為。".into(),
        };
        for reply in [
            Reply::Frame(frame),
            Reply::Diverged { step: 7 },
            Reply::Refused {
                reason: "noise is 3".into(),
            },
            Reply::Failed { reason: reason() },
            Reply::Outdated { reason: reason() },
        ] {
            assert_eq!(Reply::from_message(reply.to_message()), Ok(reply));
        }
    }

    #[wasm_bindgen_test]
    fn what_is_no_message_is_refused() {
        assert!(Request::from_message(JsValue::from_str("Begin")).is_err());
        assert!(Request::from_message(Message::new("Dance").into()).is_err());
        let step = Message::new("Step").with("trained", "cat").with("count", 1);
        assert!(Request::from_message(step.into()).is_err());
        assert!(Reply::from_message(Message::new("Frame").into()).is_err());
    }
}
