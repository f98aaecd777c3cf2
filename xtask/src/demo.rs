//! `demo`: builds the site quickly and serves it on this machine.

use crate::{
    serve, setup,
    site::{self, Profile},
    workspace::Workspace,
};
use anyhow::Result;
use clap::Args;

/// Where the demo is served.
#[derive(Args)]
pub struct Options {
    /// The port to serve on; where it is taken, the next free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

/// Sets up, builds and serves until Ctrl-C.
pub fn run_verb(workspace: &Workspace, options: &Options) -> Result<()> {
    setup::run(workspace, setup::FOR_SITE)?;
    let site = workspace.target.join("demo-site");
    site::build(workspace, Profile::Release, &site)?;
    serve::serve(&site, options.port)
}
