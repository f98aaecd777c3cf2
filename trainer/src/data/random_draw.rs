//! Pictures that are prepared once, and the random draw of each in an epoch.

use image::GrayImage;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use rayon::prelude::*;
use shared::drawing::Drawing;
use shared::input::{grey_from_doodle, photo_grey};

use super::augmentation::{PIXELS, apply_after_strokes};
use super::{Augmentation, Photos, SourceTransform};
use crate::strokes::{augment, trace};

/// What random numbers are for, so that no two uses share any.
#[derive(Debug, Clone, Copy)]
pub(super) enum RandomStream {
    SourceOrder,
    TargetOrder,
    Source,
    Target,
    TargetStrong,
}

/// The random numbers of one picture (or of one shuffle) in one epoch, the same on every thread.
pub(super) fn random(seed: u64, epoch: u64, stream: RandomStream, index: u64) -> ChaCha8Rng {
    let mut key = [0; 32];
    for (bytes, part) in key
        .chunks_exact_mut(8)
        .zip([seed, epoch, stream as u64, index])
    {
        bytes.copy_from_slice(&part.to_le_bytes());
    }
    ChaCha8Rng::from_seed(key)
}

/// Transformed photos, 32x32, before augmentation.
pub(super) struct Source {
    transform: SourceTransform,
    pictures: Vec<Vec<GrayImage>>,
}

impl Source {
    /// Computes edges once, on all cores.
    pub fn new(photos: &Photos, transform: SourceTransform) -> Self {
        let pictures = photos
            .pictures
            .par_iter()
            .map(|photo| transform.pictures(&photo_grey(photo)))
            .collect();
        Self {
            transform,
            pictures,
        }
    }

    pub fn draw(
        &self,
        index: usize,
        augmentation: Augmentation,
        random: &mut ChaCha8Rng,
        out: &mut [f32; PIXELS],
    ) {
        let picture = self.transform.draw(&self.pictures[index], random);
        augmentation.apply(&picture, random, out);
    }
}

/// Doodles at the network's size, 32x32, before their shape is changed.
pub(super) struct Target {
    pictures: Vec<GrayImage>,
    strokes: Option<Strokes>,
}

/// What may be drawn in place of strongly augmented pictures.
struct Strokes {
    /// The share of them in whose place it is.
    share: f64,
    /// The strokes of each doodle.
    drawings: Vec<Drawing>,
}

impl Target {
    /// Resizes once, on all cores. Where a share of the strongly augmented doodles is made from strokes, it traces them all, about a
    /// millisecond a doodle.
    pub fn new(doodles: &[GrayImage], stroke_augmentation: f64) -> Self {
        let pictures = doodles.par_iter();
        let strokes = (stroke_augmentation > 0.0).then(|| Strokes {
            share: stroke_augmentation,
            drawings: pictures.clone().map(trace).collect(),
        });
        Self {
            pictures: pictures.map(grey_from_doodle).collect(),
            strokes,
        }
    }

    pub fn draw(
        &self,
        index: usize,
        augmentation: Augmentation,
        random: &mut ChaCha8Rng,
        out: &mut [f32; PIXELS],
    ) {
        augmentation.apply(&self.pictures[index], random, out);
    }

    /// Strongly augmented, in pixels or in strokes.
    pub fn draw_strong(&self, index: usize, random: &mut ChaCha8Rng, out: &mut [f32; PIXELS]) {
        match &self.strokes {
            Some(strokes) if random.random_bool(strokes.share) => {
                let doodle = grey_from_doodle(&augment(&strokes.drawings[index], random));
                apply_after_strokes(&doodle, random, out);
            }
            _ => self.draw(index, Augmentation::Strong, random, out),
        }
    }
}
