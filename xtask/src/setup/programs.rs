//! What building and testing need: programs, and a standard library.

use super::{
    apt,
    how::How,
    tool::Tool,
    wasm_target::{extra_flags, is_usable},
};
use crate::process::{command, find_program, output};
use anyhow::{Context, Result};
use std::path::PathBuf;

/// Rust's standard library for browsers.
pub const WASM_TARGET: Tool = Tool {
    name: "Rust's standard library for wasm32-unknown-unknown",
    why: "the page and its workers are compiled for it",
    is_there: |workspace| Ok(is_usable(&[])? || !extra_flags(workspace)?.is_empty()),
    how: |_| Ok(How::WasmTarget),
};

/// Runs the tests that are compiled for browsers.
pub const WASM_TEST_RUNNER: Tool = Tool {
    name: "wasm-bindgen-test-runner",
    why: "it runs unit tests in a browser, in the very version of wasm-bindgen that Cargo.lock names",
    is_there: |workspace| {
        let wanted = workspace.locked_version(WASM_BINDGEN)?;
        Ok(version_of("wasm-bindgen-test-runner").as_deref() == Some(wanted.as_str()))
    },
    how: |workspace| {
        Ok(How::Cargo {
            package: "wasm-bindgen-cli",
            version: workspace.locked_version(WASM_BINDGEN)?,
            more: &["--bin", "wasm-bindgen-test-runner"],
        })
    },
};

/// Runs the native tests.
pub const NEXTEST: Tool = Tool {
    name: "cargo-nextest",
    why: "it runs the native tests",
    is_there: |_| Ok(find_program("cargo-nextest").is_some()),
    how: |_| {
        Ok(How::Cargo {
            package: "cargo-nextest",
            version: "0.9.151".into(),
            more: &["--no-default-features", "--features", "default-no-update"],
        })
    },
};

/// Checks spelling.
pub const TYPOS: Tool = Tool {
    name: "typos",
    why: "it checks spelling",
    is_there: |_| Ok(find_program("typos").is_some()),
    how: |_| {
        Ok(How::Cargo {
            package: "typos-cli",
            version: "1.52.0".into(),
            more: &[],
        })
    },
};

/// Finds unused dependencies.
pub const MACHETE: Tool = Tool {
    name: "cargo-machete",
    why: "it finds unused dependencies",
    is_there: |_| Ok(find_program("cargo-machete").is_some()),
    how: |_| {
        Ok(How::Cargo {
            package: "cargo-machete",
            version: "0.9.2".into(),
            more: &[],
        })
    },
};

/// Checks licences and sources of dependencies.
pub const DENY: Tool = Tool {
    name: "cargo-deny",
    why: "it checks the licences and sources of all dependencies",
    is_there: |_| Ok(find_program("cargo-deny").is_some()),
    how: |_| {
        Ok(How::Cargo {
            package: "cargo-deny",
            version: "0.20.2".into(),
            // It runs for seconds, and is compiled sooner this way.
            more: &["--debug"],
        })
    },
};

/// The browser of the tests.
pub const CHROMIUM: Tool = Tool {
    name: "Chromium and its driver",
    why: "the page's tests run in it",
    is_there: |_| Ok(browser().is_some() && find_program(CHROMEDRIVER).is_some()),
    how: |_| Ok(How::Apt(apt::chromium_packages())),
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
    how: |_| Ok(How::Apt(&["libvulkan1", "mesa-vulkan-drivers"])),
};

const WASM_BINDGEN: &str = "wasm-bindgen";
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_programs_print() {
        for (line, version) in [
            ("wasm-bindgen 0.2.130", Some("0.2.130")),
            (
                "wasm-bindgen-test-runner 0.2.130 (b9ef13c3e)\n",
                Some("0.2.130"),
            ),
            ("no version", None),
        ] {
            assert_eq!(version_in(line).as_deref(), version);
        }
    }
}
