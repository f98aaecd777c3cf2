//! `demo`: builds the site quickly, serves it, and adds the WebGPU engine behind it.

use crate::{
    serve,
    setup::{self, Install},
    site,
    workspace::Workspace,
};
use anyhow::{Context, Result};
use clap::Args;
use server::Site;

/// Where the demo is served.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    serve: serve::Options,
    /// Leave out the WebGPU engine, which takes most of the time
    #[arg(long)]
    no_gpu: bool,
}

/// Sets up, builds and serves until Ctrl-C.
pub fn run_verb(workspace: &Workspace, options: &Options, install: Install) -> Result<()> {
    setup::run(workspace, setup::FOR_SITE, install)?;
    let folder = workspace.target.join("demo-site");
    site::build_quickly(workspace, &folder)?;
    let site = Site::new(&folder).with_context(|| format!("cannot find {}", folder.display()))?;
    let server = serve::start(site, &options.serve)?;
    if !options.no_gpu {
        println!(
            "The page works on the CPU now. The WebGPU engine is built meanwhile, which takes some minutes."
        );
        match site::add_gpu(workspace, &folder) {
            Ok(()) => println!("WebGPU is there as well: reload the page to use it."),
            Err(error) => eprintln!("\nerror: {error:#}\nThe page works on without WebGPU."),
        }
    }
    server.wait();
    Ok(())
}
