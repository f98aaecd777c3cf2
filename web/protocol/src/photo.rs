//! What a page asks of the photo worker and what it answers. Pixels travel as JavaScript's own arrays, which are handed over without
//! a copy.

use js_sys::{Array, Reflect, Uint8Array, Uint8ClampedArray};
use serde::{Deserialize, Serialize};
use shared::picture::CannyThresholds;
use wasm_bindgen::JsValue;
use web_sys::File;

/// What a page asks of the photo worker.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Request {
    /// Open a file: answered by [`Reply::Opened`] or [`Reply::Refused`].
    Open {
        /// Comes back in the answer.
        id: u32,
        /// What should be a picture.
        #[serde(with = "serde_wasm_bindgen::preserve")]
        file: File,
        /// For the first edges.
        thresholds: CannyThresholds,
    },
    /// Find the edges of an opened photo with other thresholds: answered by [`Reply::Found`].
    FindEdges {
        /// Comes back in the answer.
        id: u32,
        /// [`Photo::levels`].
        levels: Levels,
        /// [`Photo::grey_32`].
        #[serde(with = "serde_bytes")]
        grey_32: Vec<u8>,
        /// The thresholds.
        thresholds: CannyThresholds,
    },
}

/// What the photo worker answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Reply {
    /// A photo, with its first edges.
    Opened {
        /// The id of the request.
        id: u32,
        /// The photo.
        photo: Photo,
        /// Its edges.
        edges: Edges,
    },
    /// A file that shows no photo.
    Refused {
        /// The id of the request.
        id: u32,
        /// Why, as one sentence for the page that names the file.
        reason: String,
    },
    /// Edges.
    Found {
        /// The id of the request.
        id: u32,
        /// The edges.
        edges: Edges,
    },
    /// The worker cannot go on: whatever it was asked stays unanswered.
    Failed {
        /// Why, as one sentence.
        reason: String,
    },
}

/// A photo as it is shown and as the model gets it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Photo {
    /// The width of the file's picture, upright, in pixels.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// The photo, shrunk where it is larger than the page shows.
    pub shown: Rgba,
    /// Its grey, to be painted.
    pub grey: Rgba,
    /// Its grey, to find edges in.
    pub levels: Levels,
    /// The grey of the whole photo's centred square at 32x32, one byte a pixel.
    #[serde(with = "serde_bytes")]
    pub grey_32: Vec<u8>,
}

/// The edges of a photo, white on black.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Edges {
    /// The thresholds that they were found with.
    pub thresholds: CannyThresholds,
    /// Those of [`Photo::levels`].
    pub shown: Rgba,
    /// Those of [`Photo::grey_32`], 0 or 255: what the model gets.
    #[serde(with = "serde_bytes")]
    pub edges_32: Vec<u8>,
}

/// A picture that a canvas takes as it is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rgba {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Four bytes a pixel, row by row.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    pub bytes: Uint8ClampedArray,
}

/// A grey picture.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Levels {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// One byte a pixel, row by row.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    pub bytes: Uint8Array,
}

impl Reply {
    /// The reply in a message of the worker, or of the script that starts it.
    ///
    /// # Errors
    /// When it is neither.
    pub fn from_message(message: JsValue) -> Result<Self, serde_wasm_bindgen::Error> {
        // The script can only say that it failed, in the form that the engines' replies have.
        if let Ok(reason) = Reflect::get(&message, &"reason".into())
            && let Some(reason) = reason.as_string()
        {
            return Ok(Self::Failed { reason });
        }
        serde_wasm_bindgen::from_value(message)
    }

    /// The buffers that a message of it can hand over.
    pub fn buffers(&self) -> Array {
        let buffers = Array::new();
        if let Self::Opened { photo, .. } = self {
            buffers.push(&photo.shown.bytes.buffer());
            buffers.push(&photo.grey.bytes.buffer());
            buffers.push(&photo.levels.bytes.buffer());
        }
        if let Self::Opened { edges, .. } | Self::Found { edges, .. } = self {
            buffers.push(&edges.shown.bytes.buffer());
        }
        buffers
    }
}

#[cfg(test)]
#[cfg(target_family = "wasm")]
mod tests {
    use js_sys::Object;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn edges_survive_the_way_with_their_own_array() {
        let bytes = Uint8ClampedArray::from(&[1, 2, 3, 255][..]);
        let reply = Reply::Found {
            id: 7,
            edges: Edges {
                thresholds: CannyThresholds::default(),
                shown: Rgba {
                    width: 1,
                    height: 1,
                    bytes,
                },
                edges_32: vec![0, 255],
            },
        };
        let message = serde_wasm_bindgen::to_value(&reply).unwrap();
        assert_eq!(reply.buffers().length(), 1);
        let Reply::Found { id: 7, edges } = Reply::from_message(message).unwrap() else {
            panic!("another reply");
        };
        assert_eq!(edges.shown.bytes.to_vec(), [1, 2, 3, 255]);
        assert_eq!(edges.edges_32, [0, 255]);
    }

    #[wasm_bindgen_test]
    fn the_starter_s_failure_is_understood() {
        let message = Object::new();
        Reflect::set(&message, &"type".into(), &"Failed".into()).unwrap();
        Reflect::set(&message, &"reason".into(), &"No program.".into()).unwrap();
        let reply = Reply::from_message(message.into()).unwrap();
        assert!(matches!(reply, Reply::Failed { reason } if reason == "No program."));
        assert!(Reply::from_message("something".into()).is_err());
    }
}
