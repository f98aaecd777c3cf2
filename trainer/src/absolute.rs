//! Whole paths.

use std::path::{Path, PathBuf};

use anyhow::Context;

/// The whole path of a file or folder, which need not be there.
///
/// # Errors
/// Where it is below a working folder that is gone.
pub fn absolute(path: &Path) -> anyhow::Result<PathBuf> {
    std::path::absolute(path).with_context(|| {
        format!(
            "{}: the working folder cannot be told; change to one that is there",
            path.display()
        )
    })
}
