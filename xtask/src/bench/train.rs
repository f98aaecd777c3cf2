//! `bench train`: training of ours beside PyTorch's, on this machine, in turns.

use crate::{
    packages::NATIVE,
    process::{cargo, command, output, run},
    workspace::Workspace,
};
use anyhow::{Context, Result};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// How often they take turns.
const ROUNDS: usize = 3;
/// Measured steps in a turn.
const STEPS: &str = "5";
/// Pictures of one measured inference.
const PICTURES: f64 = 256.0;
/// Layouts of PyTorch's tensors.
const LAYOUTS: [&str; 2] = ["contiguous", "channels_last"];

/// Measures and prints medians, and the ratios where PyTorch can be had.
pub fn run_bench(workspace: &Workspace) -> Result<()> {
    let python = match python_with_torch(&workspace.target.join("bench-python")) {
        Ok(python) => Some(python),
        Err(error) => {
            println!("PyTorch is left out: {error:#}");
            None
        }
    };
    run(
        &mut cargo(ours(&["--no-run"])),
        "correct what the compiler says above",
    )?;
    let script = workspace.root.join("trainer/benches/step.py");
    let mut edgewise = Vec::new();
    let mut torch = LAYOUTS.map(|_| Vec::new());
    for round in 1..=ROUNDS {
        println!("round {round} of {ROUNDS}");
        edgewise.push(measured(&output(
            &mut cargo(ours(&["--", STEPS])),
            "see its message",
        )?)?);
        for (layout, lines) in LAYOUTS.iter().zip(&mut torch) {
            let Some(python) = &python else { continue };
            let (program, script) = (python.to_string_lossy(), script.to_string_lossy());
            let mut bench = command(&program, [&*script, STEPS, layout]);
            lines.push(measured(&output(&mut bench, "see its message")?)?);
        }
    }
    report(&edgewise, &torch)
}

fn report(edgewise: &[Value], torch: &[Vec<Value>]) -> Result<()> {
    let ours = |key| median(edgewise, key);
    let (step, inference) = (ours("step")?, ours("inference")?);
    println!(
        "\nA training step (256 + 256 pictures, two-step variant, f32) and inference, medians:"
    );
    let line = |name: &str, step: f64, inference: f64, peak: f64| {
        println!(
            "  {name:<22} {step:.3} s a step, {:.0} pictures a second, {peak:.0} MiB at most",
            PICTURES / inference
        );
    };
    line(
        "Edgewise",
        step,
        inference,
        ours("peak_mib").unwrap_or(f64::NAN),
    );
    println!(
        "  {:<22} {:.1} s an epoch of 5,000 photos (19 steps), end to end",
        "",
        ours("epoch")?
    );
    for (layout, lines) in LAYOUTS.iter().zip(torch) {
        if lines.is_empty() {
            continue;
        }
        let theirs = |key| median(lines, key);
        line(
            &format!("PyTorch {layout}"),
            theirs("step")?,
            theirs("inference")?,
            theirs("peak_mib")?,
        );
        println!(
            "  {:<22} {:.2} a step, {:.2} inference",
            "ratio of times",
            step / theirs("step")?,
            inference / theirs("inference")?
        );
    }
    let parts = [
        ("waiting for data", ours("waiting")?),
        ("the extractor forwards", ours("forward")?),
        ("Adam of F and C", ours("optimiser")?),
    ];
    let rest = step - parts.iter().map(|(_, seconds)| seconds).sum::<f64>();
    println!("Shares of our step:");
    for (name, seconds) in parts.into_iter().chain([("backwards, C and D", rest)]) {
        println!("  {name:<22} {:>5.1} %", 100.0 * seconds / step);
    }
    Ok(())
}

/// The packages are those of the tests, so that Burn is not compiled again.
fn ours<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let bench = ["bench", "--quiet", "--locked", "--bench", "step"];
    [&bench[..], NATIVE, more].concat()
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
