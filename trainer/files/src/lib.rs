//! Files and folders that are there whole or not at all.
//!
//! Everything that Edgewise writes goes through here: into a temporary path with a unique name in the same folder, to the disk,
//! and only then under its name. Nothing else in that folder is touched.

mod error;
mod file;
mod folder;
mod parent;
mod target;

pub use error::FileError;
pub use file::{NewFile, replaceable, write};
pub use folder::{new_folder, replace_folder};

/// What the names of temporary paths begin with; those that a crash left behind may be removed.
pub const TEMPORARY: &str = ".edgewise-";
