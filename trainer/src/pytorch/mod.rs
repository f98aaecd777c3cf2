//! Weights from and to PyTorch, under the names of the course's notebook.

mod names;
mod read;
mod write;

pub use read::{PyTorchError, read_state_dicts};
pub use write::state_dicts;
