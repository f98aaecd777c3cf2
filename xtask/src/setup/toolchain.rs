//! What rustup adds to the toolchain in use.

use crate::{
    path::find_program,
    process::{cargo, command, output, run},
};
use anyhow::{Result, bail};
use std::env;

const ADD: [&str; 5] = ["rustup", "component", "add", "rustfmt", "clippy"];

/// The line that adds rustfmt and clippy in a shell.
pub fn components_line() -> String {
    ADD.join(" ")
}

/// Requires rustup to manage the Rust in use. `what` is the part of it that is missing, and `packages` what Debian calls that.
pub fn require_rustup(what: &str, packages: &str) -> Result<()> {
    if env::var_os("RUSTUP_TOOLCHAIN").is_some() && find_program("rustup").is_some() {
        return Ok(());
    }
    let sysroot = output(
        &mut command("rustc", ["--print", "sysroot"]),
        "install Rust from https://rustup.rs",
    )?;
    bail!(
        "the Rust in {} is not managed by rustup: install its {what} (Debian and Ubuntu: `apt-get install {packages}`), or install \
         Rust from https://rustup.rs",
        sysroot.trim()
    );
}

/// Whether rustfmt and clippy run; rustup's minimal profile leaves them out.
pub fn has_components() -> bool {
    let runs = |verb| output(&mut cargo([verb, "--version"]), "").is_ok();
    runs("fmt") && runs("clippy")
}

/// Requires that rustfmt and clippy can be added.
pub fn check_components() -> Result<()> {
    require_rustup("rustfmt and clippy", "rustfmt rust-clippy")
}

/// Adds rustfmt and clippy.
pub fn add_components() -> Result<()> {
    let mut add = command(ADD[0], ADD[1..].iter().copied());
    run(&mut add, "look at its messages above; it needs the network")
}
