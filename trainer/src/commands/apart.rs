use std::path::Path;

/// Refuses to write over what is read.
///
/// # Errors
/// Where `out` is one of the `inputs`, by whatever name.
pub(super) fn ensure_apart<'a>(
    out: &Path,
    inputs: impl IntoIterator<Item = &'a Path>,
) -> anyhow::Result<()> {
    let Ok(real) = out.canonicalize() else {
        return Ok(());
    };
    for input in inputs {
        let is_same = real.is_file() && input.canonicalize().is_ok_and(|input| input == real);
        anyhow::ensure!(
            !is_same,
            "--out {} is what is read: give another file",
            out.display()
        );
    }
    Ok(())
}
