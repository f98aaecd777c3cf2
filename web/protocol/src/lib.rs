//! What a page asks of an engine and what it answers, as plain JavaScript objects with a `type`.

pub mod photo;

use serde::{Deserialize, Serialize};
use shared::classes::ClassNames;

/// What a page asks of an engine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum Request {
    /// Start the device and load weights: the first message, answered by [`Reply::Ready`], [`Reply::WeightsRefused`] or
    /// [`Reply::Failed`].
    Load {
        /// The bytes of the weights file.
        #[serde(with = "serde_bytes")]
        weights: Vec<u8>,
    },
    /// Classify a picture: answered by [`Reply::Prediction`] or [`Reply::Failed`].
    Predict {
        /// Comes back in the answer.
        id: u32,
        /// The 32x32 grey picture, one byte a pixel, row by row.
        #[serde(with = "serde_bytes")]
        picture: Vec<u8>,
    },
}

/// What an engine answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
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
        /// One logit a class, in the order of the ids.
        logits: Vec<f32>,
        /// The softmax of the logits: 0 to 1, together 1.
        probabilities: Vec<f32>,
        /// How long the prediction took inside the worker.
        milliseconds: f64,
    },
    /// The bytes are no weights that the engine can use.
    WeightsRefused {
        /// What is wrong with them, as one plain sentence.
        reason: String,
    },
    /// The engine cannot go on: whatever it was asked stays unanswered.
    Failed {
        /// Why, as one plain sentence for the page.
        reason: String,
    },
    /// The engine's files are gone or don't fit each other: the site was replaced while the page was open.
    Outdated {
        /// Which files, as one plain sentence.
        reason: String,
    },
}

/// What weights know, and how well.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelInfo {
    /// The classes in the order of the outputs.
    pub classes: ClassNames,
    /// The measured accuracy, where there is one.
    pub measured: Option<Measured>,
}

/// An accuracy and what it was measured on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// Share of pictures classified correctly, 0 to 1.
    pub accuracy: f64,
    /// Number of pictures.
    pub pictures: usize,
    /// Which pictures, in words.
    pub on: String,
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn messages_carry_their_type() {
        let load = Request::Load {
            weights: vec![1, 2, 3],
        };
        let json = serde_json::to_value(&load).unwrap();
        assert_eq!(json["type"], "Load");
        assert_eq!(serde_json::from_value::<Request>(json).unwrap(), load);
    }

    #[test]
    fn a_prediction_survives_the_way() {
        let reply = Reply::Prediction {
            id: 7,
            logits: vec![1.5, -2.0],
            probabilities: vec![0.97, 0.03],
            milliseconds: 11.0,
        };
        let json = serde_json::to_string(&reply).unwrap();
        assert_eq!(serde_json::from_str::<Reply>(&json).unwrap(), reply);
    }

    #[test]
    fn the_starter_can_report_a_failure_by_hand() {
        let reply = r#"{"type": "Failed", "reason": "No engine."}"#;
        assert_eq!(
            serde_json::from_str::<Reply>(reply).unwrap(),
            Reply::Failed {
                reason: "No engine.".into()
            }
        );
        let reply = r#"{"type": "Outdated", "reason": "cpu.js is gone."}"#;
        assert_eq!(
            serde_json::from_str::<Reply>(reply).unwrap(),
            Reply::Outdated {
                reason: "cpu.js is gone.".into()
            }
        );
    }
}

#[cfg(all(test, target_family = "wasm"))]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
