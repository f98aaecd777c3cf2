//! `curves`: the logs of runs as a picture.

use std::path::PathBuf;

use anyhow::Context;

use super::ensure_apart;
use crate::{
    figures::{LoggedRun, curves, write_figure},
    note, say,
    training::{RunFolder, Snapshot},
};

/// Options of `curves`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A run's folder, which may still be in training (of several stages, the folder of one); repeat the option to compare runs.
    #[arg(long = "run", value_name = "FOLDER", required = true)]
    runs: Vec<PathBuf>,
    /// The picture to write, .svg or .png [default: curves.svg in the first run's folder].
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Draws.
///
/// # Errors
/// When a folder has no log, it is damaged, or the picture cannot be written.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let mut read = Vec::new();
    for run in &args.runs {
        let name = run.file_name().unwrap_or(run.as_os_str());
        let name = name.to_string_lossy().into_owned();
        let folder = RunFolder::open(run)?;
        let checkpoint = folder.newest_checkpoint()?.with_context(|| {
            format!(
                "{} has no completed epoch yet, or is a recipe's: give the folder of a stage",
                run.display()
            )
        })?;
        read.push((name, checkpoint.history, Snapshot::all(&folder)?));
    }
    let runs: Vec<LoggedRun> = read
        .iter()
        .map(|(name, history, snapshots)| LoggedRun {
            name: name.clone(),
            history,
            snapshots,
        })
        .collect();
    let first = args.runs.first().context("no run was given")?;
    let out = args.out.clone().unwrap_or_else(|| first.join("curves.svg"));
    ensure_apart(&out, [])?;
    let undrawn = write_figure(&out, &curves(&runs)?)?;
    let epochs: usize = runs.iter().map(|run| run.history.len()).sum();
    say!("{}: {epochs} epochs", out.display());
    if let Some(words) = undrawn.sentence() {
        note!("{words}");
    }
    Ok(())
}
