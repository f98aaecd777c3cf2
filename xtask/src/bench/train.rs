//! `bench train`: training with Edgewise and with PyTorch on this machine, interleaved.

use super::{
    json::{measured, print_json},
    programs::{python_with, with_native},
    statistics::{distributions, median},
};
use crate::{
    process::{cargo, command, output, run},
    setup::Install,
    workspace::Workspace,
};
use anyhow::Result;
use serde_json::{Map, Value};

/// Rounds of each.
const ROUNDS: usize = 3;
/// Measured steps in a round.
const STEPS: &str = "5";
/// Pictures of one measured inference.
const PICTURES: f64 = 256.0;
/// Layouts of PyTorch's tensors.
const LAYOUTS: [&str; 2] = ["contiguous", "channels_last"];

/// Measures and prints medians, and the ratios where PyTorch can be installed, or all distributions as JSON.
pub fn run_bench(workspace: &Workspace, json: bool, install: Install) -> Result<()> {
    let folder = workspace.target.join("bench-python");
    let python = match python_with(&folder, "torch, numpy", &["torch", "numpy"], install) {
        Ok(python) => Some(python),
        Err(error) => {
            eprintln!("PyTorch is left out: {error:#}");
            None
        }
    };
    run(
        &mut cargo(with_native("step", &["--no-run"])),
        "correct what the compiler says above",
    )?;
    let script = workspace.root.join("trainer/benches/step.py");
    let mut edgewise = Vec::new();
    let mut torch = LAYOUTS.map(|_| Vec::new());
    for round in 1..=ROUNDS {
        eprintln!("round {round} of {ROUNDS}");
        edgewise.push(measured(&output(
            &mut cargo(with_native("step", &["--", STEPS])),
            "see its message",
        )?)?);
        for (layout, lines) in LAYOUTS.iter().zip(&mut torch) {
            let Some(python) = &python else { continue };
            let (program, script) = (python.to_string_lossy(), script.to_string_lossy());
            let mut bench = command(&program, [&*script, STEPS, layout]);
            lines.push(measured(&output(&mut bench, "see its message")?)?);
        }
    }
    if json {
        print_json("train", &document(&edgewise, &torch));
        return Ok(());
    }
    report(&edgewise, &torch)
}

/// Seconds, and mebibytes of memory at most, by program and what was measured.
fn document(edgewise: &[Value], torch: &[Vec<Value>]) -> Value {
    let mut document = Map::new();
    document.insert("Edgewise".into(), distributions(edgewise));
    for (layout, rounds) in LAYOUTS.iter().zip(torch) {
        if !rounds.is_empty() {
            document.insert(format!("PyTorch {layout}"), distributions(rounds));
        }
    }
    document.into()
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
        ("forward pass of F", ours("forward")?),
        ("Adam of F and C", ours("optimiser")?),
    ];
    let rest = step - parts.iter().map(|(_, seconds)| seconds).sum::<f64>();
    println!("Shares of our step:");
    for (name, seconds) in parts.into_iter().chain([("backward pass, C and D", rest)]) {
        println!("  {name:<22} {:>5.1} %", 100.0 * seconds / step);
    }
    Ok(())
}
