//! `demo`: builds the site quickly and serves it, on this machine alone unless it is told otherwise.

use crate::{
    serve, setup,
    site::{self, Profile},
    workspace::Workspace,
};
use anyhow::Result;
use clap::Args;
use std::net::IpAddr;

/// Where the demo is served.
#[derive(Args)]
pub struct Options {
    /// The port to serve on; where it is taken, the next free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The address to serve at; 0.0.0.0 is every one, such as for a container's host
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,
}

/// Sets up, builds and serves until Ctrl-C.
pub fn run_verb(workspace: &Workspace, options: &Options) -> Result<()> {
    setup::run(workspace, setup::FOR_SITE)?;
    let site = workspace.target.join("demo-site");
    site::build(workspace, Profile::Release, &site)?;
    serve::serve(&site, options.host, options.port)
}
