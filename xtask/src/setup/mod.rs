//! `setup`: installs what this machine lacks, and nothing else.

mod apt;
mod programs;
mod rust_source;
mod wasm_target;

pub use programs::chromedriver;
pub use wasm_target::TARGET;

use crate::{step::step, workspace::Workspace};
use anyhow::{Result, bail};

/// Something that building or testing needs on the machine.
pub struct Tool {
    name: &'static str,
    why: &'static str,
    is_there: fn(&Workspace) -> Result<bool>,
    install: fn(&Workspace) -> Result<()>,
}

/// What building the site needs.
pub const FOR_SITE: &[Tool] = &[wasm_target::TOOL, programs::WASM_BINDGEN];

/// What checking needs.
pub const FOR_CHECK: &[Tool] = &[wasm_target::TOOL, programs::TYPOS, programs::MACHETE];

/// What every verb together needs.
pub const EVERYTHING: &[Tool] = &[
    wasm_target::TOOL,
    programs::WASM_BINDGEN,
    programs::NEXTEST,
    programs::TYPOS,
    programs::MACHETE,
    programs::CHROMIUM,
    programs::VULKAN,
];

/// Installs those of `tools` that are missing, each as a step of its own.
pub fn run(workspace: &Workspace, tools: &[Tool]) -> Result<()> {
    for tool in tools {
        if (tool.is_there)(workspace)? {
            println!("{}: already here", tool.name);
            continue;
        }
        step(&format!("Install {}: {}", tool.name, tool.why), || {
            (tool.install)(workspace)?;
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
