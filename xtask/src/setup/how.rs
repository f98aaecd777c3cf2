//! The ways of installing something: how a person would type them, and how this program does them.

use super::{apt, toolchain, wasm_target};
use crate::{
    path::shadowing,
    process::{cargo, run},
    workspace::Workspace,
};
use anyhow::{Result, bail};
use std::path::Path;

/// A way of installing something.
pub enum How {
    /// Debian's or Ubuntu's packages.
    Apt(&'static [&'static str]),
    /// A program from the crates' registry, compiled here.
    Cargo {
        program: &'static str,
        package: &'static str,
        version: String,
        more: &'static [&'static str],
    },
    /// Parts of Rust's toolchain.
    Components,
    /// Rust's standard library for browsers.
    WasmTarget,
}

impl How {
    /// The line that does it in a shell.
    pub fn line(&self) -> String {
        match self {
            Self::Apt(packages) => apt::line(packages),
            Self::Cargo { .. } => format!("cargo {} --locked", self.cargo_arguments().join(" ")),
            Self::Components => toolchain::components_line(),
            Self::WasmTarget => wasm_target::LINE.to_owned(),
        }
    }

    /// Requires that it can be done on this machine, as far as that can be told before; an error says what a person has to do.
    pub fn check(&self) -> Result<()> {
        match self {
            Self::Apt(packages) => apt::check(packages),
            Self::Cargo {
                program, version, ..
            } => match shadowing(program) {
                Some((file, folder)) => bail!("{}", in_the_way(&file, version, &folder)),
                None => Ok(()),
            },
            Self::Components => toolchain::check_components(),
            Self::WasmTarget => wasm_target::check(),
        }
    }

    /// Does it.
    pub fn install(&self, workspace: &Workspace) -> Result<()> {
        match self {
            Self::Apt(packages) => apt::install(packages),
            Self::Cargo { .. } => self.cargo_install(),
            Self::Components => toolchain::add_components(),
            Self::WasmTarget => wasm_target::install(workspace),
        }
    }

    fn cargo_arguments(&self) -> Vec<&str> {
        match self {
            Self::Cargo {
                package,
                version,
                more,
                ..
            } => [&["install", *package, "--version", version], *more].concat(),
            Self::Apt(_) | Self::Components | Self::WasmTarget => Vec::new(),
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

/// That `file`, which is not the program in this version, would be run in place of the one that cargo puts into `folder`.
fn in_the_way(file: &Path, version: &str, folder: &Path) -> String {
    format!(
        "{} is not version {version}, and would be run in place of the one that cargo puts into {}: remove it, or put that folder \
         first in PATH",
        file.display(),
        folder.display()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_shown_as_it_is_typed() {
        let cargo = How::Cargo {
            program: "typos",
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

    #[test]
    fn a_program_in_the_way_is_named_with_what_to_do() {
        let file = Path::new("/usr/bin/typos");
        let said = in_the_way(file, "1.52.0", Path::new("/home/me/.cargo/bin"));
        for part in ["/usr/bin/typos", "1.52.0", "/home/me/.cargo/bin", "remove"] {
            assert!(said.contains(part), "{said}");
        }
    }
}
