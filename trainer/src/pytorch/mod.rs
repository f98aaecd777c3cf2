//! Weights from and to PyTorch, under the names of the course's notebook.

mod error;
mod file;
mod find;
mod names;
mod read;
mod write;

pub use error::PyTorchError;
pub use read::{StateDictFile, read_state_dicts};
pub use write::state_dicts;
