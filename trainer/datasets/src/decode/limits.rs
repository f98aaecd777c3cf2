//! How large pictures may be, and how many large ones are in memory at once.

use std::sync::{Mutex, PoisonError};

/// The largest width and height in pixels that is read.
pub(super) const MOST_SIDE: u32 = 16_384;
/// The most bytes that a file may have, or its picture when decoded: as many as the largest picture with transparency.
pub(crate) const MOST_BYTES: u64 = 4 * (MOST_SIDE as u64).pow(2);
/// The same in MiB.
pub(super) const MOST_MIB: u64 = MOST_BYTES >> 20;
/// A picture of more bytes is decoded while no other such is, so that many threads do not need many times as much memory.
const LARGE: u64 = 64 << 20;

/// Held while a large file is read and decoded.
static ONE_LARGE: Mutex<()> = Mutex::new(());

/// Does something that takes so many bytes of memory.
pub(crate) fn alone_if_large<T>(bytes: u64, work: impl FnOnce() -> T) -> T {
    let _held = (bytes > LARGE).then(|| ONE_LARGE.lock().unwrap_or_else(PoisonError::into_inner));
    work()
}
