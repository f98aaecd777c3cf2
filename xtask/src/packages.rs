//! The sets of packages and features that are built together.
//!
//! Cargo compiles a dependency again for each set of features that it is asked for, and Burn takes minutes: whatever
//! is checked, tested and served is therefore built in as few sets as possible.

/// What runs on this machine.
pub const NATIVE: &[&str] = &[
    "--package",
    "bench_web",
    "--package",
    "datasets",
    "--package",
    "files",
    "--package",
    "laboratory",
    "--package",
    "laboratory_worker",
    "--package",
    "neighbours",
    "--package",
    "server",
    "--package",
    "shared",
    "--package",
    "tests",
    "--package",
    "trainer",
    "--package",
    "tsne",
    "--package",
    "xtask",
    "--features",
    "shared/model",
];

/// What is tested in a browser: none of it links Burn.
pub const WASM: &[&str] = &[
    "--package",
    "engine_worker",
    "--package",
    "photo_worker",
    "--package",
    "protocol",
    "--package",
    "tests",
    "--package",
    "web",
    "--features",
    "engine_worker/cpu",
];
