use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};
use shared::classes::{ClassId, ClassNames};
use tsne::{Tsne, TsneError};

use super::{SampledPictures, Settings};
use crate::evaluation::Predictor;

/// One epoch's features in two dimensions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EpochEmbedding {
    /// The snapshot's epoch, from 0.
    pub epoch: u32,
    /// Kullback-Leibler divergence of the embedding from the features' affinities, in nats.
    pub divergence: f64,
    /// Where each photo is.
    pub source: Vec<[f32; 2]>,
    /// Where each doodle is.
    pub target: Vec<[f32; 2]>,
}

/// A run's embeddings, all on the same axes: positions are from 0 to 1, y upwards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Embeddings {
    /// Names of the classes.
    pub classes: ClassNames,
    /// The class of each photo.
    pub labels: Vec<ClassId>,
    /// The number of each doodle.
    pub ids: Vec<u64>,
    /// One embedding for each snapshot, in order.
    pub epochs: Vec<EpochEmbedding>,
}

impl EpochEmbedding {
    /// The embedding of one epoch's classifier. It starts from the embedding before, where there is one, so that pictures
    /// move as little as possible. Its positions are those of the descent, not yet from 0 to 1.
    ///
    /// `progress` is called with the number of steps taken and may stop the descent: the result is none then.
    ///
    /// # Errors
    /// Where the features cannot be embedded, such as those of a network that diverged.
    pub fn new(
        epoch: u32,
        predictor: &Predictor,
        pictures: &SampledPictures,
        settings: &Settings,
        before: Option<&Self>,
        mut progress: impl FnMut(usize) -> ControlFlow<()>,
    ) -> Result<Option<Self>, TsneError> {
        let mut rows = predictor.features(&pictures.photos, |_| ());
        rows.extend(predictor.features(&pictures.doodles, |_| ()));
        let count = pictures.photos.len() + pictures.doodles.len();
        let width = rows.len() / count.max(1);
        let tsne = Tsne {
            perplexity: settings.perplexity,
            iterations: settings.iterations,
            seed: settings.seed,
            ..Tsne::default()
        };
        let initial = before.map(|embedding| [&embedding.source[..], &embedding.target].concat());
        let mut stopped = false;
        let embedding = tsne.embed(&rows, width, initial.as_deref(), |step| {
            let flow = progress(step);
            stopped |= flow.is_break();
            flow
        })?;
        if stopped {
            return Ok(None);
        }
        let mut source = embedding.positions;
        let target = source.split_off(pictures.photos.len());
        Ok(Some(Self {
            epoch,
            divergence: embedding.divergence,
            source,
            target,
        }))
    }
}

impl Embeddings {
    /// Puts embeddings of the same pictures on the same axes.
    pub fn new(
        classes: ClassNames,
        pictures: &SampledPictures,
        epochs: Vec<EpochEmbedding>,
    ) -> Self {
        let mut embeddings = Self {
            classes,
            labels: pictures.labels.clone(),
            ids: pictures.ids.clone(),
            epochs,
        };
        let positions = || {
            embeddings
                .epochs
                .iter()
                .flat_map(|embedding| embedding.source.iter().chain(&embedding.target))
        };
        let bound = |axis: usize, start: f32, pick: fn(f32, f32) -> f32| {
            positions().map(|position| position[axis]).fold(start, pick)
        };
        let low = [0, 1].map(|axis| bound(axis, f32::MAX, f32::min));
        let high = [0, 1].map(|axis| bound(axis, f32::MIN, f32::max));
        let side = (high[0] - low[0])
            .max(high[1] - low[1])
            .max(f32::MIN_POSITIVE);
        // In the middle of the unit square; four digits are a tenth of a pixel.
        let scale = |position: &mut [f32; 2]| {
            for axis in [0, 1] {
                let middle = (low[axis] + high[axis]) / 2.0;
                let unit = 0.5 + 0.96 * (position[axis] - middle) / side;
                position[axis] = (unit * 1e4).round() / 1e4;
            }
        };
        for embedding in &mut embeddings.epochs {
            embedding
                .source
                .iter_mut()
                .chain(&mut embedding.target)
                .for_each(scale);
        }
        embeddings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_embeddings_share_their_axes() {
        let embedding = |epoch, scale: f32| EpochEmbedding {
            epoch,
            divergence: 1.0,
            source: vec![[-scale, -scale], [scale, 0.0]],
            target: vec![[0.0, scale / 2.0]],
        };
        let pictures = SampledPictures {
            labels: vec![ClassId(0), ClassId(1)],
            ids: vec![7],
            ..SampledPictures::default()
        };
        let embeddings = Embeddings::new(
            ClassNames::default(),
            &pictures,
            vec![embedding(0, 1.0), embedding(9, 10.0)],
        );
        let [first, last] = &embeddings.epochs[..] else {
            panic!()
        };
        assert_eq!(last.source[0], [0.02, 0.14]);
        assert_eq!(last.source[1][0], 0.98);
        let size = |embedding: &EpochEmbedding| embedding.source[1][0] - embedding.source[0][0];
        assert!((size(last) / size(first) - 10.0).abs() < 0.02);
    }
}
