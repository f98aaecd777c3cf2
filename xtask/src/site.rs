//! `site`: builds the page and its two engines into one folder of plain static files.

mod place;

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

/// How the site is built.
#[derive(Args)]
pub struct Options {
    /// How much the compiler optimises
    #[arg(long, value_enum, default_value_t = Profile::Site)]
    pub profile: Profile,
    /// The folder to write, relative to the repository's root: absent, empty, or a site made by this command, which is
    /// replaced
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
        package: "engine_worker",
        features: &["--bin", "cpu", "--features", "cpu"],
        folder: "workers",
        name: "cpu",
    },
    Bundle {
        title: "the engine for the graphics card",
        package: "engine_worker",
        features: &["--bin", "gpu", "--features", "gpu"],
        folder: "workers",
        name: "gpu",
    },
];

/// Files and folders that are copied as they are: from the repository, to the site.
const COPIES: [(&str, &str); 3] = [
    ("index.html", "index.html"),
    ("assets", "assets"),
    ("web/worker.js", "workers/worker.js"),
];

/// Sets up, builds everything beside the wanted folder, and only then puts it in place.
pub fn run_verb(workspace: &Workspace, options: &Options) -> Result<()> {
    // Before anything is installed or built.
    place::claim(&workspace.root, &options.out)?;
    setup::run(workspace, setup::FOR_SITE)?;
    build(workspace, options.profile, &options.out)
}

/// Builds the site into `out`, relative to the repository's root, which is replaced as a whole.
///
/// # Errors
/// Where `out` is anything but an absent folder, an empty one or a site made before, and where building fails; what was there
/// stays.
pub fn build(workspace: &Workspace, profile: Profile, out: &Path) -> Result<()> {
    let place = place::claim(&workspace.root, out)?;
    files::replace_folder(&place, |new| {
        for bundle in &BUNDLES {
            step(
                &format!("Build {} ({} profile)", bundle.title, profile.name()),
                || {
                    compile(workspace, profile, bundle)?;
                    bind(workspace, profile, bundle, new)
                },
            )?;
        }
        step(&format!("Put the site into {}", out.display()), || {
            for (from, to) in COPIES {
                let path = workspace.root.join(from);
                copy(&path, &new.join(to))
                    .with_context(|| format!("cannot copy {}", path.display()))?;
            }
            print_sizes(new)?;
            place::mark(new).with_context(|| format!("cannot write in {}", new.display()))?;
            // Building takes minutes, in which somebody may have put something there.
            place::claim(&workspace.root, out).map(|_| ())
        })
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

/// Joins the compiled program to the browser.
fn bind(workspace: &Workspace, profile: Profile, bundle: &Bundle, site: &Path) -> Result<()> {
    let compiled = workspace
        .target
        .join(TARGET)
        .join(profile.name())
        .join(format!("{}.wasm", bundle.name));
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
    use tempfile::TempDir;

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
