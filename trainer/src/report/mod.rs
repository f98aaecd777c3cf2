//! One HTML page for a run: it opens from disk, needs no network, and prints.

mod embedding;
mod mistakes;
mod page;
mod sections;

pub use mistakes::{Mistake, most_confident};
pub use sections::{Report, Scored};
