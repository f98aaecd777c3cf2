//! `bench`: how fast the parts are.

mod train;
mod tsne;

use crate::{
    packages::NATIVE,
    process::{cargo, command, output, run},
    workspace::Workspace,
};
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// What to measure.
#[derive(Args)]
pub struct Options {
    /// Without it, the benches are listed
    #[arg(value_enum)]
    bench: Option<Bench>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Bench {
    Picture,
    Train,
    Tsne,
}

impl Bench {
    fn what(self) -> &'static str {
        match self {
            Self::Picture => {
                "the picture operations of shared: luma, Canny, resizing, rotating, drawing"
            }
            Self::Train => {
                "a training step on the CPU, in turns with PyTorch's where that can be had"
            }
            Self::Tsne => "t-SNE of 10,000 points, beside scikit-learn's",
        }
    }
}

/// Runs one bench, or lists them.
pub fn run_verb(workspace: &Workspace, options: &Options) -> Result<()> {
    match options.bench {
        Some(Bench::Picture) => {
            let mut bench = cargo([
                "bench",
                "--locked",
                "--package",
                "shared",
                "--bench",
                "picture",
            ]);
            run(&mut bench, "correct what the compiler says above")
        }
        Some(Bench::Train) => train::run_bench(workspace),
        Some(Bench::Tsne) => tsne::run_bench(workspace),
        None => {
            println!("`cargo xtask bench <name>` measures one of:");
            for bench in Bench::value_variants() {
                if let Some(value) = bench.to_possible_value() {
                    println!("  {:<10} {}", value.get_name(), bench.what());
                }
            }
            Ok(())
        }
    }
}

/// The packages are those of the tests, so that Burn is not compiled again.
fn with_native<'a>(name: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let bench = ["bench", "--quiet", "--locked", "--bench", name];
    [&bench[..], NATIVE, more].concat()
}

/// A Python of our own with some packages, made where it is missing; `modules` is what they are imported as.
fn python_with(folder: &Path, modules: &str, packages: &[&str]) -> Result<PathBuf> {
    let python = folder.join("bin/python");
    let program = python.to_string_lossy().into_owned();
    let import = format!("import {modules}");
    let has_them = || output(&mut command(&program, ["-c", &import]), "").is_ok();
    if python.is_file() && has_them() {
        return Ok(python);
    }
    let place = folder.to_string_lossy();
    let network = "it needs python3 with venv, and the network";
    if !python.is_file() {
        run(&mut command("python3", ["-m", "venv", &*place]), network)?;
    }
    let install = [&["-m", "pip", "install", "--quiet"][..], packages].concat();
    run(&mut command(&program, install), network)?;
    Ok(python)
}

/// The JSON in the last line that a bench printed.
fn measured(printed: &str) -> Result<Value> {
    let line = printed.lines().last().unwrap_or_default();
    serde_json::from_str(line).with_context(|| format!("a bench printed {line:?} instead of JSON"))
}

/// The median of all numbers under `key`.
fn median(lines: &[Value], key: &str) -> Result<f64> {
    let lists = lines.iter().filter_map(|line| line[key].as_array());
    let mut numbers: Vec<f64> = lists.flatten().filter_map(Value::as_f64).collect();
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.get(numbers.len() / 2).copied();
    middle.with_context(|| format!("a bench printed no numbers under {key}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_over_all_turns() {
        let lines = ["note\n{\"step\": [1.5, 9]}", "{\"step\": [2]}\n"];
        let lines = lines.map(|printed| measured(printed).unwrap());
        assert_eq!(median(&lines, "step").unwrap(), 2.0);
        assert!(median(&lines, "minutes").is_err());
        assert!(measured("killed").is_err());
    }
}
