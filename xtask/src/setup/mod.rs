//! `setup`: installs what this machine lacks, and nothing else, after it has said what that is.

mod apt;
mod how;
mod offline;
mod programs;
mod target;
mod tool;
mod toolchain;
mod version;
mod wasm_target;

pub use programs::{browser, chromedriver};
pub use target::TARGET;
pub use wasm_target::extra_flags;

use crate::{step::step, workspace::Workspace};
use anyhow::{Error, Result, bail};
use how::How;
use std::fmt;
use tool::Tool;

/// Whether what is missing may be installed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Install {
    /// Install it.
    Allowed,
    /// Say how it is installed, and stop.
    Refused,
}

/// What building the site needs.
pub const FOR_SITE: &[Tool] = &[programs::WASM_TARGET];

/// What checking needs.
pub const FOR_CHECK: &[Tool] = &[
    programs::COMPONENTS,
    programs::WASM_TARGET,
    programs::TYPOS,
    programs::MACHETE,
    programs::DENY,
];

/// What every verb together needs.
pub const EVERYTHING: &[Tool] = &[
    programs::COMPONENTS,
    programs::WASM_TARGET,
    programs::WASM_TEST_RUNNER,
    programs::NEXTEST,
    programs::TYPOS,
    programs::MACHETE,
    programs::DENY,
    programs::CHROMIUM,
    programs::VULKAN,
];

/// Something that this machine lacks.
struct Missing<'a> {
    tool: &'a Tool,
    how: How,
    /// Why it cannot be installed from here, and what to do.
    refusal: Option<Error>,
}

/// Lists those of `tools` that are missing, with what, why and how, and then installs them, each as a step of its own.
///
/// # Errors
/// Where something is missing and installing is refused or not possible, before anything is installed, and where an installation fails.
pub fn run(workspace: &Workspace, tools: &[Tool], install: Install) -> Result<()> {
    let mut missing = Vec::new();
    for tool in tools {
        if !(tool.is_there)(workspace)? {
            let how = (tool.how)(workspace)?;
            let refusal = how.check().err();
            missing.push(Missing { tool, how, refusal });
        }
    }
    if missing.is_empty() {
        println!("Nothing has to be installed.");
        return Ok(());
    }
    announce(&missing, install)?;
    for Missing { tool, how, .. } in missing {
        step(&format!("Install {}", tool.name), || {
            how.install(workspace)?;
            if !(tool.is_there)(workspace)? {
                bail!(
                    "{} is still not usable after its installation: look at the messages above",
                    tool.name
                );
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Says what is missing; an error where it is not to be installed, or where some of it cannot be: compiling the rest takes minutes.
fn announce(missing: &[Missing<'_>], install: Install) -> Result<()> {
    let list: Vec<String> = missing.iter().map(Missing::to_string).collect();
    let list = list.join("\n");
    if install == Install::Refused {
        bail!(
            "something is missing on this machine; run these lines, or leave --no-install out:\n{list}"
        );
    }
    if missing.iter().any(|missing| missing.refusal.is_some()) {
        bail!(
            "something is missing on this machine that cannot be installed from here, so nothing was; do what these lines say, then \
             try again:\n{list}"
        );
    }
    println!(
        "Missing on this machine, and installed now (--no-install stops here instead):\n{list}"
    );
    Ok(())
}

impl fmt::Display for Missing<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "  # {}: {}", self.tool.name, self.tool.why)?;
        match &self.refusal {
            Some(refusal) => write!(formatter, "  # {refusal:#}"),
            None => write!(formatter, "  {}", self.how.line()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::anyhow;

    fn missing(refusal: Option<Error>) -> Missing<'static> {
        Missing {
            tool: &programs::COMPONENTS,
            how: How::Components,
            refusal,
        }
    }

    #[test]
    fn nothing_is_installed_where_something_cannot_be() {
        let some = [missing(None), missing(Some(anyhow!("no apt-get")))];
        let error = announce(&some, Install::Allowed).unwrap_err().to_string();
        assert!(error.contains("nothing was"), "{error}");
        assert!(
            error.contains("  rustup component add rustfmt clippy\n"),
            "{error}"
        );
        assert!(error.ends_with("  # no apt-get"), "{error}");
        announce(&some[..1], Install::Allowed).unwrap();
    }

    #[test]
    fn lines_to_run_are_shown_where_nothing_is_to_be_installed() {
        let error = announce(&[missing(None)], Install::Refused).unwrap_err();
        let error = error.to_string();
        assert!(error.contains("--no-install"), "{error}");
        assert!(error.ends_with("clippy"), "{error}");
    }
}
