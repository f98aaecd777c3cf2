//! The programs that building and testing call.

use super::{Tool, apt};
use crate::process::{cargo, command, find_program, output, run};
use anyhow::{Context, Result};
use std::path::PathBuf;

/// Makes JavaScript bindings for the compiled crates and runs their tests in a browser.
pub const WASM_BINDGEN: Tool = Tool {
    name: "wasm-bindgen",
    why: "it joins the compiled crates to the browser, in the very version that Cargo.lock names",
    is_there: |workspace| {
        let wanted = workspace.locked_version(WASM_BINDGEN_PACKAGE)?;
        Ok(["wasm-bindgen", "wasm-bindgen-test-runner"]
            .into_iter()
            .all(|program| version_of(program).as_deref() == Some(wanted.as_str())))
    },
    install: |workspace| {
        let version = workspace.locked_version(WASM_BINDGEN_PACKAGE)?;
        cargo_install("wasm-bindgen-cli", &version, &[])
    },
};

/// Runs the native tests.
pub const NEXTEST: Tool = Tool {
    name: "cargo-nextest",
    why: "it runs the native tests",
    is_there: |_| Ok(find_program("cargo-nextest").is_some()),
    install: |_| {
        let features = ["--no-default-features", "--features", "default-no-update"];
        cargo_install("cargo-nextest", "0.9.151", &features)
    },
};

/// Checks spelling.
pub const TYPOS: Tool = Tool {
    name: "typos",
    why: "it checks spelling",
    is_there: |_| Ok(find_program("typos").is_some()),
    install: |_| cargo_install("typos-cli", "1.52.0", &[]),
};

/// Finds unused dependencies.
pub const MACHETE: Tool = Tool {
    name: "cargo-machete",
    why: "it finds unused dependencies",
    is_there: |_| Ok(find_program("cargo-machete").is_some()),
    install: |_| cargo_install("cargo-machete", "0.9.2", &[]),
};

/// The browser of the tests.
pub const CHROMIUM: Tool = Tool {
    name: "Chromium and its driver",
    why: "the page's tests run in it",
    is_there: |_| Ok(browser().is_some() && find_program(CHROMEDRIVER).is_some()),
    install: |_| apt::install(apt::chromium_packages()),
};

/// A graphics adapter that is there on every machine, for testing training through wgpu.
pub const VULKAN: Tool = Tool {
    name: "a Vulkan driver",
    why: "training through wgpu is tested on it; Mesa's computes on the processor",
    is_there: |_| {
        let folders = ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d"];
        let holds_any = |folder: &str| {
            let mut files = std::fs::read_dir(folder).into_iter().flatten();
            files.next().is_some()
        };
        Ok(folders.into_iter().any(holds_any))
    },
    install: |_| apt::install(&["libvulkan1", "mesa-vulkan-drivers"]),
};

const WASM_BINDGEN_PACKAGE: &str = "wasm-bindgen";
const CHROMEDRIVER: &str = "chromedriver";

/// The program that steers Chromium for the tests.
pub fn chromedriver() -> Result<PathBuf> {
    find_program(CHROMEDRIVER).context("chromedriver is not on the path: run `cargo xtask setup`")
}

fn browser() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find_map(find_program)
}

fn version_of(program: &str) -> Option<String> {
    find_program(program)?;
    version_in(&output(&mut command(program, ["--version"]), "").ok()?)
}

/// The version in a line such as `wasm-bindgen 0.2.130 (b9ef13c3e)`.
fn version_in(line: &str) -> Option<String> {
    let word = line
        .split_whitespace()
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
    Some(word.to_owned())
}

/// Installs with the dependencies that the package's makers locked; where the registry in use does not have all of
/// them, with the newest that fit this compiler.
fn cargo_install(package: &str, version: &str, more: &[&str]) -> Result<()> {
    let install = |locked: &[&str]| {
        let arguments = ["install", package, "--version", version].into_iter();
        let mut command = cargo(
            arguments
                .chain(more.iter().copied())
                .chain(locked.iter().copied()),
        );
        command.env_remove("CARGO_TARGET_DIR");
        command.env("CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS", "fallback");
        run(
            &mut command,
            "look at its messages above; it needs the network and a C compiler",
        )
    };
    install(&["--locked"]).or_else(|error| {
        println!("{error}\nTrying again with the newest dependencies that fit this compiler.");
        install(&[])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_programs_print() {
        assert_eq!(
            version_in("wasm-bindgen 0.2.130").as_deref(),
            Some("0.2.130")
        );
        assert_eq!(
            version_in("wasm-bindgen-test-runner 0.2.130 (b9ef13c3e)\n").as_deref(),
            Some("0.2.130")
        );
        assert_eq!(version_in("no version"), None);
    }
}
