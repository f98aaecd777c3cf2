//! `curves`: a run's log as a picture.

use std::path::PathBuf;

use crate::{figures, files::write_beside, training::read_log};

/// Options of `curves`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The run's folder, which may still be in training; of several stages, the folder of one.
    #[arg(long, value_name = "FOLDER")]
    run: PathBuf,
    /// The picture to write, SVG [default: curves.svg in the run's folder].
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Draws.
///
/// # Errors
/// When the folder has no log, it is damaged, or the picture cannot be written.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let history = read_log(&args.run)?;
    let out = args
        .out
        .clone()
        .unwrap_or_else(|| args.run.join("curves.svg"));
    write_beside(&out, figures::curves(&history)?.as_bytes())?;
    println!("{}: {} epochs", out.display(), history.len());
    Ok(())
}
