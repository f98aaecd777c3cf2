//! Files and folders that are there whole or not at all.
//!
//! A file is written to a temporary path with a unique name in the same folder, synced to disk and renamed. Nothing else in that folder
//! is touched. All files of Edgewise are written so, but for two that grow: TensorBoard's event file and an unfinished download. What
//! needs a file for itself meanwhile holds a [`Lock`].

mod disk;
mod error;
mod file;
mod folder;
mod lock;
mod parent;
mod replace;
mod target;

pub use disk::sync;
pub use error::FileError;
pub use file::{NewFile, put_in_place, remove_abandoned, replaceable, write};
pub use folder::{new_folder, replace_folder};
pub use lock::Lock;
pub use parent::parent;

/// What the names of temporary paths begin with. [`remove_abandoned`] removes the files that a crash left behind.
pub const TEMPORARY: &str = ".edgewise-";
