//! The standard library for browsers on a machine where rustup reaches nothing: built from its source as Debian has it, into a
//! sysroot below the target folder. The toolchain itself is left as it is.

mod rust_source;

use super::target::{TARGET, libraries};
use crate::{
    process::{cargo, command, output, run},
    workspace::Workspace,
};
use anyhow::{Context, Result};
use std::{
    fs,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// Where the sysroot of the compiler in use is, or would be. It holds only what the toolchain's own lacks.
pub fn sysroot(workspace: &Workspace) -> Result<PathBuf> {
    Ok(workspace
        .target
        .join("sysroot")
        .join(compiler("release: ")?))
}

/// What `rustc -vV` says after `key`, such as `1.95.0`.
fn compiler(key: &str) -> Result<String> {
    let text = output(
        &mut command("rustc", ["-vV"]),
        "install Rust from https://rustup.rs",
    )?;
    let value = text.lines().find_map(|line| line.strip_prefix(key));
    Ok(value
        .with_context(|| {
            format!("`rustc -vV` says nothing about {key:?}: install Rust from https://rustup.rs")
        })?
        .to_owned())
}

/// Builds the library in an empty crate (cargo's `-Zbuild-std`, which a stable compiler allows only when told that it is
/// bootstrapping) and puts it into `sysroot`.
pub fn build(sysroot: &Path) -> Result<()> {
    let folder = TempDir::new().context("cannot make a temporary folder")?;
    let source = rust_source::provide(&compiler("release: ")?, folder.path())?;
    let empty = folder.path().join("empty");
    fs::create_dir_all(empty.join("src"))?;
    fs::write(
        empty.join("Cargo.toml"),
        "[package]\nname = \"empty\"\nedition = \"2024\"\n[workspace]\n",
    )?;
    fs::write(empty.join("src/lib.rs"), "")?;
    let build_std = "-Zbuild-std=std,panic_abort,test";
    let mut build = cargo(["build", "--release", build_std, "--target", TARGET]);
    build
        .current_dir(&empty)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("__CARGO_TESTS_ONLY_SRC_ROOT", &source)
        .env("CARGO_TARGET_DIR", folder.path().join("target"));
    for flags in [
        "RUSTFLAGS",
        "CARGO_ENCODED_RUSTFLAGS",
        "CARGO_BUILD_RUSTFLAGS",
    ] {
        build.env_remove(flags);
    }
    run(
        &mut build,
        "look at its messages above; it needs the network for the library's dependencies",
    )?;
    let built = folder
        .path()
        .join("target")
        .join(TARGET)
        .join("release/deps");
    replace(&built, &libraries(sysroot))
        .with_context(|| format!("cannot put the library into {}", sysroot.display()))
}

/// Replaces the folder `place` as a whole, so that an interruption leaves no half of it and no other copy stays: the compiler
/// refuses two.
fn replace(built: &Path, place: &Path) -> Result<()> {
    files::replace_folder(place, |new| {
        for entry in fs::read_dir(built)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default();
            // A compiler may keep what it has to know of a library in a file of its own.
            let is_library = path
                .extension()
                .is_some_and(|extension| extension == "rlib" || extension == "rmeta");
            if is_library && !name.to_string_lossy().starts_with("libempty-") {
                fs::copy(&path, new.join(name))?;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replacing_keeps_libraries_only_and_no_former_copy() {
        let folder = TempDir::new().unwrap();
        let (deps, place) = (folder.path().join("deps"), folder.path().join("place"));
        fs::create_dir_all(&deps).unwrap();
        fs::create_dir_all(&place).unwrap();
        for name in [
            "libstd-1.rlib",
            "libempty-1.rlib",
            "libstd-1.rmeta",
            "std-1.d",
        ] {
            fs::write(deps.join(name), "").unwrap();
        }
        fs::write(place.join("libstd-0.rlib"), "").unwrap();
        replace(&deps, &place).unwrap();
        let mut names: Vec<_> = fs::read_dir(&place)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        assert_eq!(names, ["libstd-1.rlib", "libstd-1.rmeta"]);
    }
}
