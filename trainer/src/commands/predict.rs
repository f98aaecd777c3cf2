//! `predict`: pictures to a CSV file of guesses.

use std::path::PathBuf;

use super::trained::Trained;
use crate::{data, evaluation::Submission, progress};

/// Options of `predict`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The classifier.
    #[command(flatten)]
    trained: Trained,
    /// Folder or zip: the course's layout, or numbered 28x28 pictures.
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
    let doodles = data::open_target(&args.data)?;
    let mut submission = Submission::create(&args.out, &metadata.classes, args.probabilities)?;
    let bar = progress::bar(doodles.pictures.len() as u64, 0, "pictures");
    let guesses = predictor.doodles(&doodles.pictures, |count| bar.inc(count as u64));
    bar.finish_and_clear();
    for (id, guess) in doodles.ids.iter().zip(guesses) {
        submission.add(*id, guess.class, &guess.probabilities)?;
    }
    submission.finish()?;
    println!("{}: {} guesses", args.out.display(), doodles.ids.len());
    Ok(())
}
