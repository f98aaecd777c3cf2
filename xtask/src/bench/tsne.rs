//! `bench tsne`: t-SNE of the same 10,000 points by Edgewise and by scikit-learn on this machine, one after the other.

use super::{
    json::{measured, print_json},
    programs::{python_with, with_native},
    statistics::median,
};
use crate::{
    process::{cargo, command, output, run},
    setup::Install,
    workspace::Workspace,
};
use anyhow::Result;
use serde_json::json;

/// Measures both and prints their times and the ratio, or everything as JSON.
pub fn run_bench(workspace: &Workspace, json: bool, install: Install) -> Result<()> {
    let folder = workspace.target.join("bench-python");
    let python = python_with(
        &folder,
        "numpy, sklearn",
        &["numpy", "scikit-learn"],
        install,
    )?;
    let python = python.to_string_lossy();
    let script = workspace.root.join("trainer/tsne/benches/tsne.py");
    let script = script.to_string_lossy();
    let rows = workspace.target.join("tsne-rows.f32");
    let rows = rows.to_string_lossy();
    run(
        &mut command(&python, [&*script, "rows", &*rows]),
        "see its message",
    )?;
    run(
        &mut cargo(with_native("tsne", &["--no-run"])),
        "correct what the compiler says above",
    )?;
    let ours = output(
        &mut cargo(with_native("tsne", &["--", &*rows])),
        "see its message",
    )?;
    let ours = [measured(&ours)?];
    let theirs = output(
        &mut command(&python, [&*script, "measure", &*rows]),
        "see its message",
    )?;
    let theirs = [measured(&theirs)?];
    if json {
        let [ours, theirs] = [&ours, &theirs].map(|lines| &lines[0]);
        let document = json!({ "Edgewise": ours, "scikit-learn": theirs });
        print_json("tsne", &document);
        return Ok(());
    }
    let (seconds, whole) = (median(&ours, "seconds")?, median(&ours, "whole")?);
    let other = median(&theirs, "seconds")?;
    println!("\nt-SNE of 10,000 rows of 512 numbers, 1,000 iterations:");
    println!(
        "  Edgewise, 50 components   {seconds:.2} s, {:.3} of scikit-learn's",
        seconds / other
    );
    println!(
        "  Edgewise, all 512         {whole:.2} s, {:.3} of scikit-learn's; divergence {:.4}",
        whole / other,
        median(&ours, "divergence")?
    );
    println!(
        "  scikit-learn, all 512     {other:.2} s; divergence {:.4}",
        median(&theirs, "divergence")?
    );
    Ok(())
}
