//! `demo`: builds the site quickly, serves it, and adds the laboratory and the WebGPU engine behind it.

use crate::{
    serve,
    setup::{self, Install},
    site,
    workspace::Workspace,
};
use anyhow::{Context, Result};
use clap::Args;
use server::Site;
use std::path::Path;

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
    let listener = serve::listen(&options.serve)?;
    setup::run(workspace, setup::FOR_SITE, install)?;
    let folder = workspace.target.join("demo-site");
    site::build_quickly(workspace, &folder)?;
    let site = Site::new(&folder).with_context(|| format!("cannot find {}", folder.display()))?;
    let server = serve::start(site, listener)?;
    println!(
        "Drawing, photos and the game work now. The laboratory{} built meanwhile, which takes some minutes.",
        if options.no_gpu {
            " is"
        } else {
            " and the WebGPU engine are"
        }
    );
    add(workspace, &folder, &site::LABORATORY, "The laboratory");
    if !options.no_gpu {
        add(workspace, &folder, &site::GPU, "WebGPU");
    }
    server.wait();
    Ok(())
}

/// Adds a program; without it the rest works on.
fn add(workspace: &Workspace, folder: &Path, bundle: &site::Bundle, name: &str) {
    match site::add_program(workspace, folder, bundle) {
        Ok(()) => println!("{name} is there as well: reload the page to use it."),
        Err(error) => eprintln!("\nerror: {error:#}\nThe page works on without it."),
    }
}
