//! `bench`: how fast the parts are.

mod train;

use crate::{
    process::{cargo, run},
    workspace::Workspace,
};
use anyhow::Result;
use clap::{Args, ValueEnum};

/// What to measure.
#[derive(Args)]
pub struct Options {
    /// Without it, the benches are listed
    #[arg(value_enum)]
    bench: Option<Bench>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Bench {
    Picture,
    Train,
}

impl Bench {
    fn what(self) -> &'static str {
        match self {
            Self::Picture => {
                "the picture operations of shared: luma, Canny, resizing, rotating, drawing"
            }
            Self::Train => {
                "a training step on the CPU, in turns with PyTorch's where that can be had"
            }
        }
    }
}

/// Runs one bench, or lists them.
pub fn run_verb(workspace: &Workspace, options: &Options) -> Result<()> {
    match options.bench {
        Some(Bench::Picture) => {
            let mut bench = cargo([
                "bench",
                "--locked",
                "--package",
                "shared",
                "--bench",
                "picture",
            ]);
            run(&mut bench, "correct what the compiler says above")
        }
        Some(Bench::Train) => train::run_bench(workspace),
        None => {
            println!("`cargo xtask bench <name>` measures one of:");
            for bench in Bench::value_variants() {
                if let Some(value) = bench.to_possible_value() {
                    println!("  {:<10} {}", value.get_name(), bench.what());
                }
            }
            Ok(())
        }
    }
}
