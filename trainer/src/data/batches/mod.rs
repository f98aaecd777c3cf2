//! Batches of both domains, made on a thread of their own while the network learns from the one before.

mod config;
mod split;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use rand::rngs::ChaCha8Rng;
use rand::seq::SliceRandom;
use rayon::prelude::*;

use super::augmentation::PIXELS;
use super::random_draw::{RandomStream, Source, Target, random};
use super::{Doodles, Photos};

pub use config::{BatchConfig, BatchesError};

/// Batches made ahead of the one being trained on.
const AHEAD: usize = 2;

/// One step's pictures, `[n, 1, 32, 32]` row by row, values in [0, 1].
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// Photos, n * 1024 values.
    pub source: Vec<f32>,
    /// The class of each photo, n values.
    pub labels: Vec<i64>,
    /// Doodles, n * 1024 values; none where the configuration reads none.
    pub target: Vec<f32>,
    /// The very same doodles, strongly changed, where the configuration asks for them.
    pub target_strong: Option<Vec<f32>>,
    /// The teachers' probability of each class for each doodle, n * classes values, where there are teachers.
    pub soft_targets: Option<Vec<f32>>,
    /// Where each doodle is in the data set, n values or none.
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
    batches: usize,
}

impl Loader {
    /// Prepares the pictures: edges of photos, doodles at 32x32.
    ///
    /// # Errors
    /// Where a domain that is read does not fill a batch.
    pub fn new(
        photos: &Photos,
        doodles: &Doodles,
        config: BatchConfig,
    ) -> Result<Self, BatchesError> {
        let batches = config.batches_per_epoch(photos.pictures.len(), doodles.pictures.len())?;
        let doodles = match config.reads_doodles {
            true => &doodles.pictures[..],
            false => &[],
        };
        Ok(Self {
            source: Arc::new(Source::new(photos, config.transform)),
            target: Arc::new(Target::new(doodles, config.stroke_augmentation)),
            labels: photos
                .labels
                .iter()
                .map(|class| i64::from(class.0))
                .collect(),
            doodles: doodles.len(),
            batches,
            config,
        })
    }

    /// Whole batches in an epoch.
    #[must_use]
    pub fn batches_per_epoch(&self) -> usize {
        self.batches
    }

    /// The batches of an epoch: the same ones whenever it is asked for.
    #[must_use]
    pub fn epoch(&self, epoch: u64) -> Batches {
        let mut photos: Vec<usize> = (0..self.labels.len()).collect();
        let mut doodles: Vec<usize> = (0..self.doodles).collect();
        photos.shuffle(&mut self.random(epoch, RandomStream::SourceOrder, 0));
        doodles.shuffle(&mut self.random(epoch, RandomStream::TargetOrder, 0));
        let (sender, receiver) = sync_channel(AHEAD);
        let loader = self.clone();
        let maker = thread::spawn(move || loader.send(epoch, &photos, &doodles, &sender));
        Batches {
            receiver: Some(receiver),
            maker: Some(maker),
            left: self.batches,
        }
    }

    /// Ends early when nobody listens any more.
    fn send(&self, epoch: u64, photos: &[usize], doodles: &[usize], listener: &SyncSender<Batch>) {
        let size = self.config.size;
        let mut doodles = doodles.chunks_exact(size);
        for photos in photos.chunks_exact(size).take(self.batches) {
            let doodles = doodles.next().unwrap_or_default();
            if listener.send(self.batch(epoch, photos, doodles)).is_err() {
                return;
            }
        }
    }

    fn batch(&self, epoch: u64, photos: &[usize], doodles: &[usize]) -> Batch {
        let BatchConfig { augmentation, .. } = self.config;
        Batch {
            source: self.pictures(epoch, RandomStream::Source, photos, |photo, random, out| {
                self.source.draw(photo, augmentation, random, out);
            }),
            labels: photos.iter().map(|photo| self.labels[*photo]).collect(),
            target: self.pictures(
                epoch,
                RandomStream::Target,
                doodles,
                |doodle, random, out| {
                    self.target.draw(doodle, augmentation, random, out);
                },
            ),
            target_strong: self.config.target_strong.then(|| {
                let stream = RandomStream::TargetStrong;
                self.pictures(epoch, stream, doodles, |doodle, random, out| {
                    self.target.draw_strong(doodle, random, out);
                })
            }),
            soft_targets: None,
            target_places: doodles.to_vec(),
        }
    }

    fn pictures(
        &self,
        epoch: u64,
        stream: RandomStream,
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

    fn random(&self, epoch: u64, stream: RandomStream, index: u64) -> ChaCha8Rng {
        random(self.config.seed, epoch, stream, index)
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
