//! `evaluate`: how often a trained classifier is right about doodles whose labels are known.

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use shared::{classes::ClassNames, weights::Measurement};

use super::trained::Trained;
use crate::{
    data::{self, Doodles, Labels},
    evaluation::{Predictor, Score},
    progress,
};

/// Options of `evaluate`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The classifier.
    #[command(flatten)]
    trained: Trained,
    /// Folder or zip: the course's layout, or numbered 28x28 pictures.
    #[arg(long)]
    data: PathBuf,
    /// CSV file `id,label`; where it covers only some of the pictures, those are scored.
    #[arg(long)]
    labels: PathBuf,
    /// Print the score as JSON and nothing else on standard output.
    #[arg(long)]
    json: bool,
}

/// Scores and prints.
///
/// # Errors
/// When the classifier, the pictures or the labels cannot be used.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let (predictor, metadata) = args.trained.open()?;
    let score = score(&predictor, &metadata.classes, &args.data, &args.labels)?;
    if args.json {
        println!("{}", serde_json::to_string_pretty(&score)?);
    } else {
        println!("{}\n{score}", args.trained.place().display());
    }
    Ok(())
}

/// Predicts the doodles that have a label and scores them.
///
/// # Errors
/// When the pictures or the labels cannot be used.
pub fn score(
    predictor: &Predictor,
    classes: &ClassNames,
    data: &Path,
    labels: &Path,
) -> anyhow::Result<Score> {
    let doodles = data::open_target(data)?;
    let labels = Labels::read(labels, &doodles.ids, classes)?;
    score_doodles(predictor, classes, doodles, &labels)
}

/// The same for doodles that are read already.
///
/// # Errors
/// When a label is not one of the classes.
pub fn score_doodles(
    predictor: &Predictor,
    classes: &ClassNames,
    doodles: Doodles,
    labels: &Labels,
) -> anyhow::Result<Score> {
    let (ids, pictures): (Vec<u32>, Vec<_>) = doodles
        .ids
        .into_iter()
        .zip(doodles.pictures)
        .filter(|(id, _)| labels.get(*id).is_some())
        .unzip();
    let started = Instant::now();
    let bar = progress::bar(pictures.len() as u64, 0, "pictures");
    let guesses = predictor.doodles(&pictures, |count| bar.inc(count as u64));
    bar.finish_and_clear();
    let seconds = started.elapsed().as_secs_f64();
    eprintln!(
        "{} pictures in {seconds:.2} s, {:.0} a second",
        pictures.len(),
        pictures.len() as f64 / seconds
    );
    let predictions = ids
        .into_iter()
        .zip(guesses.into_iter().map(|guess| guess.class));
    Ok(Score::new(predictions, labels, classes)?)
}

/// What a weights file says of a score.
pub fn measurement(score: &Score, on: String) -> Measurement {
    Measurement {
        accuracy: score.accuracy,
        pictures: score.scored,
        on,
    }
}
