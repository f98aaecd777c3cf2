//! What a page asks of the photo worker and what it answers. Pixels travel as JavaScript's own arrays, which are handed over without
//! a copy.

use js_sys::{Array, Reflect, Uint8ClampedArray};
use serde::{Deserialize, Serialize};
use shared::picture::{CannyThresholds, Square};
use wasm_bindgen::JsValue;
use web_sys::{File, ImageBitmap};

use crate::Sentence;

/// What a page asks of the photo worker, which keeps the newest photo.
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
        wanted: Wanted,
    },
    /// Take a frame of the camera for the photo: answered as [`Request::Open`].
    Frame {
        /// Comes back in the answer.
        id: u32,
        /// The frame, which is handed over.
        #[serde(with = "serde_wasm_bindgen::preserve")]
        bitmap: ImageBitmap,
        /// For its edges.
        wanted: Wanted,
    },
    /// Keep a photo that another worker opened. It has no answer.
    Keep {
        /// [`Photo::shown`].
        shown: Rgba,
        /// [`Photo::centred_32`].
        #[serde(with = "serde_bytes")]
        centred_32: Vec<u8>,
    },
    /// Find edges of the photo that the worker keeps: answered by [`Reply::Found`].
    FindEdges {
        /// Comes back in the answer.
        id: u32,
        /// Which.
        wanted: Wanted,
    },
}

/// Which edges are wanted of a photo.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Wanted {
    /// The thresholds.
    pub thresholds: CannyThresholds,
    /// What the model sees, in pixels of [`Photo::shown`]; without one, the centred square.
    pub crop: Option<Crop>,
    /// Edges are found at the resolution at which they are shown: width and height in pixels of the screen, 0 where they are not
    /// known. A photo with fewer pixels keeps its own.
    pub room: (u32, u32),
    /// The larger side, in pixels, of the panels that compare [`CannyThresholds::PRESETS`]; 0 for none.
    pub panel: u32,
}

/// A square of a photo, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crop {
    /// Its first column.
    pub left: u32,
    /// Its first row.
    pub top: u32,
    /// Its width and height.
    pub side: u32,
}

impl Crop {
    /// The centred square of a picture of `width` x `height`, which training takes.
    pub fn centred_in(size: (u32, u32)) -> Self {
        let Square { left, top, side } = Square::centred_in(size);
        Self { left, top, side }
    }

    /// The crop moved and shrunk as far as a picture of `width` x `height` (at least 1) requires.
    pub fn within(self, (width, height): (u32, u32)) -> Self {
        let side = self.side.clamp(1, width.min(height).max(1));
        Self {
            left: self.left.min(width.saturating_sub(side)),
            top: self.top.min(height.saturating_sub(side)),
            side,
        }
    }
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
        /// Why, with the file's name.
        reason: Sentence,
    },
    /// Edges.
    Found {
        /// The id of the request.
        id: u32,
        /// The edges.
        edges: Edges,
    },
    /// The worker cannot continue: whatever it was asked stays unanswered.
    Failed {
        /// Why.
        reason: Sentence,
    },
}

/// A photo as it is shown.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Photo {
    /// The width of the file's picture, upright, in pixels.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// The photo, shrunk where it is larger than any page shows.
    pub shown: Rgba,
    /// The grey of the whole photo's centred square at 32x32, one byte a pixel.
    #[serde(with = "serde_bytes")]
    pub centred_32: Vec<u8>,
}

/// The edges of a photo, white on black.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Edges {
    /// What was wanted.
    pub wanted: Wanted,
    /// The edges of the whole photo, as large as they are shown.
    pub shown: Rgba,
    /// The grey of the crop at 32x32, one byte a pixel.
    #[serde(with = "serde_bytes")]
    pub grey_32: Vec<u8>,
    /// Its edges, 0 or 255: what the model gets.
    #[serde(with = "serde_bytes")]
    pub edges_32: Vec<u8>,
    /// The edges of the whole photo with each of [`CannyThresholds::PRESETS`]; none where [`Wanted::panel`] is 0.
    pub panels: Vec<Rgba>,
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

impl Request {
    /// What a message of it hands over.
    pub fn handed_over(&self) -> Array {
        match self {
            Self::Frame { bitmap, .. } => Array::of1(bitmap),
            _ => Array::new(),
        }
    }
}

impl Reply {
    /// The reply in a message of the worker, or of the script that starts it.
    ///
    /// # Errors
    /// When it is neither.
    pub fn from_message(message: JsValue) -> Result<Self, serde_wasm_bindgen::Error> {
        // The script can only say that it failed, in the form that the engines' replies have.
        if let Ok(reason) = Reflect::get(&message, &"reason".into())
            && let Some(reason) = Sentence::from_js(&reason)
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
        }
        if let Self::Opened { edges, .. } | Self::Found { edges, .. } = self {
            for picture in edges.panels.iter().chain([&edges.shown]) {
                buffers.push(&picture.bytes.buffer());
            }
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
                wanted: Wanted {
                    crop: Some(Crop::centred_in((9, 5))),
                    ..Wanted::default()
                },
                shown: Rgba {
                    width: 1,
                    height: 1,
                    bytes,
                },
                grey_32: vec![9],
                edges_32: vec![0, 255],
                panels: Vec::new(),
            },
        };
        let message = serde_wasm_bindgen::to_value(&reply).unwrap();
        assert_eq!(reply.buffers().length(), 1);
        let Reply::Found { id: 7, edges } = Reply::from_message(message).unwrap() else {
            panic!("another reply");
        };
        assert_eq!(edges.shown.bytes.to_vec(), [1, 2, 3, 255]);
        assert_eq!(edges.edges_32, [0, 255]);
        let (left, top, side) = (2, 0, 5);
        assert_eq!(edges.wanted.crop, Some(Crop { left, top, side }));
    }

    #[wasm_bindgen_test]
    fn the_starter_s_failure_is_understood() {
        let message = Object::new();
        Reflect::set(&message, &"type".into(), &"Failed".into()).unwrap();
        let sentence = Sentence::new("No program.", "沒有程式。");
        Reflect::set(&message, &"reason".into(), &sentence.to_js()).unwrap();
        let reply = Reply::from_message(message.into()).unwrap();
        assert!(matches!(reply, Reply::Failed { reason } if reason == sentence));
        assert!(Reply::from_message("something".into()).is_err());
    }

    #[wasm_bindgen_test]
    fn a_crop_is_brought_into_the_picture() {
        let crop = |left, top, side| Crop { left, top, side };
        assert_eq!(crop(30, 5, 20).within((40, 50)), crop(20, 5, 20));
        assert_eq!(crop(3, 9, 200).within((40, 50)), crop(0, 9, 40));
        assert_eq!(crop(0, 0, 0).within((40, 50)), crop(0, 0, 1));
        assert_eq!(crop(7, 7, 7).within((40, 50)), crop(7, 7, 7));
    }
}
