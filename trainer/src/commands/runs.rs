//! `runs`: which runs there are, and how some of them differ.

use std::path::PathBuf;

use clap::Subcommand;

use super::session::RUNS;
use crate::{
    print_result,
    runs::{Differences, differences_table, list, list_table},
};

/// Options of `runs`.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    /// What to do; without a verb, list.
    #[command(subcommand)]
    verb: Option<Verb>,
    /// The folder that holds the runs.
    #[arg(long = "in", value_name = "FOLDER", default_value = RUNS)]
    folder: PathBuf,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// What to do with runs.
#[derive(Debug, Subcommand)]
enum Verb {
    /// Print what differs between runs: settings, and results side by side.
    Compare {
        /// The runs' folders; of a recipe's folder, its last stage.
        #[arg(required = true, num_args = 2.., value_name = "RUN")]
        runs: Vec<PathBuf>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}

/// Lists or compares.
///
/// # Errors
/// Where a folder holds no run, or one cannot be read.
pub fn run(args: &Args) -> anyhow::Result<()> {
    match &args.verb {
        Some(Verb::Compare { runs, json }) => {
            let differences = Differences::between(runs)?;
            match json {
                true => print_result!("{}", serde_json::to_string_pretty(&differences)?),
                false => print_result!("{}", differences_table(&differences)),
            }
        }
        None => {
            let listed = list(&args.folder)?;
            match args.json {
                true => print_result!("{}", serde_json::to_string_pretty(&listed)?),
                false => print_result!("{}", list_table(&listed)),
            }
        }
    }
    Ok(())
}
