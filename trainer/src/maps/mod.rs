//! t-SNE maps of a run's features at its snapshots.

mod choice;
mod place;

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};
use shared::classes::{ClassId, ClassNames};

use crate::{
    evaluation::Predictor,
    training::RunFolder,
    tsne::{Tsne, TsneError},
};

pub use choice::Chosen;
pub use place::{Key, Place};

/// What decides a run's maps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Photos in a map, at most.
    pub photos: usize,
    /// Doodles in a map, at most.
    pub doodles: usize,
    /// How many neighbours each point has, about.
    pub perplexity: f32,
    /// Steps of the descent.
    pub iterations: usize,
    /// Decides which pictures are in the maps, and how the descent starts.
    pub seed: u64,
}

/// One epoch's features in two dimensions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EpochMap {
    /// The snapshot's epoch, from 0.
    pub epoch: u32,
    /// Kullback-Leibler divergence of the map from the features' affinities, in nats.
    pub divergence: f64,
    /// Where each photo is.
    pub source: Vec<[f32; 2]>,
    /// Where each doodle is.
    pub target: Vec<[f32; 2]>,
}

/// A run's maps, all on the same axes: positions are from 0 to 1, y upwards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Maps {
    /// Names of the classes.
    pub classes: ClassNames,
    /// The class of each photo.
    pub labels: Vec<ClassId>,
    /// The number of each doodle.
    pub ids: Vec<u64>,
    /// One map for each snapshot, in order.
    pub epochs: Vec<EpochMap>,
}

impl EpochMap {
    /// The map of one epoch's classifier. It starts from the map before, where there is one, so that what stays stays where it
    /// was. Its positions are those of the descent, not yet from 0 to 1.
    ///
    /// `progress` hears how many of the steps are taken and may break off: nothing comes out then.
    ///
    /// # Errors
    /// Where the features cannot be mapped, such as those of a network that diverged.
    pub fn new(
        epoch: u32,
        predictor: &Predictor,
        chosen: &Chosen,
        settings: &Settings,
        before: Option<&Self>,
        mut progress: impl FnMut(usize) -> ControlFlow<()>,
    ) -> Result<Option<Self>, TsneError> {
        let mut rows = predictor.features(&chosen.photos, |_| ());
        rows.extend(predictor.features(&chosen.doodles, |_| ()));
        let count = chosen.photos.len() + chosen.doodles.len();
        let width = rows.len() / count.max(1);
        let tsne = Tsne {
            perplexity: settings.perplexity,
            iterations: settings.iterations,
            seed: settings.seed,
            ..Tsne::default()
        };
        let initial = before.map(|map| [&map.source[..], &map.target].concat());
        let mut stopped = false;
        let map = tsne.embed(&rows, width, initial.as_deref(), |step| {
            let flow = progress(step);
            stopped |= flow.is_break();
            flow
        })?;
        if stopped {
            return Ok(None);
        }
        let mut source = map.positions;
        let target = source.split_off(chosen.photos.len());
        Ok(Some(Self {
            epoch,
            divergence: map.divergence,
            source,
            target,
        }))
    }
}

impl Maps {
    /// Puts maps of the same pictures on the same axes.
    pub fn new(classes: ClassNames, chosen: &Chosen, epochs: Vec<EpochMap>) -> Self {
        let mut maps = Self {
            classes,
            labels: chosen.labels.clone(),
            ids: chosen.ids.clone(),
            epochs,
        };
        let positions = || {
            maps.epochs
                .iter()
                .flat_map(|map| map.source.iter().chain(&map.target))
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
        for map in &mut maps.epochs {
            map.source.iter_mut().chain(&mut map.target).for_each(scale);
        }
        maps
    }

    /// The maps that `tsne` left in a run's folder, where it was run.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn of_run(run: &RunFolder) -> anyhow::Result<Option<Self>> {
        Place::of_run(run).read_all()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_maps_share_their_axes() {
        let map = |epoch, scale: f32| EpochMap {
            epoch,
            divergence: 1.0,
            source: vec![[-scale, -scale], [scale, 0.0]],
            target: vec![[0.0, scale / 2.0]],
        };
        let chosen = Chosen {
            labels: vec![ClassId(0), ClassId(1)],
            ids: vec![7],
            ..Chosen::default()
        };
        let maps = Maps::new(
            ClassNames::default(),
            &chosen,
            vec![map(0, 1.0), map(9, 10.0)],
        );
        let [first, last] = &maps.epochs[..] else {
            panic!()
        };
        assert_eq!(last.source[0], [0.02, 0.14]);
        assert_eq!(last.source[1][0], 0.98);
        let size = |map: &EpochMap| map.source[1][0] - map.source[0][0];
        assert!((size(last) / size(first) - 10.0).abs() < 0.02);
    }
}
