//! Work on many files that can be stopped.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

/// Does `work` with each of the `items`, on all cores, until `stop` is set; false if it was.
///
/// # Errors
/// What `work` fails with.
pub(crate) fn each_until_stopped<T: Sync, E: Send>(
    items: &[T],
    stop: &AtomicBool,
    work: impl Fn(&T) -> Result<(), E> + Send + Sync,
) -> Result<bool, E> {
    let is_stopped = || stop.load(Ordering::Relaxed);
    let wanted = items.par_iter().filter(|_| !is_stopped());
    wanted.try_for_each(work)?;
    Ok(!is_stopped())
}
