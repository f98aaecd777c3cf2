//! The golden pictures: what OpenCV, Pillow and cairo answer. `tests/golden/make.py` makes them and describes the file.

use std::io::Read;

use flate2::read::ZlibDecoder;
use image::{GrayImage, RgbImage};
use serde::Deserialize;
use shared::drawing::Drawing;

const FILE: &[u8] = include_bytes!("../golden/golden.bin");

/// A picture with its name.
pub struct Picture {
    /// What is in it, for messages.
    pub name: String,
    /// Its pixels.
    pub pixels: Pixels,
}

/// Grey or colour.
#[derive(Clone, Debug, PartialEq)]
pub enum Pixels {
    /// One byte a pixel.
    Grey(GrayImage),
    /// Three bytes a pixel.
    Rgb(RgbImage),
}

/// What was done to a source picture or a drawing.
#[derive(Deserialize)]
#[serde(tag = "operation", rename_all = "lowercase")]
pub enum Operation {
    /// Pillow's `convert("L")`.
    Luma {
        /// Place of the source among the pictures.
        source: usize,
    },
    /// OpenCV's `Canny`.
    Canny {
        /// Place of the source among the pictures.
        source: usize,
        /// First threshold.
        low: f64,
        /// Second threshold.
        high: f64,
    },
    /// Pillow's bilinear `resize` to the answer's size.
    Resize {
        /// Place of the source among the pictures.
        source: usize,
    },
    /// Pillow's nearest `rotate`.
    Rotate {
        /// Place of the source among the pictures.
        source: usize,
        /// Counter-clockwise.
        degrees: f64,
    },
    /// Quick, Draw!'s bitmap by cairo.
    Rasterise {
        /// The strokes, before any scaling.
        drawing: Drawing,
    },
}

/// An operation and its right answer.
#[derive(Deserialize)]
pub struct Case {
    /// What was done.
    #[serde(flatten)]
    pub operation: Operation,
    /// Place of the answer among the pictures.
    pub answer: usize,
}

/// Everything in the file.
pub struct Golden {
    /// Sources and answers.
    pub pictures: Vec<Picture>,
    /// Every operation.
    pub cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Index {
    pictures: Vec<Entry>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    width: u32,
    height: u32,
    channels: usize,
}

impl Golden {
    /// Reads the file that is built in.
    ///
    /// # Panics
    /// When the file is damaged.
    pub fn read() -> Self {
        let mut bytes = Vec::new();
        ZlibDecoder::new(FILE)
            .read_to_end(&mut bytes)
            .unwrap_or_else(|error| panic!("tests/golden/golden.bin: {error}: make it again"));
        let (length, rest) = bytes.split_at(4);
        let length = length
            .iter()
            .rev()
            .fold(0, |length, &byte| length << 8 | usize::from(byte));
        let (index, mut pixels) = rest.split_at(length);
        let index: Index = serde_json::from_slice(index)
            .unwrap_or_else(|error| panic!("tests/golden/golden.bin: its index: {error}"));
        let pictures = index
            .pictures
            .into_iter()
            .map(|entry| {
                let size = entry.width as usize * entry.height as usize * entry.channels;
                let (picture, rest) = pixels.split_at(size);
                pixels = rest;
                entry.picture(picture.to_vec())
            })
            .collect();
        Self {
            pictures,
            cases: index.cases,
        }
    }
}

impl Entry {
    fn picture(self, bytes: Vec<u8>) -> Picture {
        let (width, height) = (self.width, self.height);
        let pixels = match self.channels {
            1 => GrayImage::from_raw(width, height, bytes).map(Pixels::Grey),
            3 => RgbImage::from_raw(width, height, bytes).map(Pixels::Rgb),
            _ => None,
        };
        let Some(pixels) = pixels else {
            panic!(
                "tests/golden/golden.bin: {} has {} channels",
                self.name, self.channels
            );
        };
        Picture {
            name: self.name,
            pixels,
        }
    }
}

impl Picture {
    /// The picture's pixels where it is grey.
    ///
    /// # Panics
    /// When it has colours.
    pub fn grey(&self) -> &GrayImage {
        match &self.pixels {
            Pixels::Grey(grey) => grey,
            Pixels::Rgb(_) => panic!("{} is not grey", self.name),
        }
    }

    /// The picture's pixels where it has colours.
    ///
    /// # Panics
    /// When it is grey.
    pub fn rgb(&self) -> &RgbImage {
        match &self.pixels {
            Pixels::Rgb(rgb) => rgb,
            Pixels::Grey(_) => panic!("{} has no colours", self.name),
        }
    }
}

impl Pixels {
    /// Width and height.
    pub fn dimensions(&self) -> (u32, u32) {
        match self {
            Self::Grey(grey) => grey.dimensions(),
            Self::Rgb(rgb) => rgb.dimensions(),
        }
    }

    /// How many pixels differ from those of `expected`, and where the first does and how; nothing where none does.
    pub fn difference(&self, expected: &Self) -> Option<String> {
        if self.dimensions() != expected.dimensions() {
            return Some(format!(
                "is {:?} instead of {:?}",
                self.dimensions(),
                expected.dimensions()
            ));
        }
        let (ours, theirs) = (self.rows_of_pixels(), expected.rows_of_pixels());
        let wrong: Vec<usize> = (0..ours.len())
            .filter(|&place| ours[place] != theirs[place])
            .collect();
        let &first = wrong.first()?;
        let width = self.dimensions().0 as usize;
        Some(format!(
            "{} of {} pixels differ, the first at column {}, row {}: {:?} instead of {:?}",
            wrong.len(),
            ours.len(),
            first % width,
            first / width,
            ours[first],
            theirs[first],
        ))
    }

    fn rows_of_pixels(&self) -> Vec<&[u8]> {
        match self {
            Self::Grey(grey) => grey.as_raw().chunks_exact(1).collect(),
            Self::Rgb(rgb) => rgb.as_raw().chunks_exact(3).collect(),
        }
    }
}
