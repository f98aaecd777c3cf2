//! From a crate to JavaScript and WebAssembly.

use super::{bundles::Bundle, split::split};
use crate::{process::run, setup::TARGET, wasm::cargo_for_browser, workspace::Workspace};
use anyhow::{Context, Result, anyhow};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use wasm_bindgen_cli_support::Bindgen;

/// Compiles a program and returns the path of its WebAssembly. The next program of the same name replaces it.
pub fn compile(workspace: &Workspace, bundle: &Bundle, profile: &str) -> Result<PathBuf> {
    let features = bundle.features.join(",");
    let arguments = [
        "--profile",
        profile,
        "--package",
        bundle.package,
        "--bin",
        bundle.binary,
        "--features",
        &features,
    ];
    let mut build = cargo_for_browser(workspace, "build", arguments, bundle.flags)?;
    run(&mut build, "correct what the compiler says above")?;
    let folder = if profile == "dev" { "debug" } else { profile };
    Ok(workspace
        .target
        .join(TARGET)
        .join(folder)
        .join(format!("{}.wasm", bundle.binary)))
}

/// Joins a compiled program to the browser, in `folder`, and its parts as files of their own. `strip` takes the names out of it
/// that only a developer reads.
pub fn bind(bundle: &Bundle, compiled: &Path, folder: &Path, strip: bool) -> Result<()> {
    if !bundle.is_split() {
        return join(bundle, compiled, folder, strip);
    }
    let temporary = TempDir::new().context("cannot make a temporary folder")?;
    let rest = temporary.path().join(format!("{}.wasm", bundle.name));
    split(compiled, folder, &rest)?;
    join(bundle, &rest, folder, strip)
}

fn join(bundle: &Bundle, compiled: &Path, folder: &Path, strip: bool) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(compiled)
        .out_name(bundle.name)
        .typescript(false)
        .omit_default_module_path(false)
        .keep_lld_exports(bundle.is_split())
        .remove_name_section(strip)
        .remove_producers_section(strip);
    let bound = bindgen
        .web(true)
        .and_then(|bindgen| bindgen.generate(folder));
    bound.map_err(|error| {
        anyhow!(
            "{} cannot be joined to the browser: {error:#}",
            compiled.display()
        )
    })
}
