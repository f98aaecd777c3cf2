//! `setup`: installs what this machine lacks, and nothing else, after it has said what that is.

mod apt;
mod how;
mod offline;
mod programs;
mod target;
mod tool;
mod wasm_target;

pub use programs::chromedriver;
pub use target::TARGET;
pub use wasm_target::extra_flags;

use crate::{step::step, workspace::Workspace};
use anyhow::{Result, bail};
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
    programs::WASM_TARGET,
    programs::TYPOS,
    programs::MACHETE,
    programs::DENY,
];

/// What every verb together needs.
pub const EVERYTHING: &[Tool] = &[
    programs::WASM_TARGET,
    programs::WASM_TEST_RUNNER,
    programs::NEXTEST,
    programs::TYPOS,
    programs::MACHETE,
    programs::DENY,
    programs::CHROMIUM,
    programs::VULKAN,
];

/// Lists those of `tools` that are missing, with what, why and how, and then installs them, each as a step of its own.
///
/// # Errors
/// Where something is missing and installing is refused, and where an installation fails.
pub fn run(workspace: &Workspace, tools: &[Tool], install: Install) -> Result<()> {
    let mut missing = Vec::new();
    for tool in tools {
        if !(tool.is_there)(workspace)? {
            missing.push((tool, (tool.how)(workspace)?));
        }
    }
    if missing.is_empty() {
        println!("Nothing has to be installed.");
        return Ok(());
    }
    let list: Vec<String> = missing
        .iter()
        .map(|(tool, how)| format!("  # {}: {}\n  {}", tool.name, tool.why, how.line()))
        .collect();
    let list = list.join("\n");
    if install == Install::Refused {
        bail!(
            "something is missing on this machine; run these lines, or leave --no-install out:\n{list}"
        );
    }
    println!(
        "Missing on this machine, and installed now (--no-install stops here instead):\n{list}"
    );
    for (tool, how) in missing {
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
