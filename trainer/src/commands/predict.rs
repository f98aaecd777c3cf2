//! `predict`: pictures to a CSV file of guesses.

use std::path::PathBuf;

use super::{naming::name_doodles, trained::Trained};
use crate::{
    data::DoodleFiles,
    evaluation::{BATCH, Submission},
    say,
};

/// Options of `predict`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The classifier.
    #[command(flatten)]
    trained: Trained,
    /// Folder or zip: the course's layout, or pictures.
    #[arg(long)]
    data: PathBuf,
    /// The CSV file to write: `id,label`.
    #[arg(long, default_value = "submission.csv")]
    out: PathBuf,
    /// Add a column with each class's probability.
    #[arg(long)]
    probabilities: bool,
}

/// Predicts and writes.
///
/// # Errors
/// When the classifier or the pictures cannot be used, or the file cannot be written.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let (predictor, metadata) = args.trained.open()?;
    let files = DoodleFiles::list(&args.data)?;
    let total = files.ids().len();
    let mut submission = Submission::create(&args.out, &metadata.classes, args.probabilities)?;
    name_doodles(&predictor, total, files.chunks(BATCH), |id, guess| {
        Ok(submission.add(id, guess.class, &guess.probabilities)?)
    })?;
    submission.finish()?;
    say!("{}: {total} guesses", args.out.display());
    Ok(())
}
