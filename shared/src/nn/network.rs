//! The network: weights that are shared, and a scratch for each thread that predicts.

use super::{
    BLOCKS, BlockParts, CHANNELS, LINEAR_LAYERS, LinearParts, NetworkError, PICTURE, SIDE,
    first::{First, ROW},
    fold::{Folded, Lanes},
    last::Last,
    linear::Linear,
    map::Maps,
    parts::check,
    simd::{Simd, Work, dispatch, lanes},
    winograd::{Tiles, Winograd},
};
use crate::novelty::{Statistics, score};

/// The classifier in inference, packed for this processor's vectors.
pub struct Network {
    weights: Weights,
    novelty: Option<Statistics>,
    scratch: Scratch,
}

impl Network {
    /// Folds batch normalisation into the kernels and packs everything.
    ///
    /// `width`: channels of the first block. `blocks`: five, with 1, 2, 4, 4 and 8 times as many channels; the picture
    /// has one. `linear`: three, from 8 times the width to as many, twice, then to `classes`.
    ///
    /// # Errors
    /// Where a number of layers or the length of a tensor is another than these, or `width` or `classes` are not
    /// within 1 to [`MAX_WIDTH`](crate::architecture::MAX_WIDTH) and [`MAX_CLASSES`](super::MAX_CLASSES). Values are not looked at:
    /// what is infinite or not a number shows in the logits.
    pub fn new(
        width: usize,
        classes: usize,
        blocks: &[BlockParts<'_>],
        linear: &[LinearParts<'_>],
    ) -> Result<Self, NetworkError> {
        check(width, classes, blocks, linear)?;
        let weights = Weights::new(width, classes, blocks, linear, Lanes(lanes()));
        let scratch = Scratch::new(&weights, 1);
        Ok(Self {
            weights,
            novelty: None,
            scratch,
        })
    }

    /// The same network with what tells pictures of none of the classes.
    #[must_use]
    pub fn with_novelty(self, novelty: Option<Statistics>) -> Self {
        Self { novelty, ..self }
    }

    /// What tells pictures of none of the classes, where it is known.
    pub fn novelty(&self) -> Option<&Statistics> {
        self.novelty.as_ref()
    }

    /// The [`score`](crate::novelty::score) of the picture predicted last; none without [`Network::novelty`].
    pub fn novelty_score(&self) -> Option<f32> {
        let logits = &self.scratch.logits[..self.weights.classes];
        let statistics = self.novelty.as_ref()?;
        Some(score(statistics, self.features(), logits))
    }

    /// Number of classes.
    pub fn classes(&self) -> usize {
        self.weights.classes
    }

    /// Everything that prediction only reads.
    #[cfg(feature = "nn-batch")]
    pub(super) fn weights(&self) -> &Weights {
        &self.weights
    }

    /// A picture `[32, 32]`, row by row, in `[0, 1]`, to one logit a class. Allocates nothing.
    pub fn predict(&mut self, picture: &[f32; PICTURE]) -> &[f32] {
        self.scratch
            .predict(&self.weights, core::slice::from_ref(picture));
        &self.scratch.logits[..self.weights.classes]
    }

    /// The features of the picture predicted last, `[8 width]`, from 0: what the feature extractor gives to the label predictor.
    /// All 0 before the first prediction.
    pub fn features(&self) -> &[f32] {
        &self.scratch.maps[BLOCKS - 1].values[..CHANNELS[BLOCKS - 1] * self.weights.width]
    }
}

/// Everything that prediction only reads.
pub struct Weights {
    width: usize,
    /// Number of classes.
    pub classes: usize,
    lanes: Lanes,
    first: First,
    middle: Vec<Winograd>,
    last: Last,
    linear: Vec<Linear>,
}

impl Weights {
    fn new(
        width: usize,
        classes: usize,
        blocks: &[BlockParts<'_>],
        linear: &[LinearParts<'_>],
        lanes: Lanes,
    ) -> Self {
        let channels = CHANNELS.map(|factor| factor * width);
        let features = channels[BLOCKS - 1];
        let folded = |index: usize| {
            let (inputs, depth) = match index.checked_sub(1) {
                // The picture has one channel, in memory too.
                None => (1, 1),
                Some(before) => (channels[before], lanes.padded(channels[before])),
            };
            Folded::new(&blocks[index], inputs, depth, channels[index], lanes)
        };
        Self {
            width,
            classes,
            lanes,
            first: First::new(folded(0), lanes),
            middle: (1..BLOCKS - 1)
                .map(|index| Winograd::new(folded(index), lanes))
                .collect(),
            last: Last::new(folded(BLOCKS - 1), lanes),
            linear: linear
                .iter()
                .enumerate()
                .map(|(index, parts)| {
                    Linear::new(parts, features, index + 1 < LINEAR_LAYERS, lanes)
                })
                .collect(),
        }
    }
}

/// What prediction writes to: room for up to a number of pictures at a time.
pub struct Scratch {
    /// `[n, 34, 34]`, with a border of zeros.
    pictures: Vec<f32>,
    /// What comes out of each block.
    maps: Vec<Maps>,
    tiles: Tiles,
    hidden: [Vec<f32>; 2],
    /// `[n, classes]`, padded.
    pub logits: Vec<f32>,
}

impl Scratch {
    /// For up to `pictures` at a time.
    pub fn new(weights: &Weights, pictures: usize) -> Self {
        let (lanes, width) = (weights.lanes, weights.width);
        let maps = CHANNELS.iter().enumerate().map(|(index, factor)| {
            // The last block needs no border, and no convolution follows it.
            let border = usize::from(index + 2 < BLOCKS);
            Maps::new(pictures, SIDE >> (index + 1), border, factor * width, lanes)
        });
        let features = pictures * lanes.padded(CHANNELS[BLOCKS - 1] * width);
        Self {
            pictures: vec![0.0; pictures * ROW * ROW],
            maps: maps.collect(),
            tiles: Tiles::new(CHANNELS[BLOCKS - 2] * width, lanes),
            hidden: [vec![0.0; features], vec![0.0; features]],
            logits: vec![0.0; pictures * lanes.padded(weights.classes)],
        }
    }

    /// Leaves the logits of up to as many pictures as there is room for.
    pub fn predict(&mut self, weights: &Weights, pictures: &[[f32; PICTURE]]) {
        dispatch(Prediction {
            weights,
            pictures: self.take(pictures),
            scratch: self,
        });
    }

    /// Copies pictures into their borders. Returns how many they are.
    fn take(&mut self, pictures: &[[f32; PICTURE]]) -> usize {
        let padded = self.pictures.chunks_exact_mut(ROW * ROW);
        for (padded, picture) in padded.zip(pictures) {
            let rows = padded[ROW..].chunks_exact_mut(ROW);
            for (row, values) in rows.zip(picture.chunks_exact(SIDE)) {
                row[1..=SIDE].copy_from_slice(values);
            }
        }
        pictures.len()
    }
}

struct Prediction<'a> {
    weights: &'a Weights,
    /// How many the scratch has taken.
    pictures: usize,
    scratch: &'a mut Scratch,
}

impl Work for Prediction<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, simd: S) {
        let Self {
            weights,
            scratch,
            pictures,
        } = self;
        weights.first.run(
            simd,
            &scratch.pictures[..pictures * ROW * ROW],
            &mut scratch.maps[0],
        );
        for (index, block) in weights.middle.iter().enumerate() {
            let (before, after) = scratch.maps.split_at_mut(index + 1);
            block.run(
                simd,
                pictures,
                &before[index],
                &mut scratch.tiles,
                &mut after[0],
            );
        }
        let (before, after) = scratch.maps.split_at_mut(BLOCKS - 1);
        weights
            .last
            .run(simd, pictures, &before[BLOCKS - 2], &mut after[0]);
        let [one, two] = &mut scratch.hidden;
        let features = scratch.maps[BLOCKS - 1].channels * pictures;
        let logits = &mut scratch.logits[..];
        weights.linear[0].run(simd, &scratch.maps[BLOCKS - 1].values[..features], one);
        weights.linear[1].run(simd, &one[..features], two);
        weights.linear[2].run(simd, &two[..features], logits);
    }
}

#[cfg(test)]
mod tests;
