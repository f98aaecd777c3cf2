//! What building and testing need: programs, and a standard library.

use super::{
    apt,
    how::How,
    tool::Tool,
    toolchain::has_components,
    version::{is_at_least, version_of},
    wasm_target::{extra_flags, is_usable},
};
use crate::path::find_program;
use anyhow::{Context, Result};
use std::path::PathBuf;

/// Check the format and the sources.
pub const COMPONENTS: Tool = Tool {
    name: "rustfmt and clippy",
    why: "they check the format and the sources",
    is_there: |_| Ok(has_components()),
    how: |_| Ok(How::Components),
};

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
            program: "wasm-bindgen-test-runner",
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
    // The oldest that the tests were run with.
    is_there: |_| Ok(is_at_least("cargo-nextest", "0.9.143")),
    how: |_| {
        Ok(How::Cargo {
            program: "cargo-nextest",
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
    is_there: |_| Ok(is_at_least("typos", TYPOS_VERSION)),
    how: |_| {
        Ok(How::Cargo {
            program: "typos",
            package: "typos-cli",
            version: TYPOS_VERSION.into(),
            more: &[],
        })
    },
};

/// Finds unused dependencies.
pub const MACHETE: Tool = Tool {
    name: "cargo-machete",
    why: "it finds unused dependencies",
    is_there: |_| Ok(is_at_least("cargo-machete", MACHETE_VERSION)),
    how: |_| {
        Ok(How::Cargo {
            program: "cargo-machete",
            package: "cargo-machete",
            version: MACHETE_VERSION.into(),
            more: &[],
        })
    },
};

/// Checks licences and sources of dependencies.
pub const DENY: Tool = Tool {
    name: "cargo-deny",
    why: "it checks the licences and sources of all dependencies",
    is_there: |_| Ok(is_at_least("cargo-deny", DENY_VERSION)),
    how: |_| {
        Ok(How::Cargo {
            program: "cargo-deny",
            package: "cargo-deny",
            version: DENY_VERSION.into(),
            // It runs for seconds, and is compiled sooner this way.
            more: &["--debug"],
        })
    },
};

/// The browser of the tests.
pub const CHROMIUM: Tool = Tool {
    name: "Chromium and its driver",
    why: "the page's tests run in it",
    // Elsewhere Chrome is not on the path, and chromedriver finds it by itself.
    is_there: |_| {
        let has_browser = !cfg!(target_os = "linux") || browser().is_ok();
        Ok(has_browser && find_program(CHROMEDRIVER).is_some())
    },
    how: |_| Ok(How::Apt(apt::chromium_packages())),
};

/// A graphics adapter that is there on every machine with Linux, for testing training through wgpu. Other systems come with theirs.
pub const VULKAN: Tool = Tool {
    name: "a Vulkan driver",
    why: "training through wgpu is tested on it; Mesa's computes on the processor",
    is_there: |_| {
        let folders = ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d"];
        let holds_any = |folder: &str| {
            let mut files = std::fs::read_dir(folder).into_iter().flatten();
            files.next().is_some()
        };
        Ok(!cfg!(target_os = "linux") || folders.into_iter().any(holds_any))
    },
    how: |_| Ok(How::Apt(&["libvulkan1", "mesa-vulkan-drivers"])),
};

const TYPOS_VERSION: &str = "1.52.0";
const MACHETE_VERSION: &str = "0.9.2";
const DENY_VERSION: &str = "0.20.2";
const WASM_BINDGEN: &str = "wasm-bindgen";
const CHROMEDRIVER: &str = "chromedriver";
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// The program that steers Chromium for the tests.
pub fn chromedriver() -> Result<PathBuf> {
    find_program(CHROMEDRIVER).context("chromedriver is not on the path: run `cargo xtask setup`")
}

/// The browser of the tests and of the bench.
pub fn browser() -> Result<PathBuf> {
    BROWSERS.into_iter().find_map(find_program).with_context(|| {
        format!(
            "none of {} is on the path: run `cargo xtask setup` on Linux; elsewhere put a link to Chrome, under one of these names, \
             on the path",
            BROWSERS.join(", ")
        )
    })
}
