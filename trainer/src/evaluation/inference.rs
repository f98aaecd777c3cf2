use std::sync::atomic::{AtomicBool, Ordering};

use datasets::Observer;
use image::GrayImage;

use super::{Prediction, Predictor};
use crate::data::{DataError, Doodles};

/// Pictures as the network is shown them, each with its id.
pub type Chunk = (Vec<u64>, Vec<GrayImage>);

/// Classifies pictures chunk by chunk and hands each prediction on: only one chunk is in memory at a time. Returns whether it came
/// to the end: it stops between two chunks when `stop` is set.
///
/// `observer` is told the pictures.
///
/// # Errors
/// The first of `chunks` or of `take`.
pub fn predict_chunks<E: Into<anyhow::Error>>(
    predictor: &Predictor,
    total: usize,
    chunks: impl Iterator<Item = Result<Chunk, E>>,
    stop: &AtomicBool,
    observer: &dyn Observer,
    mut take: impl FnMut(u64, Prediction) -> anyhow::Result<()>,
) -> anyhow::Result<bool> {
    observer.begin(Some(total as u64), 0);
    let mut finished = true;
    for chunk in chunks {
        let (ids, pictures) = chunk.map_err(Into::into)?;
        if stop.load(Ordering::Relaxed) {
            finished = false;
            break;
        }
        for (id, prediction) in ids.into_iter().zip(predictor.doodles(&pictures)) {
            take(id, prediction)?;
        }
        observer.advance(pictures.len() as u64);
    }
    observer.end(finished);
    Ok(finished)
}

/// The same for doodles, all of them.
///
/// # Errors
/// The first of `chunks` or of `take`.
pub fn predict_doodles(
    predictor: &Predictor,
    total: usize,
    chunks: impl Iterator<Item = Result<Doodles, DataError>>,
    observer: &dyn Observer,
    take: impl FnMut(u64, Prediction) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let chunks = chunks.map(|chunk| chunk.map(|doodles| (doodles.ids, doodles.pictures)));
    let never = AtomicBool::new(false);
    predict_chunks(predictor, total, chunks, &never, observer, take)?;
    Ok(())
}
