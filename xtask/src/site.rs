//! `site`: builds the page and its two engines into one folder of plain static files.

use crate::{
    process::{self, cargo, command},
    setup::{self, TARGET},
    step::step,
    workspace::Workspace,
};
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use flate2::{Compression, write::GzEncoder};
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::Command,
};
use tempfile::TempDir;

/// How the site is built.
#[derive(Args)]
pub struct Options {
    /// How much the compiler optimises
    #[arg(long, value_enum, default_value_t = Profile::Site)]
    pub profile: Profile,
    /// The folder to (re)place, relative to the repository's root
    #[arg(long, default_value = "dist")]
    pub out: PathBuf,
}

/// A profile of the workspace's Cargo.toml.
#[derive(Clone, Copy, ValueEnum)]
pub enum Profile {
    /// Small and fast, slow to build: for publishing
    Site,
    /// Quicker to build: for trying out and for the tests
    Release,
}

impl Profile {
    fn name(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Release => "release",
        }
    }
}

/// A program of the site: the package it is built from, and where its JavaScript and WebAssembly go.
struct Bundle {
    title: &'static str,
    package: &'static str,
    features: &'static [&'static str],
    folder: &'static str,
    name: &'static str,
}

const BUNDLES: [Bundle; 3] = [
    Bundle {
        title: "the page",
        package: "web",
        features: &[],
        folder: "app",
        name: "web",
    },
    Bundle {
        title: "the engine for the processor",
        package: "engine",
        features: &["--no-default-features", "--features", "cpu"],
        folder: "engine",
        name: "cpu",
    },
    Bundle {
        title: "the engine for the graphics card",
        package: "engine",
        features: &["--no-default-features", "--features", "gpu"],
        folder: "engine",
        name: "gpu",
    },
];

/// Files and folders that are copied as they are: from the repository, to the site.
const COPIES: [(&str, &str); 3] = [
    ("index.html", "index.html"),
    ("assets", "assets"),
    ("web/engine/worker.js", "engine/worker.js"),
];

/// Sets up, builds everything beside the wanted folder, and only then puts it in place.
pub fn run_verb(workspace: &Workspace, options: &Options) -> Result<()> {
    setup::run(workspace, setup::FOR_SITE)?;
    build(
        workspace,
        options.profile,
        &workspace.root.join(&options.out),
    )
}

/// Builds the site into `out`, which is replaced as a whole.
pub fn build(workspace: &Workspace, profile: Profile, out: &Path) -> Result<()> {
    let parent = out
        .parent()
        .context("the site needs a folder of its own: give --out a name")?;
    let name = out
        .file_name()
        .context("the site needs a folder of its own: give --out a name")?;
    fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
    let prefix = format!("{}.", name.to_string_lossy());
    let staging = tempfile::Builder::new()
        .prefix(&prefix)
        .tempdir_in(parent)
        .with_context(|| format!("cannot write in {}: may this user?", parent.display()))?;
    let new = staging.path().join("new");
    for bundle in &BUNDLES {
        step(
            &format!("Build {} ({} profile)", bundle.title, profile.name()),
            || {
                compile(workspace, profile, bundle)?;
                bind(workspace, profile, bundle, &new)
            },
        )?;
    }
    step(&format!("Put the site into {}", out.display()), || {
        for (from, to) in COPIES {
            let path = workspace.root.join(from);
            copy(&path, &new.join(to))
                .with_context(|| format!("cannot copy {}", path.display()))?;
        }
        print_sizes(&new)?;
        replace(&staging, &new, out).with_context(|| format!("cannot replace {}", out.display()))
    })
}

fn compile(workspace: &Workspace, profile: Profile, bundle: &Bundle) -> Result<()> {
    let arguments = [
        "build",
        "--locked",
        "--target",
        TARGET,
        "--profile",
        profile.name(),
        "--package",
        bundle.package,
    ];
    let mut build = cargo(arguments.into_iter().chain(bundle.features.iter().copied()));
    run_in(
        workspace,
        &mut build,
        "correct what the compiler says above",
    )
}

/// Joins the compiled program to the browser. Both engines are compiled to the same file, so that this has to follow
/// each compilation at once.
fn bind(workspace: &Workspace, profile: Profile, bundle: &Bundle, site: &Path) -> Result<()> {
    let compiled = workspace
        .target
        .join(TARGET)
        .join(profile.name())
        .join(format!("{}.wasm", bundle.package));
    let folder = site.join(bundle.folder);
    let (compiled, folder) = (compiled.to_string_lossy(), folder.to_string_lossy());
    let arguments = [
        "--target",
        "web",
        "--no-typescript",
        "--out-dir",
        &*folder,
        "--out-name",
        bundle.name,
        &*compiled,
    ];
    run_in(
        workspace,
        &mut command("wasm-bindgen", arguments),
        "run `cargo xtask setup`, then try again",
    )
}

fn run_in(workspace: &Workspace, command: &mut Command, what_to_do: &str) -> Result<()> {
    process::run(command.current_dir(&workspace.root), what_to_do)
}

/// The former site goes away with the staging folder.
fn replace(staging: &TempDir, new: &Path, out: &Path) -> io::Result<()> {
    if out.exists() {
        fs::rename(out, staging.path().join("old"))?;
    }
    fs::rename(new, out)
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        return fs::copy(from, to).map(|_| ());
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

fn print_sizes(site: &Path) -> Result<()> {
    println!("   {:<44} {:>10} {:>10}", "file", "bytes", "gzip");
    let mut all = (0, 0);
    for file in files(site)? {
        let bytes = fs::read(&file)?;
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&bytes)?;
        let packed = encoder.finish()?.len();
        let name = file.strip_prefix(site)?.display().to_string();
        println!("   {name:<44} {:>10} {packed:>10}", bytes.len());
        all = (all.0 + bytes.len(), all.1 + packed);
    }
    println!("   {:<44} {:>10} {:>10}", "together", all.0, all.1);
    Ok(())
}

/// All files below `folder`, in order.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_replaced_as_a_whole() {
        let parent = TempDir::new().unwrap();
        let out = parent.path().join("dist");
        for name in ["first", "second"] {
            let staging = TempDir::new_in(&parent).unwrap();
            let new = staging.path().join("new");
            fs::create_dir(&new).unwrap();
            fs::write(new.join(name), "").unwrap();
            replace(&staging, &new, &out).unwrap();
        }
        assert_eq!(files(parent.path()).unwrap(), [out.join("second")]);
    }

    #[test]
    fn copies_reach_into_folders() {
        let folder = TempDir::new().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        fs::create_dir_all(from.join("a/b")).unwrap();
        fs::write(from.join("a/b/c"), "edge").unwrap();
        copy(&from, &to).unwrap();
        assert_eq!(fs::read_to_string(to.join("a/b/c")).unwrap(), "edge");
    }
}
