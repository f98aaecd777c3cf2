//! Batches of both domains, made on a thread of their own while the network learns from the one before.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use rand::rngs::ChaCha8Rng;
use rand::seq::SliceRandom;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use shared::picture::CannyThresholds;

use super::augment::{Source, Stream, Target, random};
use super::geometry::PIXELS;
use super::{Doodles, Geometry, Photos, SourceView};

/// Batches made ahead of the one being learnt from.
const AHEAD: usize = 2;

/// How batches are made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BatchConfig {
    /// Pictures of each domain in a batch.
    pub size: usize,
    /// Decides every shuffle and every change of a picture.
    pub seed: u64,
    /// What of a photo the network sees.
    pub view: SourceView,
    /// For [`SourceView::Canny`].
    pub thresholds: CannyThresholds,
    /// How photos are changed.
    pub source: Geometry,
    /// How doodles are changed.
    pub target: Geometry,
    /// Whether each doodle comes a second time, changed by [`Geometry::Strong`].
    pub target_strong: bool,
}

impl Default for BatchConfig {
    /// The course's: batches of 256, Canny edges, flips and rotations.
    fn default() -> Self {
        Self {
            size: 256,
            seed: 0,
            view: SourceView::default(),
            thresholds: CannyThresholds::default(),
            source: Geometry::default(),
            target: Geometry::default(),
            target_strong: false,
        }
    }
}

/// Why batches cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BatchesError {
    /// A batch of nothing.
    #[error("the batch size is 0; give at least 1")]
    NoSize,
    /// Not enough pictures for one whole batch, and incomplete ones are dropped.
    #[error(
        "{have} {kind} do not fill one batch of {size}; give a smaller batch size or more pictures"
    )]
    TooFew {
        /// `photos` or `doodles`.
        kind: &'static str,
        /// How many there are.
        have: usize,
        /// The batch size.
        size: usize,
    },
}

/// One step's pictures, `[n, 1, 32, 32]` row by row, values in [0, 1].
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// Photos, n * 1024 values.
    pub source: Vec<f32>,
    /// The class of each photo, n values.
    pub labels: Vec<i64>,
    /// Doodles, n * 1024 values.
    pub target: Vec<f32>,
    /// The very same doodles, strongly changed, where the configuration asks for them.
    pub target_strong: Option<Vec<f32>>,
    /// What teachers make of each doodle, a probability a class, n * classes values, where there are teachers.
    pub taught: Option<Vec<f32>>,
    /// Where each doodle is in the data set, n values.
    pub target_places: Vec<usize>,
}

/// Makes the batches of any epoch. Cheap to clone.
#[derive(Clone)]
pub struct Loader {
    config: BatchConfig,
    source: Arc<Source>,
    target: Arc<Target>,
    labels: Arc<[i64]>,
    doodles: usize,
}

impl Loader {
    /// Prepares the pictures: edges of photos, doodles at 32x32.
    ///
    /// # Errors
    /// Where either domain does not fill a batch.
    pub fn new(
        photos: &Photos,
        doodles: &Doodles,
        config: BatchConfig,
    ) -> Result<Self, BatchesError> {
        require("photos", photos.pictures.len(), config.size)?;
        require("doodles", doodles.pictures.len(), config.size)?;
        Ok(Self {
            source: Arc::new(Source::new(photos, config.view, config.thresholds)),
            target: Arc::new(Target::new(doodles)),
            labels: photos
                .labels
                .iter()
                .map(|class| i64::from(class.0))
                .collect(),
            doodles: doodles.pictures.len(),
            config,
        })
    }

    /// Whole batches in an epoch, which ends with the domain that has fewer.
    #[must_use]
    pub fn batches_per_epoch(&self) -> usize {
        self.labels.len().min(self.doodles) / self.config.size
    }

    /// The batches of an epoch: the same ones whenever it is asked for.
    #[must_use]
    pub fn epoch(&self, epoch: u64) -> Batches {
        self.start(epoch, (0..self.doodles).collect())
    }

    /// An epoch with only some of the doodles, given by their places in the data set.
    ///
    /// # Errors
    /// Where they do not fill a batch.
    ///
    /// # Panics
    /// While the batches are read, where a place is outside the data set.
    pub fn epoch_among(&self, epoch: u64, doodles: &[usize]) -> Result<Batches, BatchesError> {
        require("chosen doodles", doodles.len(), self.config.size)?;
        Ok(self.start(epoch, doodles.to_vec()))
    }

    fn start(&self, epoch: u64, mut doodles: Vec<usize>) -> Batches {
        let mut photos: Vec<usize> = (0..self.labels.len()).collect();
        photos.shuffle(&mut self.random(epoch, Stream::SourceOrder, 0));
        doodles.shuffle(&mut self.random(epoch, Stream::TargetOrder, 0));
        let left = photos.len().min(doodles.len()) / self.config.size;
        let (sender, receiver) = sync_channel(AHEAD);
        let loader = self.clone();
        let maker = thread::spawn(move || loader.send(epoch, &photos, &doodles, &sender));
        Batches {
            receiver: Some(receiver),
            maker: Some(maker),
            left,
        }
    }

    /// Ends early when nobody listens any more.
    fn send(&self, epoch: u64, photos: &[usize], doodles: &[usize], listener: &SyncSender<Batch>) {
        let size = self.config.size;
        for (photos, doodles) in photos.chunks_exact(size).zip(doodles.chunks_exact(size)) {
            if listener.send(self.batch(epoch, photos, doodles)).is_err() {
                return;
            }
        }
    }

    fn batch(&self, epoch: u64, photos: &[usize], doodles: &[usize]) -> Batch {
        let BatchConfig { source, target, .. } = self.config;
        let doodles_as = |geometry, stream| {
            self.pictures(epoch, stream, doodles, |doodle, random, out| {
                self.target.draw(doodle, geometry, random, out)
            })
        };
        Batch {
            source: self.pictures(epoch, Stream::Source, photos, |photo, random, out| {
                self.source.draw(photo, source, random, out);
            }),
            labels: photos.iter().map(|photo| self.labels[*photo]).collect(),
            target: doodles_as(target, Stream::Target),
            target_strong: self
                .config
                .target_strong
                .then(|| doodles_as(Geometry::Strong, Stream::TargetStrong)),
            taught: None,
            target_places: doodles.to_vec(),
        }
    }

    fn pictures(
        &self,
        epoch: u64,
        stream: Stream,
        places: &[usize],
        draw: impl Fn(usize, &mut ChaCha8Rng, &mut [f32; PIXELS]) + Sync,
    ) -> Vec<f32> {
        let mut values = vec![0.0; places.len() * PIXELS];
        let (planes, _) = values.as_chunks_mut();
        planes.par_iter_mut().zip(places).for_each(|(out, place)| {
            draw(*place, &mut self.random(epoch, stream, *place as u64), out);
        });
        values
    }

    fn random(&self, epoch: u64, stream: Stream, index: u64) -> ChaCha8Rng {
        random(self.config.seed, epoch, stream, index)
    }
}

fn require(kind: &'static str, have: usize, size: usize) -> Result<(), BatchesError> {
    match size {
        0 => Err(BatchesError::NoSize),
        _ if have < size => Err(BatchesError::TooFew { kind, have, size }),
        _ => Ok(()),
    }
}

/// The batches of one epoch. Dropping it stops the thread that makes them.
pub struct Batches {
    receiver: Option<Receiver<Batch>>,
    maker: Option<JoinHandle<()>>,
    left: usize,
}

impl Iterator for Batches {
    type Item = Batch;

    fn next(&mut self) -> Option<Batch> {
        if let Some(batch) = self
            .receiver
            .as_ref()
            .and_then(|receiver| receiver.recv().ok())
        {
            self.left -= 1;
            return Some(batch);
        }
        // All made, or the maker panicked, which must not look like the end of the epoch.
        if let Some(Err(panic)) = self.maker.take().map(JoinHandle::join) {
            std::panic::resume_unwind(panic);
        }
        None
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Batches {}

impl Drop for Batches {
    fn drop(&mut self) {
        // The maker notices at its next batch that nobody listens; what it may panic with no longer matters.
        drop(self.receiver.take());
        if let Some(maker) = self.maker.take() {
            let _ = maker.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use shared::classes::{ClassId, ClassNames};

    use super::*;
    use crate::data::testing::{doodle, photo};
    use crate::data::{DataSet, Origin};

    fn data(photos: u8, doodles: u8) -> DataSet {
        DataSet {
            origin: Origin::Sample { seed: 0 },
            classes: ClassNames::default(),
            photos: Photos {
                pictures: (0..photos).map(photo).collect(),
                labels: (0..photos).map(|number| ClassId(number % 10)).collect(),
            },
            doodles: Doodles {
                ids: (0..doodles.into()).collect(),
                pictures: (0..doodles).map(doodle).collect(),
            },
        }
    }

    fn of(data: &DataSet, config: BatchConfig) -> Result<Loader, BatchesError> {
        Loader::new(&data.photos, &data.doodles, config)
    }

    fn loader(config: BatchConfig) -> Loader {
        of(&data(23, 17), config).unwrap()
    }

    fn config() -> BatchConfig {
        BatchConfig {
            size: 4,
            view: SourceView::Mixed,
            target: Geometry::Weak,
            target_strong: true,
            ..BatchConfig::default()
        }
    }

    #[test]
    fn an_epoch_is_whole_batches_of_both_until_one_runs_out() {
        let loader = loader(config());
        assert_eq!(loader.batches_per_epoch(), 4);
        let batches = loader.epoch(1);
        assert_eq!(batches.len(), 4);
        let batches: Vec<Batch> = batches.collect();
        assert_eq!(batches.len(), 4);
        for batch in &batches {
            assert_eq!(
                (batch.source.len(), batch.target.len()),
                (4 * PIXELS, 4 * PIXELS)
            );
            assert_eq!(batch.target_strong.as_ref().map(Vec::len), Some(4 * PIXELS));
            assert_eq!((batch.labels.len(), batch.target_places.len()), (4, 4));
        }
        let mut seen: Vec<usize> = batches
            .iter()
            .flat_map(|batch| batch.target_places.clone())
            .collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 16);
    }

    #[test]
    fn seed_and_epoch_decide_everything() {
        let epoch = |seed, epoch| {
            loader(BatchConfig { seed, ..config() })
                .epoch(epoch)
                .collect::<Vec<_>>()
        };
        assert_eq!(epoch(1, 1), epoch(1, 1));
        assert_ne!(epoch(1, 1), epoch(1, 2));
        assert_ne!(epoch(1, 1), epoch(2, 1));
    }

    #[test]
    fn the_number_of_threads_changes_nothing() {
        let one = rayon::ThreadPoolBuilder::new()
            .num_threads(1)
            .build()
            .unwrap();
        let loader = loader(config());
        let (photos, doodles) = (&[3, 1, 4, 5], &[2, 7, 1, 8]);
        let many = loader.batch(5, photos, doodles);
        assert_eq!(one.install(|| loader.batch(5, photos, doodles)), many);
    }

    #[test]
    fn without_change_pictures_are_the_inputs_of_their_class() {
        let data = data(10, 10);
        let loader = of(
            &data,
            BatchConfig {
                size: 10,
                view: SourceView::Grey,
                ..BatchConfig::default()
            },
        )
        .unwrap();
        let batch = loader.epoch(0).next().unwrap();
        let mut labels = batch.labels.clone();
        labels.sort_unstable();
        assert_eq!(labels, (0..10).collect::<Vec<i64>>());
        assert!(batch.target_strong.is_none());
        assert!(
            batch
                .source
                .iter()
                .chain(&batch.target)
                .all(|value| (0.0..=1.0).contains(value))
        );
    }

    #[test]
    fn an_epoch_among_some_doodles_uses_only_those() {
        let loader = loader(config());
        let places: Vec<usize> = loader
            .epoch_among(1, &[2, 3, 5, 7, 11])
            .unwrap()
            .flat_map(|batch| batch.target_places)
            .collect();
        assert_eq!(places.len(), 4);
        assert!(places.iter().all(|place| [2, 3, 5, 7, 11].contains(place)));
        assert_eq!(
            loader.epoch_among(1, &[2]).err(),
            Some(BatchesError::TooFew {
                kind: "chosen doodles",
                have: 1,
                size: 4
            })
        );
    }

    #[test]
    fn too_few_pictures_are_refused() {
        let refused = |size| of(&data(8, 6), BatchConfig { size, ..config() }).err();
        assert_eq!(refused(0), Some(BatchesError::NoSize));
        assert_eq!(
            refused(7),
            Some(BatchesError::TooFew {
                kind: "doodles",
                have: 6,
                size: 7
            })
        );
        assert_eq!(refused(6), None);
    }

    #[test]
    fn dropping_an_epoch_stops_its_thread() {
        let loader = loader(config());
        let mut batches = loader.epoch(1);
        assert!(batches.next().is_some());
        drop(batches);
        assert_eq!(Arc::strong_count(&loader.source), 1);
    }

    #[test]
    #[should_panic(expected = "index out of bounds")]
    fn a_panic_of_the_maker_reaches_the_reader() {
        loader(config())
            .epoch_among(1, &[0, 1, 2, 99])
            .unwrap()
            .for_each(drop);
    }
}
