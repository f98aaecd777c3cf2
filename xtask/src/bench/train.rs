//! `bench train`: a training step of ours beside PyTorch's, on this machine, in turns.

use crate::{
    process::{cargo, command, output, run},
    workspace::Workspace,
};
use anyhow::{Context, Result};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// How often the two take turns.
const ROUNDS: usize = 3;
/// Measured steps in a turn.
const STEPS: &str = "5";

/// Measures and prints medians, and the ratio where PyTorch can be had.
pub fn run_bench(workspace: &Workspace) -> Result<()> {
    let python = match python_with_torch(&workspace.target.join("bench-python")) {
        Ok(python) => Some(python),
        Err(error) => {
            println!("PyTorch is left out: {error:#}");
            None
        }
    };
    let script = workspace.root.join("trainer/benches/step.py");
    let mut build = cargo(ours(&["--no-run"]));
    run(&mut build, "correct what the compiler says above")?;
    let (mut edgewise, mut waiting) = (Vec::new(), Vec::new());
    let layouts = ["contiguous", "channels_last"];
    let mut torch = [Vec::new(), Vec::new()];
    for round in 1..=ROUNDS {
        let line = output(&mut cargo(ours(&["--", STEPS])), "look at its message")?;
        edgewise.extend(numbers(&line, "seconds")?);
        waiting.extend(numbers(&line, "waiting_for_data")?);
        println!(
            "round {round} of {ROUNDS}: Edgewise {:.3} s a step",
            median(&edgewise)
        );
        for (layout, seconds) in layouts.iter().zip(&mut torch) {
            let Some(python) = &python else { continue };
            let program = python.to_string_lossy();
            let script = script.to_string_lossy();
            let mut bench = command(&program, [&*script, STEPS, layout]);
            let line = output(&mut bench, "look at its message")?;
            seconds.extend(numbers(&line, "seconds")?);
            println!(
                "round {round} of {ROUNDS}: PyTorch {layout} {:.3} s",
                median(seconds)
            );
        }
    }
    println!(
        "\nA step of 256 + 256 pictures, two-step variant, f32; medians of {}:",
        edgewise.len()
    );
    let ours = median(&edgewise);
    println!(
        "  Edgewise               {ours:.3} s, of which waiting for data {:.4} s",
        median(&waiting)
    );
    for (layout, seconds) in layouts.iter().zip(&torch) {
        if !seconds.is_empty() {
            let theirs = median(seconds);
            println!(
                "  PyTorch {layout:<14} {theirs:.3} s, ratio {:.2}",
                ours / theirs
            );
        }
    }
    Ok(())
}

fn ours<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let arguments = [
        "bench",
        "--quiet",
        "--locked",
        "--package",
        "trainer",
        "--bench",
        "step",
    ];
    arguments.into_iter().chain(more.iter().copied()).collect()
}

/// A Python of our own with PyTorch, made where it is missing.
fn python_with_torch(folder: &Path) -> Result<PathBuf> {
    let python = folder.join("bin/python");
    let program = python.to_string_lossy().into_owned();
    let has_torch = || output(&mut command(&program, ["-c", "import torch, numpy"]), "").is_ok();
    if python.is_file() && has_torch() {
        return Ok(python);
    }
    let place = folder.to_string_lossy();
    let network = "it needs python3 with venv, and the network";
    run(&mut command("python3", ["-m", "venv", &*place]), network)?;
    let install = ["-m", "pip", "install", "--quiet", "torch", "numpy"];
    run(&mut command(&program, install), network)?;
    Ok(python)
}

/// The numbers under `key` in the last line that a bench printed.
fn numbers(printed: &str, key: &str) -> Result<Vec<f64>> {
    let line = printed.lines().last().unwrap_or_default();
    let value: Value = serde_json::from_str(line)
        .with_context(|| format!("a bench printed {line:?} instead of JSON"))?;
    let list = value[key].as_array();
    let list = list.with_context(|| format!("a bench printed no {key}: {line}"))?;
    Ok(list.iter().filter_map(Value::as_f64).collect())
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_from_the_last_line() {
        let printed = "note\n{\"seconds\": [1.5, 2]}\n";
        assert_eq!(numbers(printed, "seconds").unwrap(), [1.5, 2.0]);
        assert!(numbers(printed, "minutes").is_err());
        assert!(numbers("killed", "seconds").is_err());
    }

    #[test]
    fn the_median_is_in_the_middle() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert!(median(&[]).is_nan());
    }
}
