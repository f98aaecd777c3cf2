//! From a crate to JavaScript and WebAssembly.

use super::bundles::Bundle;
use crate::{
    process::{command, run},
    setup::{TARGET, wasm_opt},
    wasm::cargo_for_browser,
    workspace::Workspace,
};
use anyhow::{Context, Result, anyhow};
use std::{
    fs,
    path::{Path, PathBuf},
};
use wasm_bindgen_cli_support::Bindgen;

/// What of WebAssembly the compiled programs may use: what the compiler's target has, and vectors.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

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

/// Joins a compiled program to the browser, in `folder`. `strip` takes the names out of it that only a developer reads.
pub fn bind(bundle: &Bundle, compiled: &Path, folder: &Path, strip: bool) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(compiled)
        .out_name(bundle.name)
        .typescript(false)
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

/// Makes a bound program smaller, in place.
pub fn shrink(bundle: &Bundle, site: &Path) -> Result<()> {
    let program = wasm_opt().context("wasm-opt is missing or too old: run `cargo xtask setup`")?;
    let path = site.join(bundle.wasm());
    let new = path.with_extension("new");
    let (program, from, to) = (
        program.to_string_lossy(),
        path.to_string_lossy(),
        new.to_string_lossy(),
    );
    let arguments = ["-Oz", "--strip-target-features", &from, "-o", &to];
    run(
        &mut command(&program, FEATURES.into_iter().chain(arguments)),
        "look at its message above",
    )?;
    fs::rename(&new, &path).with_context(|| format!("cannot replace {}", path.display()))
}
