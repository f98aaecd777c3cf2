//! The ways of installing something: how a person would type them, and how this program does them.

use super::{apt, wasm_target};
use crate::{
    process::{cargo, run},
    workspace::Workspace,
};
use anyhow::Result;

/// A way of installing something.
pub enum How {
    /// Debian's or Ubuntu's packages.
    Apt(&'static [&'static str]),
    /// A program from the crates' registry, compiled here.
    Cargo {
        package: &'static str,
        version: String,
        more: &'static [&'static str],
    },
    /// Rust's standard library for browsers.
    WasmTarget,
}

impl How {
    /// The line that does it in a shell.
    pub fn line(&self) -> String {
        match self {
            Self::Apt(packages) => apt::line(packages),
            Self::Cargo { .. } => format!("cargo {} --locked", self.cargo_arguments().join(" ")),
            Self::WasmTarget => wasm_target::LINE.to_owned(),
        }
    }

    /// Does it.
    pub fn install(&self, workspace: &Workspace) -> Result<()> {
        match self {
            Self::Apt(packages) => apt::install(packages),
            Self::Cargo { .. } => self.cargo_install(),
            Self::WasmTarget => wasm_target::install(workspace),
        }
    }

    fn cargo_arguments(&self) -> Vec<&str> {
        match self {
            Self::Cargo {
                package,
                version,
                more,
            } => [&["install", *package, "--version", version], *more].concat(),
            Self::Apt(_) | Self::WasmTarget => Vec::new(),
        }
    }

    /// With the dependencies that the package's makers locked; where the registry in use does not have all of them, with
    /// the newest that fit this compiler.
    fn cargo_install(&self) -> Result<()> {
        let install = |locked: &[&str]| {
            let mut command = cargo([&self.cargo_arguments()[..], locked].concat());
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_shown_as_it_is_typed() {
        let cargo = How::Cargo {
            package: "typos-cli",
            version: "1.52.0".into(),
            more: &["--bin", "typos"],
        };
        assert_eq!(
            cargo.line(),
            "cargo install typos-cli --version 1.52.0 --bin typos --locked"
        );
        assert!(
            How::Apt(&["a", "b"])
                .line()
                .ends_with("apt-get install --yes --no-install-recommends a b")
        );
        assert_eq!(
            How::WasmTarget.line(),
            "rustup target add wasm32-unknown-unknown"
        );
    }
}
