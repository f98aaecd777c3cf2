//! Rust's standard library for browsers: from rustup, or else built here from its source.

use super::{Tool, rust_source};
use crate::process::{cargo, command, find_program, output, run, run_within};
use anyhow::{Context, Result, bail};
use std::{env, fs, path::Path, path::PathBuf, process::Stdio, time::Duration};
use tempfile::TempDir;

/// The compile target of everything that runs in a browser.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Rust's standard library for [`TARGET`].
pub const TOOL: Tool = Tool {
    name: "Rust's standard library for wasm32-unknown-unknown",
    why: "the page and its engines are compiled for it",
    is_there: |_| is_usable(),
    install: |_| install(),
};

/// Long enough for a slow line, short enough where downloads hang.
const DOWNLOAD_LIMIT: Duration = Duration::from_secs(120);

/// Whether a program really compiles: what rustup believes to have installed may be gone, or there twice.
fn is_usable() -> Result<bool> {
    let folder = TempDir::new().context("cannot make a temporary folder")?;
    fs::write(folder.path().join("empty.rs"), "").context("cannot write a temporary file")?;
    let mut rustc = command(
        "rustc",
        [
            "--target",
            TARGET,
            "--crate-type",
            "lib",
            "--emit",
            "metadata",
            "empty.rs",
        ],
    );
    let status = rustc
        .current_dir(&folder)
        .stderr(Stdio::null())
        .status()
        .context("cannot start rustc: install Rust from https://rustup.rs")?;
    Ok(status.success())
}

fn install() -> Result<()> {
    let sysroot = PathBuf::from(print("sysroot")?);
    if env::var_os("RUSTUP_TOOLCHAIN").is_none() || find_program("rustup").is_none() {
        bail!(
            "the Rust in {} is not managed by rustup: install its standard library for {TARGET} (Debian and Ubuntu: \
             `apt-get install libstd-rust-dev-wasm32`), or install Rust from https://rustup.rs",
            sysroot.display()
        );
    }
    match run_within(
        &mut command("rustup", ["target", "add", TARGET]),
        DOWNLOAD_LIMIT,
    )? {
        Some(status) if status.success() && is_usable()? => return Ok(()),
        Some(_) => println!("rustup could not install it; building it from its source instead."),
        None => println!(
            "rustup took over {DOWNLOAD_LIMIT:?}; building the library from its source instead."
        ),
    }
    build(&sysroot)
}

/// Builds the library in an empty crate (cargo's `-Zbuild-std`, which a stable compiler allows only when told that it
/// is bootstrapping) and puts the result where rustup would have.
fn build(sysroot: &Path) -> Result<()> {
    let folder = TempDir::new().context("cannot make a temporary folder")?;
    let source = rust_source::provide(sysroot)?;
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
    drop(source);

    let place = sysroot.join("lib/rustlib").join(TARGET);
    let libraries = folder
        .path()
        .join("target")
        .join(TARGET)
        .join("release/deps");
    replace(&libraries, &place).with_context(|| {
        format!(
            "cannot put the library into {}: may this user write there?",
            place.display()
        )
    })
}

/// Replaces the folder `place/lib` as a whole, so that an interruption leaves no half of it and no other copy stays:
/// the compiler refuses two.
fn replace(libraries: &Path, place: &Path) -> Result<()> {
    fs::create_dir_all(place)?;
    let fresh = TempDir::new_in(place)?;
    let new = fresh.path().join("new");
    fs::create_dir(&new)?;
    for entry in fs::read_dir(libraries)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default();
        let is_library = path
            .extension()
            .is_some_and(|extension| extension == "rlib");
        if is_library && !name.to_string_lossy().starts_with("libempty-") {
            fs::copy(&path, new.join(name))?;
        }
    }
    let lib = place.join("lib");
    if lib.exists() {
        fs::rename(&lib, fresh.path().join("old"))?;
    }
    fs::rename(&new, &lib)?;
    Ok(())
}

fn print(what: &str) -> Result<String> {
    let text = output(
        &mut command("rustc", ["--print", what]),
        "install Rust from https://rustup.rs",
    )?;
    Ok(text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replacing_keeps_libraries_only_and_no_former_copy() {
        let folder = TempDir::new().unwrap();
        let (deps, place) = (folder.path().join("deps"), folder.path().join("place"));
        fs::create_dir_all(&deps).unwrap();
        fs::create_dir_all(place.join("lib")).unwrap();
        for name in [
            "libstd-1.rlib",
            "libempty-1.rlib",
            "libstd-1.rmeta",
            "std-1.d",
        ] {
            fs::write(deps.join(name), "").unwrap();
        }
        fs::write(place.join("lib/libstd-0.rlib"), "").unwrap();
        replace(&deps, &place).unwrap();
        let names = |path: &Path| -> Vec<_> {
            fs::read_dir(path)
                .unwrap()
                .map(|entry| entry.unwrap().file_name())
                .collect()
        };
        assert_eq!(names(&place.join("lib")), ["libstd-1.rlib"]);
        assert_eq!(names(&place), ["lib"]);
    }
}
