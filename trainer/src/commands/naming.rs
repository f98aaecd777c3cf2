use std::time::Instant;

use crate::{
    data::{DataError, Doodles},
    evaluation::{Guess, Predictor},
    note, progress,
};

/// Names doodles chunk by chunk and hands each guess on: only one chunk is in memory at a time.
///
/// Shows progress, and says on standard error how fast it was, with reading and decoding.
///
/// # Errors
/// The first of `chunks` or of `take`.
pub fn name_doodles(
    predictor: &Predictor,
    total: usize,
    chunks: impl Iterator<Item = Result<Doodles, DataError>>,
    mut take: impl FnMut(u64, Guess) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let started = Instant::now();
    let bar = progress::bar(total as u64, 0, "pictures");
    for chunk in chunks {
        let Doodles { ids, pictures, .. } = chunk?;
        for (id, guess) in ids.into_iter().zip(predictor.doodles(&pictures)) {
            take(id, guess)?;
        }
        bar.inc(pictures.len() as u64);
    }
    bar.finish_and_clear();
    let seconds = started.elapsed().as_secs_f64();
    note!(
        "{total} pictures in {seconds:.2} s, {:.0} a second",
        total as f64 / seconds
    );
    Ok(())
}
