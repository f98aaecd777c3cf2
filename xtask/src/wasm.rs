//! Cargo for what runs in a browser.

use crate::{
    process::cargo,
    setup::{TARGET, extra_flags},
    workspace::Workspace,
};
use anyhow::Result;
use std::process::Command;

/// A verb of cargo for the browser's target. `flags` are handed to the compiler after those of `.cargo/config.toml`.
///
/// What the environment says about flags is left out: cargo would follow it instead of `.cargo/config.toml`, and the programs
/// would lack their vector instructions.
pub fn cargo_for_browser<'a>(
    workspace: &Workspace,
    verb: &str,
    arguments: impl IntoIterator<Item = &'a str>,
    flags: &[&str],
) -> Result<Command> {
    let mut command = cargo([verb, "--locked", "--target", TARGET]);
    let more = extra_flags(workspace)?;
    let flags: Vec<&str> = more
        .iter()
        .map(String::as_str)
        .chain(flags.iter().copied())
        .collect();
    if !flags.is_empty() {
        command.args(["--config", &flags_setting(&flags)]);
    }
    command.args(arguments).current_dir(&workspace.root);
    for variable in ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"] {
        command.env_remove(variable);
    }
    Ok(command)
}

/// The setting, in TOML, that adds `flags` to those of the configuration file.
fn flags_setting(flags: &[&str]) -> String {
    let quoted: Vec<String> = flags.iter().map(|flag| format!("{flag:?}")).collect();
    format!("target.{TARGET}.rustflags=[{}]", quoted.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_a_list_in_toml() {
        assert_eq!(
            flags_setting(&["-C", "target-feature=+relaxed-simd"]),
            r#"target.wasm32-unknown-unknown.rustflags=["-C","target-feature=+relaxed-simd"]"#
        );
    }
}
