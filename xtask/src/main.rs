//! Edgewise's own commands, run as `cargo xtask <verb>`.

mod bench;
mod check;
mod demo;
mod dev;
mod packages;
mod path;
mod process;
mod serve;
mod setup;
mod site;
mod step;
mod test;
mod wasm;
mod workspace;

use clap::{Parser, Subcommand};
use setup::Install;
use std::process::ExitCode;
use workspace::Workspace;

/// Sets Edgewise up, shows it, checks it and builds its site.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
    /// Install nothing: where something is missing, print the lines that install it and stop
    #[arg(long, global = true)]
    no_install: bool,
}

#[derive(Subcommand)]
enum Verb {
    /// Install what building and testing need and this machine lacks (the other verbs do it for themselves)
    Setup,
    /// Say what can be said without running anything: format, spelling, licences, clippy, types of the CUDA path
    Check,
    /// Run every check and every test
    Test(test::Options),
    /// Measure how fast the parts are
    Bench(bench::Options),
    /// Build the static site
    Site(site::Options),
    /// Build the site quickly and serve it on this machine
    Demo(demo::Options),
    /// Serve the site and keep it up to date with the sources
    Dev(dev::Options),
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> anyhow::Result<()> {
    let workspace = Workspace::find()?;
    let install = if arguments.no_install {
        Install::Refused
    } else {
        Install::Allowed
    };
    match arguments.verb {
        Verb::Setup => setup::run(&workspace, setup::EVERYTHING, install),
        Verb::Check => check::run_verb(&workspace, install),
        Verb::Test(options) => test::run_verb(&workspace, &options, install),
        Verb::Bench(options) => bench::run_verb(&workspace, &options, install),
        Verb::Site(options) => site::run_verb(&workspace, &options, install),
        Verb::Demo(options) => demo::run_verb(&workspace, &options, install),
        Verb::Dev(options) => dev::run_verb(&workspace, &options, install),
    }
}
