//! `bench`: how fast the parts are.

mod picture;
mod statistics;
mod train;
mod tsne;
mod web;

use crate::{
    packages::NATIVE,
    process::{command, output, run},
    setup::Install,
    workspace::Workspace,
};
use anyhow::{Context, Result, ensure};
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// What to measure.
#[derive(Args)]
#[command(arg_required_else_help = true)]
pub struct Options {
    #[command(subcommand)]
    bench: Bench,
}

#[derive(Subcommand)]
enum Bench {
    /// The picture operations of shared: luma, Canny, resizing, rotating, drawing
    Picture(Output),
    /// A training step on the CPU, interleaved with PyTorch's where PyTorch can be installed
    Train(Output),
    /// t-SNE of 10,000 points, and scikit-learn's of the same
    Tsne(Output),
    /// The built site in headless Chromium, interleaved with ONNX Runtime Web, TensorFlow.js, LiteRT.js and OpenCV.js
    Web(web::Options),
}

/// How to print.
#[derive(Args)]
struct Output {
    /// Print one JSON document to the standard output instead of tables; progress goes to the standard error either way
    #[arg(long)]
    json: bool,
}

/// Runs one bench.
pub fn run_verb(workspace: &Workspace, options: &Options, install: Install) -> Result<()> {
    match &options.bench {
        Bench::Picture(output) => picture::run_bench(output.json),
        Bench::Train(output) => train::run_bench(workspace, output.json, install),
        Bench::Tsne(output) => tsne::run_bench(workspace, output.json, install),
        Bench::Web(options) => web::run_bench(workspace, options, install),
    }
}

/// Prints what a bench measured as one JSON document.
fn print_json(bench: &str, measured: &Value) {
    let document = json!({ "bench": bench, "measured": measured });
    println!("{document:#}");
}

/// The packages are those of the tests, so that Burn is not compiled again.
fn with_native<'a>(name: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let bench = [
        "bench",
        "--profile",
        "dev",
        "--quiet",
        "--locked",
        "--bench",
        name,
    ];
    [&bench[..], NATIVE, more].concat()
}

/// A Python of our own with some packages, made where it is missing; `modules` is what they are imported as.
fn python_with(
    folder: &Path,
    modules: &str,
    packages: &[&str],
    install: Install,
) -> Result<PathBuf> {
    let python = folder.join("bin/python");
    let program = python.to_string_lossy().into_owned();
    let import = format!("import {modules}");
    let has_them = || output(&mut command(&program, ["-c", &import]), "").is_ok();
    if python.is_file() && has_them() {
        return Ok(python);
    }
    let (place, list) = (folder.to_string_lossy(), packages.join(" "));
    ensure!(
        install == Install::Allowed,
        "{place} lacks {list}: `python3 -m venv {place} && {program} -m pip install {list}`"
    );
    eprintln!("Installing {list} into {place}, by pip. Nothing else is changed.");
    let network = "it needs python3 with venv, and the network";
    if !python.is_file() {
        run(&mut command("python3", ["-m", "venv", &*place]), network)?;
    }
    let pip = [&["-m", "pip", "install", "--quiet"][..], packages].concat();
    run(&mut command(&program, pip), network)?;
    Ok(python)
}

/// The JSON in the last line that a bench printed.
fn measured(printed: &str) -> Result<Value> {
    let line = printed.lines().last().unwrap_or_default();
    serde_json::from_str(line).with_context(|| format!("a bench printed {line:?} instead of JSON"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_bench_measured_is_in_its_last_line() {
        assert_eq!(measured("note\n{\"step\": [1.5]}").unwrap()["step"][0], 1.5);
        assert!(measured("killed").is_err());
    }
}
