//! What a page asks of an engine and what it answers, as plain JavaScript objects with a `type`. Numbers travel in typed arrays, since
//! a prediction takes less than a millisecond, and a reader for any shape of message would take a good part of that.

pub mod foreign;
pub mod laboratory;
mod message;
pub mod photo;
mod sentence;

use js_sys::{Array, Float32Array, Uint8Array};
use message::Message;
pub use message::MessageError;
pub use sentence::Sentence;
use shared::classes::ClassNames;
use wasm_bindgen::prelude::*;

/// What a page asks of an engine.
#[derive(Clone, Debug)]
pub enum Request {
    /// Start the device and load weights: the first message, answered by [`Reply::Ready`], [`Reply::WeightsRefused`] or
    /// [`Reply::Failed`].
    Load {
        /// The bytes of the weights file. They stay outside of the page's own memory, which would never become smaller again.
        weights: Uint8Array,
    },
    /// Classify pictures: answered by [`Reply::Prediction`] or [`Reply::Failed`].
    Predict {
        /// Comes back in the answer.
        id: u32,
        /// One 32x32 grey picture or several, one byte a pixel, row by row.
        pictures: Vec<u8>,
    },
}

/// What an engine answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// The weights are loaded and pictures are welcome.
    Ready {
        /// What the weights know.
        model_info: ModelInfo,
    },
    /// One answer.
    Prediction {
        /// The id of the request.
        id: u32,
        /// One logit a class, in the order of the ids, of the first picture, then of the second and so on.
        logits: Vec<f32>,
        /// The features of the first picture, from 0: what the label predictor gets.
        features: Vec<f32>,
        /// Whether the first picture, taken for a drawing, shows none of the classes.
        is_unknown: bool,
        /// How long the prediction of the first picture took inside the worker.
        milliseconds: f64,
    },
    /// The bytes are no weights that the engine can use.
    WeightsRefused {
        /// What is wrong with them.
        reason: Sentence,
    },
    /// The engine cannot continue: whatever it was asked stays unanswered.
    Failed {
        /// Why.
        reason: Sentence,
    },
    /// The engine's files are gone or don't fit each other: the site was replaced while the page was open.
    Outdated {
        /// Which files.
        reason: Sentence,
    },
}

/// What weights know, and how well.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelInfo {
    /// The classes in the order of the outputs.
    pub classes: ClassNames,
    /// The measured accuracy, where there is one.
    pub measured: Option<Measured>,
}

/// An accuracy and what it was measured on.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Share of pictures classified correctly, 0 to 1.
    pub accuracy: f64,
    /// Number of pictures.
    pub pictures: usize,
    /// Which pictures, in words.
    pub on: String,
}

impl Request {
    /// The request as a message.
    pub fn to_message(&self) -> JsValue {
        match self {
            Self::Load { weights } => Message::new("Load").with("weights", weights),
            Self::Predict { id, pictures } => {
                let pictures = Uint8Array::from(pictures.as_slice());
                Message::new("Predict")
                    .with("id", *id)
                    .with("pictures", pictures)
            }
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
            "Load" => Ok(Self::Load {
                weights: message.get("weights")?,
            }),
            "Predict" => Ok(Self::Predict {
                id: message.whole("id")?,
                pictures: message.get::<Uint8Array>("pictures")?.to_vec(),
            }),
            other => Err(MessageError::Type(other.into())),
        }
    }
}

impl Reply {
    /// The reply as a message.
    pub fn to_message(&self) -> JsValue {
        let told = |kind, reason: &Sentence| Message::new(kind).with("reason", reason.to_js());
        match self {
            Self::Ready { model_info } => model_info.to_message(),
            Self::Prediction {
                id,
                logits,
                features,
                is_unknown,
                milliseconds,
            } => Message::new("Prediction")
                .with("id", *id)
                .with("logits", Float32Array::from(logits.as_slice()))
                .with("features", Float32Array::from(features.as_slice()))
                .with("isUnknown", *is_unknown)
                .with("milliseconds", *milliseconds),
            Self::WeightsRefused { reason } => told("WeightsRefused", reason),
            Self::Failed { reason } => told("Failed", reason),
            Self::Outdated { reason } => told("Outdated", reason),
        }
        .into()
    }

    /// The reply in a message of a worker, or of the script that starts it.
    ///
    /// # Errors
    /// When it is none.
    pub fn from_message(message: JsValue) -> Result<Self, MessageError> {
        let message = Message::from(message);
        let reason = || message.sentence("reason");
        Ok(match message.kind()?.as_str() {
            "Ready" => Self::Ready {
                model_info: ModelInfo::from_message(&message)?,
            },
            "Prediction" => Self::Prediction {
                id: message.whole("id")?,
                logits: message.get::<Float32Array>("logits")?.to_vec(),
                features: message.get::<Float32Array>("features")?.to_vec(),
                is_unknown: message.truth("isUnknown")?,
                milliseconds: message.number("milliseconds")?,
            },
            "WeightsRefused" => Self::WeightsRefused { reason: reason()? },
            "Failed" => Self::Failed { reason: reason()? },
            "Outdated" => Self::Outdated { reason: reason()? },
            other => return Err(MessageError::Type(other.into())),
        })
    }
}

impl ModelInfo {
    fn to_message(&self) -> Message {
        let classes: Array = self.classes.names().iter().map(JsValue::from).collect();
        let message = Message::new("Ready").with("classes", classes);
        match &self.measured {
            None => message,
            Some(measured) => message
                .with("accuracy", measured.accuracy)
                .with("pictures", measured.pictures as f64)
                .with("on", measured.on.as_str()),
        }
    }

    fn from_message(message: &Message) -> Result<Self, MessageError> {
        let names = message.get::<Array>("classes")?.into_iter();
        let names: Option<Vec<String>> = names.map(|name| name.as_string()).collect();
        let classes = names.and_then(|names| ClassNames::new(names).ok());
        Ok(Self {
            classes: classes.ok_or(MessageError::Value("classes"))?,
            measured: match message.number("accuracy") {
                Err(_) => None,
                Ok(accuracy) => Some(Measured {
                    accuracy,
                    pictures: message.whole("pictures")? as usize,
                    on: message.text("on")?,
                }),
            },
        })
    }
}

#[cfg(test)]
#[cfg(target_family = "wasm")]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn requests_survive_the_way() {
        let load = Request::Load {
            weights: Uint8Array::from([1u8, 2, 3].as_slice()),
        };
        let Ok(Request::Load { weights }) = Request::from_message(load.to_message()) else {
            panic!("another request");
        };
        assert_eq!(weights.to_vec(), [1, 2, 3]);
        let predict = Request::Predict {
            id: u32::MAX,
            pictures: vec![0, 127, 255],
        };
        let Ok(Request::Predict { id, pictures }) = Request::from_message(predict.to_message())
        else {
            panic!("another request");
        };
        assert_eq!((id, pictures), (u32::MAX, vec![0, 127, 255]));
    }

    #[test]
    fn replies_survive_the_way() {
        let classes = ClassNames::new(vec!["cat".into(), "dog".into()]).unwrap();
        let measured = Measured {
            accuracy: 0.875,
            pictures: 10_000,
            on: "doodles".into(),
        };
        let ready = |measured| Reply::Ready {
            model_info: ModelInfo {
                classes: classes.clone(),
                measured,
            },
        };
        let prediction = Reply::Prediction {
            id: 7,
            logits: vec![1.5, -2.0],
            features: vec![0.0, 0.25],
            is_unknown: true,
            milliseconds: 11.5,
        };
        let failed = Reply::Failed {
            reason: Sentence::new("No engine.", "沒有引擎。"),
        };
        for reply in [ready(None), ready(Some(measured)), prediction, failed] {
            assert_eq!(Reply::from_message(reply.to_message()), Ok(reply));
        }
    }

    #[test]
    fn what_is_no_message_is_refused_by_name() {
        let refused = |message: JsValue| Reply::from_message(message).unwrap_err().to_string();
        assert_eq!(refused(JsValue::NULL), "it has no `type`");
        assert_eq!(refused("Failed".into()), "it has no `type`");
        let unknown = Message::new("Song");
        assert_eq!(refused(unknown.into()), "its type `Song` is unknown");
        let incomplete = Message::new("Prediction").with("id", -1);
        assert_eq!(refused(incomplete.into()), "its `id` is missing or wrong");
    }
}

#[cfg(all(test, target_family = "wasm"))]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
