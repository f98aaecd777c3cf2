//! Runs beside one another: a list of those in a folder, what differs between some of them, and their spread over seeds.

mod differences;
mod list;
mod seeds;
mod summary;
mod tables;

pub use differences::Differences;
pub use list::{Listed, list};
pub use seeds::{Spread, spread};
pub use summary::{RESULTS, Summary};
pub use tables::{differences_table, list_table, spread_table};
