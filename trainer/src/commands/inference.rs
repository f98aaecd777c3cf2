use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Instant,
};

use image::GrayImage;

use crate::{
    data::{DataError, Doodles},
    evaluation::{Prediction, Predictor},
    note, progress,
};

/// Pictures as the network is shown them, each with its id.
pub type Chunk = (Vec<u64>, Vec<GrayImage>);

/// Classifies pictures chunk by chunk and hands each prediction on: only one chunk is in memory at a time. Returns whether it came
/// to the end: it stops between two chunks when `stop` is set.
///
/// Shows progress, and says on standard error how fast it was, with reading and decoding.
///
/// # Errors
/// The first of `chunks` or of `take`.
pub fn predict_chunks<E: Into<anyhow::Error>>(
    predictor: &Predictor,
    total: usize,
    chunks: impl Iterator<Item = Result<Chunk, E>>,
    stop: &AtomicBool,
    mut take: impl FnMut(u64, Prediction) -> anyhow::Result<()>,
) -> anyhow::Result<bool> {
    let started = Instant::now();
    let bar = progress::bar(total as u64, 0, "pictures");
    let mut done = 0;
    for chunk in chunks {
        let (ids, pictures) = chunk.map_err(Into::into)?;
        if stop.load(Ordering::Relaxed) {
            bar.finish_and_clear();
            return Ok(false);
        }
        for (id, prediction) in ids.into_iter().zip(predictor.doodles(&pictures)) {
            take(id, prediction)?;
        }
        done += pictures.len();
        bar.inc(pictures.len() as u64);
    }
    bar.finish_and_clear();
    if stop.load(Ordering::Relaxed) {
        return Ok(false);
    }
    let seconds = started.elapsed().as_secs_f64();
    note!(
        "{done} pictures in {seconds:.2} s, {:.0} a second",
        done as f64 / seconds
    );
    Ok(true)
}

/// The same for doodles, all of them.
///
/// # Errors
/// The first of `chunks` or of `take`.
pub fn predict_doodles(
    predictor: &Predictor,
    total: usize,
    chunks: impl Iterator<Item = Result<Doodles, DataError>>,
    take: impl FnMut(u64, Prediction) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let chunks = chunks.map(|chunk| chunk.map(|doodles| (doodles.ids, doodles.pictures)));
    let never = AtomicBool::new(false);
    predict_chunks(predictor, total, chunks, &never, take)?;
    Ok(())
}
