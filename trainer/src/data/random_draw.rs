//! Pictures that are prepared once, and the random draw of each in an epoch.

use image::GrayImage;
use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use rayon::prelude::*;
use shared::input::{grey_from_doodle, photo_grey};

use super::augmentation::PIXELS;
use super::{Augmentation, Doodles, Photos, SourceTransform};

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
pub(super) struct Target(Vec<GrayImage>);

impl Target {
    /// Resizes once, on all cores.
    pub fn new(doodles: &Doodles) -> Self {
        Self(doodles.pictures.par_iter().map(grey_from_doodle).collect())
    }

    pub fn draw(
        &self,
        index: usize,
        augmentation: Augmentation,
        random: &mut ChaCha8Rng,
        out: &mut [f32; PIXELS],
    ) {
        augmentation.apply(&self.0[index], random, out);
    }
}
