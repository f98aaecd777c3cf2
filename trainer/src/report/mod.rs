//! One HTML page for a run: it opens from disk, needs no network, and prints.

mod accuracy;
mod configuration;
mod confusion;
mod curves;
mod film;
mod mistakes;
mod numbers;
mod page;
mod sections;
mod snapshots;
mod style;

pub use accuracy::Scored;
pub use mistakes::{Mistake, most_confident};
pub use sections::Report;
