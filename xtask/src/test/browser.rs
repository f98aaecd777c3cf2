//! The tests that run in headless Chromium.

use super::{
    runner::{counted, nextest},
    tally::Tally,
};
use crate::{packages::WASM, process::run, setup, site, step::step, wasm, workspace::Workspace};
use anyhow::Result;
use std::process::Command;

/// The suites that are compiled for the browser: golden files, shared, the page's components.
pub fn units(workspace: &Workspace, tally: &mut Tally) -> Result<()> {
    step("Build the browser's unit tests", || {
        run(
            &mut wasm_tests(workspace, &["--no-run"])?,
            "correct what the compiler says above",
        )
    })?;
    step("Run the browser's unit tests", || {
        let mut tests = wasm_tests(workspace, &["--no-fail-fast"])?;
        tests.env("CHROMEDRIVER", setup::chromedriver()?);
        // The default of 20 s is too short for a busy machine.
        tests.env("WASM_BINDGEN_TEST_TIMEOUT", "300");
        tests.env(
            "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
            workspace.root.join("webdriver.json"),
        );
        counted(&mut tests, tally)
    })
}

/// The site as it is published, its size and its programs, and then in a real browser as a visitor meets it.
pub fn end_to_end(workspace: &Workspace, tally: &mut Tally) -> Result<()> {
    let site = workspace.target.join("e2e-site");
    site::publish(workspace, &site, true)?;
    step("Check the site's size and its WebAssembly", || {
        site::check(&site)
    })?;
    step("Run the browser's end-to-end tests", || {
        let mut tests = nextest("run", &["--filterset", "binary(browser)"]);
        tests
            .env("CHROMEDRIVER", setup::chromedriver()?)
            .env("EDGEWISE_SITE", &site);
        counted(&mut tests, tally)
    })
}

fn wasm_tests(workspace: &Workspace, more: &[&str]) -> Result<Command> {
    let arguments = WASM.iter().chain(more);
    wasm::cargo_for_browser(workspace, "test", arguments.copied(), &[])
}
