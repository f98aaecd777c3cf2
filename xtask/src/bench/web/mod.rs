//! `bench web`: the built site in headless Chromium beside the libraries that a page would otherwise use, interleaved.
//!
//! What runs in the browser and drives it is JavaScript, in `xtask/bench-web`; so is the program that writes the network in the libraries'
//! formats. Here are the preparations, the bars and the table.

mod bars;
mod report;

use super::json::print_json;
use crate::{
    path::find_program,
    process::{cargo, command, output, run},
    setup::{Install, browser},
    workspace::Workspace,
};
use anyhow::{Context, Result, ensure};
use clap::Args;
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The shipped network in f32, which the other libraries run.
const F32_WEIGHTS: &str = "trainer/weights/edgewise-f32.safetensors";
/// What is drawn on the page.
const DOODLE: &str = "shared/drawings/cat.json";
/// The pages, the driver and the list of packages.
const SOURCES: &str = "xtask/bench-web";
/// The list of packages and their versions, hashes included.
const PACKAGE_FILES: [&str; 2] = ["package.json", "package-lock.json"];

/// How to measure.
#[derive(Args)]
pub struct Options {
    /// The built site to measure, relative to the repository's root
    #[arg(long, default_value = "dist")]
    site: PathBuf,
    /// How often every case is run; each takes about a minute and a half
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=100))]
    rounds: u32,
    /// Predictions measured by a case in a round
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    runs: u32,
    /// Only the cases with this in their name, such as "cold start"
    #[arg(long)]
    only: Option<String>,
    /// Print one JSON document instead of tables
    #[arg(long)]
    json: bool,
}

/// Measures and prints tables with the bars, or everything as JSON.
pub fn run_bench(workspace: &Workspace, options: &Options, install: Install) -> Result<()> {
    let node = program("node")?;
    let npm = program("npm")?;
    let chromium = browser()?;
    let site = Site::find(&workspace.root.join(&options.site))?;
    let packages = workspace.target.join("bench-web");
    install_libraries(&npm, &workspace.root.join(SOURCES), &packages, install)?;
    let models = packages.join("models");
    write_models(workspace, &site, &models)?;
    let out = packages.join("measured.json");
    let config = json!({
        "site": site.folder,
        "worker": site.worker,
        "weights": site.weights,
        "packages": packages,
        "models": models,
        "doodle": workspace.root.join(DOODLE),
        "chromium": chromium,
        "rounds": options.rounds,
        "runs": options.runs,
        "only": options.only,
        "out": out,
    });
    let script = workspace.root.join(SOURCES).join("run.mjs");
    let (script, config) = (script.to_string_lossy(), config.to_string());
    let mut bench = command(&node.to_string_lossy(), [&*script, config.as_str()]);
    run(&mut bench, "see its message")?;
    let text =
        fs::read_to_string(&out).with_context(|| format!("cannot read {}", out.display()))?;
    let mut measured: Value = serde_json::from_str(&text)
        .with_context(|| format!("{} is not JSON: measure again", out.display()))?;
    let bars = bars::judge(&measured);
    if options.json {
        measured["bars"] = bars.iter().map(bars::Bar::json).collect();
        print_json("web", &measured);
    } else {
        print!("{}", report::tables(&measured, &bars));
    }
    Ok(())
}

fn program(name: &str) -> Result<PathBuf> {
    find_program(name).with_context(|| {
        format!("{name} is not on the path: install Node.js 20 or later with npm (on Debian, `apt-get install nodejs npm`)")
    })
}

/// A built site and what its shell names.
struct Site {
    folder: PathBuf,
    worker: String,
    weights: String,
}

impl Site {
    fn find(folder: &Path) -> Result<Self> {
        let shell = folder.join("index.html");
        let text = fs::read_to_string(&shell).with_context(|| {
            format!(
                "cannot read {}: build the site with `cargo xtask site`",
                shell.display()
            )
        })?;
        let named = |attribute: &str| {
            attribute_of(&text, attribute).with_context(|| {
                format!(
                    "{} has no {attribute}: build the site again",
                    shell.display()
                )
            })
        };
        Ok(Self {
            folder: folder.to_owned(),
            worker: named("data-worker")?,
            weights: named("data-weights")?,
        })
    }
}

/// The value of the first attribute of this name.
fn attribute_of(html: &str, name: &str) -> Option<String> {
    let (_, rest) = html.split_once(&format!("{name}=\""))?;
    rest.split_once('"').map(|(value, _)| value.to_owned())
}

/// Installs the libraries below the target folder, in the versions that the lock file names; once.
fn install_libraries(npm: &Path, sources: &Path, folder: &Path, install: Install) -> Result<()> {
    let wanted = PACKAGE_FILES.map(|name| (name, sources.join(name)));
    let is_there = wanted.iter().all(|(name, source)| {
        let installed = fs::read(folder.join(name)).ok();
        installed.is_some() && installed == fs::read(source).ok()
    });
    // npm writes this file last.
    if is_there && folder.join("node_modules/.package-lock.json").is_file() {
        return Ok(());
    }
    ensure!(
        install == Install::Allowed,
        "{} lacks the libraries to compare with: run this without --no-install, which has npm install them there",
        folder.display()
    );
    eprintln!(
        "Installing the libraries to compare with into {}, by npm: 37 packages, about 280 MB. Nothing else is changed.",
        folder.display()
    );
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for (name, source) in wanted {
        fs::copy(&source, folder.join(name))
            .with_context(|| format!("cannot copy {}", source.display()))?;
    }
    // Scripts of packages are not needed by any of them.
    let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    let mut npm = command(&npm.to_string_lossy(), arguments);
    output(npm.current_dir(folder), "it needs the network")?;
    Ok(())
}

fn write_models(workspace: &Workspace, site: &Site, folder: &Path) -> Result<()> {
    let shipped = site.folder.join(&site.weights);
    ensure!(
        shipped.is_file(),
        "{} is missing: build the site again",
        shipped.display()
    );
    let weights = workspace.root.join(F32_WEIGHTS);
    let paths =
        [&shipped, &weights, &folder.to_owned()].map(|path| path.to_string_lossy().into_owned());
    let arguments = ["run", "--quiet", "--locked", "--package", "bench_web", "--"];
    let mut write = cargo(
        arguments
            .into_iter()
            .chain(paths.iter().map(String::as_str)),
    );
    run(&mut write, "correct what it says above")
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    #[test]
    fn a_site_says_where_its_worker_and_weights_are() {
        let folder = TempDir::new().unwrap();
        let shell = r#"<div id="app" data-worker="workers/worker-1a.js" data-weights="assets/w-2b.safetensors">"#;
        fs::write(folder.path().join("index.html"), shell).unwrap();
        let site = Site::find(folder.path()).unwrap();
        assert_eq!(site.worker, "workers/worker-1a.js");
        assert_eq!(site.weights, "assets/w-2b.safetensors");
    }

    #[test]
    fn a_folder_without_a_site_is_refused_with_what_to_do() {
        let folder = TempDir::new().unwrap();
        let error = Site::find(folder.path()).err().unwrap();
        assert!(error.to_string().ends_with("`cargo xtask site`"), "{error}");
        fs::write(folder.path().join("index.html"), "<p>").unwrap();
        let error = Site::find(folder.path()).err().unwrap();
        assert!(error.to_string().contains("data-worker"), "{error}");
    }
}
