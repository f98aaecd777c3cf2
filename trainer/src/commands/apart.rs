use std::path::Path;

use datasets::is_named_as_picture;

use crate::training::run_that_owns;

/// Refuses to write over what is read, and over what a run consists of.
///
/// # Errors
/// Where `out` is one of the `inputs`, by whatever name, or a picture in a folder that is one; or where it is part of any run.
pub(super) fn ensure_apart<'a>(
    out: &Path,
    inputs: impl IntoIterator<Item = &'a Path>,
) -> anyhow::Result<()> {
    let Ok(real) = out.canonicalize() else {
        return Ok(());
    };
    if let Some(run) = run_that_owns(&real) {
        anyhow::bail!(
            "--out {} is part of the run in {}: give another file",
            out.display(),
            run.display()
        );
    }
    for input in inputs {
        let is_read = input.canonicalize().is_ok_and(|input| {
            input == real || (is_named_as_picture(&real) && real.starts_with(input))
        });
        anyhow::ensure!(
            !(real.is_file() && is_read),
            "--out {} is what is read: give another file",
            out.display()
        );
    }
    Ok(())
}
