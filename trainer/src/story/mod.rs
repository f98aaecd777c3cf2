//! How a run's network came to be, for the page: what `export-story` makes a [`shared::story::Story`] of.

mod curves;
mod film;
mod made;
mod pictures;
mod shown;

pub use curves::curves;
pub use film::{Film, Networks, Progress};
pub use made::made;
pub use pictures::{Counts, Pictures};
pub use shown::Shown;
