use std::path::{Path, PathBuf};

/// The compile target of everything that runs in a browser.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// The path of the libraries inside a sysroot.
pub fn libraries(sysroot: &Path) -> PathBuf {
    sysroot.join("lib/rustlib").join(TARGET).join("lib")
}
