//! The command line.

use std::process::ExitCode;

use clap::Parser;
use trainer::commands::Cli;

// Training on the CPU allocates and frees large tensors all the time; the system's allocator is a quarter slower.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
