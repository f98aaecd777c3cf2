//! `evaluate`: how often a trained classifier is right about doodles whose labels are known.

use std::path::{Path, PathBuf};

use shared::{classes::ClassNames, weights::Measurement};

use super::{naming::name_doodles, trained::Trained};
use crate::{
    data::{DataError, DoodleFiles, Doodles, Labels},
    evaluation::{BATCH, Predictor, Score},
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
    let mut files = DoodleFiles::list(data)?;
    let labels = Labels::read(labels, &files.ids(), classes)?;
    files.retain(|id| labels.get(id).is_some());
    score_doodles(predictor, classes, files.chunks(BATCH), &labels)
}

/// The same for doodles that come in chunks and all have a label.
///
/// # Errors
/// When a chunk cannot be read, or a label is not one of the classes.
pub fn score_doodles(
    predictor: &Predictor,
    classes: &ClassNames,
    chunks: impl Iterator<Item = Result<Doodles, DataError>>,
    labels: &Labels,
) -> anyhow::Result<Score> {
    let mut predictions = Vec::with_capacity(labels.len());
    name_doodles(predictor, labels.len(), chunks, |id, guess| {
        predictions.push((id, guess.class));
        Ok(())
    })?;
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
