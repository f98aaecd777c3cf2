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
    // A relative one was meant from the folder that `cargo xtask` was called in.
    command.env("CARGO_TARGET_DIR", &workspace.target);
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
    use tempfile::TempDir;

    #[test]
    fn the_target_folder_is_the_one_that_was_found_wherever_cargo_runs() {
        let folder = TempDir::new().unwrap();
        let workspace = Workspace {
            root: folder.path().join("root"),
            target: folder.path().join("elsewhere"),
        };
        let command = cargo_for_browser(&workspace, "build", [], &[]).unwrap();
        assert_eq!(command.get_current_dir(), Some(workspace.root.as_path()));
        let mut variables = command.get_envs();
        let target = variables.find(|(name, _)| *name == "CARGO_TARGET_DIR");
        assert_eq!(target.unwrap().1, Some(workspace.target.as_os_str()));
    }

    #[test]
    fn flags_are_a_list_in_toml() {
        assert_eq!(
            flags_setting(&["-C", "target-feature=+relaxed-simd"]),
            r#"target.wasm32-unknown-unknown.rustflags=["-C","target-feature=+relaxed-simd"]"#
        );
    }
}
