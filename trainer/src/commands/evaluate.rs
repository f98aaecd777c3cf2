//! `evaluate`: how often a trained classifier is right about doodles whose labels are known.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use serde::Serialize;
use shared::{classes::ClassNames, weights::Measurement};

use super::{naming::name_doodles, trained::Trained};
use crate::{
    data::{DataError, DoodleFiles, Doodles, Labels},
    evaluation::{BATCH, Predictor, Redrawing, Redrawn, Reliability, Score},
    figures, note, print_result, progress,
};

/// Options of `evaluate`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The classifier.
    #[command(flatten)]
    trained: Trained,
    /// Folder or zip: the course's layout, or pictures.
    #[arg(long)]
    data: PathBuf,
    /// CSV file `id,label`; where it covers only some of the pictures, those are scored.
    #[arg(long)]
    labels: PathBuf,
    /// Folder to draw the confusion matrix and the reliability diagram into, as SVG.
    #[arg(long, value_name = "FOLDER")]
    figures: Option<PathBuf>,
    /// Draw the doodles again as people would on the page (small, tilted, shaky, fast, ...) and score those drawings too.
    #[arg(long)]
    redrawn: bool,
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
    let (files, labels) = labelled(&args.data, &args.labels, &metadata.classes)?;
    let mut result = score_doodles(&predictor, &metadata.classes, files.chunks(BATCH), &labels)?;
    if args.redrawn {
        result.redrawn = Some(score_redrawn(
            &predictor,
            &metadata.classes,
            files.chunks(BATCH),
            &labels,
        )?);
    }
    if let Some(folder) = &args.figures {
        let confusion = figures::confusion(&result.score)?;
        files::write(&folder.join("confusion.svg"), confusion.as_bytes())?;
        let reliability = figures::reliability(&result.reliability)?;
        files::write(&folder.join("reliability.svg"), reliability.as_bytes())?;
        note!("figures: {}", folder.display());
    }
    if args.json {
        print_result!("{}", serde_json::to_string_pretty(&result)?);
    } else {
        print_result!("{}\n{result}", args.trained.place().display());
    }
    Ok(())
}

/// How often a classifier is right, and how far its certainty can be trusted.
#[derive(Debug, Serialize)]
pub struct Evaluation {
    /// How often.
    #[serde(flatten)]
    pub score: Score,
    /// How far.
    #[serde(flatten)]
    pub reliability: Reliability,
    /// How often when the doodles are drawn again, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redrawn: Option<Redrawn>,
}

impl fmt::Display for Evaluation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = self.reliability.expected_calibration_error;
        write!(f, "{}\n\nexpected calibration error {error:.4}", self.score)?;
        match &self.redrawn {
            Some(redrawn) => write!(f, "\n\n{redrawn}"),
            None => Ok(()),
        }
    }
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
) -> anyhow::Result<Evaluation> {
    let (files, labels) = labelled(data, labels, classes)?;
    score_doodles(predictor, classes, files.chunks(BATCH), &labels)
}

/// The doodles that have a label, and the labels.
fn labelled(
    data: &Path,
    labels: &Path,
    classes: &ClassNames,
) -> anyhow::Result<(DoodleFiles, Labels)> {
    let mut files = DoodleFiles::list(data)?;
    let labels = Labels::read(labels, &files.ids(), classes)?;
    files.retain(|id| labels.get(id).is_some());
    Ok((files, labels))
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
) -> anyhow::Result<Evaluation> {
    let mut predictions = Vec::with_capacity(labels.len());
    let mut certainties = Vec::with_capacity(labels.len());
    name_doodles(predictor, labels.len(), chunks, |id, guess| {
        predictions.push((id, guess.class));
        certainties.push((guess.certainty(), labels.get(id) == Some(guess.class)));
        Ok(())
    })?;
    Ok(Evaluation {
        score: Score::new(predictions, labels, classes)?,
        reliability: Reliability::new(certainties),
        redrawn: None,
    })
}

/// Draws doodles again, which come in chunks and all have a label, and scores the drawings beside the bitmaps.
///
/// # Errors
/// When a chunk cannot be read, or a label is not one of the classes.
pub fn score_redrawn(
    predictor: &Predictor,
    classes: &ClassNames,
    chunks: impl Iterator<Item = Result<Doodles, DataError>>,
    labels: &Labels,
) -> anyhow::Result<Redrawn> {
    let bar = progress::bar(labels.len() as u64, 0, "pictures redrawn");
    let mut redrawing = Redrawing::default();
    for chunk in chunks {
        let doodles = chunk?;
        redrawing.add(predictor, &doodles);
        bar.inc(doodles.ids.len() as u64);
    }
    bar.finish_and_clear();
    Ok(redrawing.finish(labels, classes)?)
}

/// What a weights file says of a score.
pub fn measurement(score: &Score, on: String) -> Measurement {
    Measurement {
        accuracy: score.accuracy,
        pictures: score.scored,
        on,
    }
}
