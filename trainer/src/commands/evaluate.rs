//! `evaluate`: how accurate a trained classifier is on doodles or photos whose labels are known.

use std::{
    path::{Path, PathBuf},
    sync::atomic::Ordering,
};

use anyhow::ensure;
use files::NewFile;

use super::{
    Outcome,
    model_args::{DomainArgs, ModelArgs},
    terminal::{note_passed_over, stop_on_ctrl_c},
};
use crate::{
    data::{Domain, read_ndjson},
    evaluation::{Evaluation, Labelled, NoveltyTrial},
    figures, note, print_result,
    progress::{Bar, Unit},
};

/// Options of `evaluate`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The classifier.
    #[command(flatten)]
    model: ModelArgs,
    /// Folder or zip: the course's layout, or pictures.
    #[arg(long)]
    data: PathBuf,
    /// CSV file `id,label`; where it covers only some of the pictures, those are scored. Photos of the course's layout, and folders
    /// with a folder for each class, need none.
    #[arg(long, value_name = "CSV")]
    labels: Option<PathBuf>,
    /// What the pictures are.
    #[command(flatten)]
    input: DomainArgs,
    /// Folder to draw the confusion matrix and the reliability diagram into, as SVG.
    #[arg(long, value_name = "FOLDER")]
    figures: Option<PathBuf>,
    /// Score the doodles also as people would draw them on the page: traced, then small, tilted, shaky, fast, ...
    #[arg(long, alias = "redrawn")]
    robustness: bool,
    /// File of drawings of other things as Quick, Draw! publishes them, one JSON object a line: measure how many of these are accepted, and
    /// how many labelled doodles refused, by a weights file that was exported with --novelty.
    #[arg(long, value_name = "NDJSON", requires = "weights")]
    others: Option<PathBuf>,
    /// Print the score as JSON and nothing else on standard output.
    #[arg(long)]
    json: bool,
}

/// Scores and prints.
///
/// # Errors
/// When the classifier, the pictures or the labels cannot be used.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let stop = stop_on_ctrl_c("after these pictures")?;
    let domain = args.input.domain;
    ensure!(
        !(args.robustness && domain == Domain::Photo),
        "--robustness is about doodles: leave out --as photo, or --robustness"
    );
    ensure!(
        !(args.others.is_some() && domain == Domain::Photo),
        "--others is about doodles: leave out --as photo, or --others"
    );
    let others = args.others.as_deref().map(read_ndjson).transpose()?;
    let (predictor, metadata) = args.model.open()?;
    let novelty = match (others, args.model.weights()) {
        (Some(others), Some(weights)) => Some(NoveltyTrial::open(weights, &others)?),
        (_, None) | (None, _) => None,
    };
    let input = args.input.resolve(&args.model)?;
    let pictures = Labelled::open(
        &args.data,
        args.labels.as_deref(),
        domain,
        &metadata.classes,
    )?;
    note_passed_over(pictures.passed_over());
    // Now, and not after minutes of predicting.
    let drawn = args.figures.as_deref().map(create).transpose()?;
    let Some(mut result) = pictures.score(
        &predictor,
        &metadata.classes,
        input,
        &stop,
        &Bar::new(Unit::Pictures),
    )?
    else {
        return Ok(stopped());
    };
    let is_stopped = || stop.load(Ordering::Relaxed);
    if domain == Domain::Photo {
        if is_stopped() {
            return Ok(stopped());
        }
        result.caveat = pictures.caveat(args.model.seen_photos()?.as_ref())?;
    }
    if args.robustness {
        result.robustness = pictures.score_robustness(
            &predictor,
            &metadata.classes,
            &stop,
            &Bar::new(Unit::TracedPictures),
        )?;
        if result.robustness.is_none() {
            return Ok(stopped());
        }
    }
    if let Some(novelty) = novelty {
        if is_stopped() {
            return Ok(stopped());
        }
        result.novelty = Some(pictures.score_novelty(&novelty)?);
        if is_stopped() {
            return Ok(stopped());
        }
    }
    if let (Some(files), Some(folder)) = (drawn, &args.figures) {
        draw(files, &result)?;
        note!("figures: {}", folder.display());
    }
    if args.json {
        print_result!("{}", serde_json::to_string_pretty(&result)?);
    } else {
        print_result!("{}\n{result}", args.model.place().display());
    }
    Ok(Outcome::Done)
}

/// Begins the files of the reliability diagram and of the confusion matrix.
fn create(folder: &Path) -> anyhow::Result<[NewFile; 2]> {
    let file = |name| NewFile::create(&folder.join(name));
    // Whichever makes the folder removes it when it's dropped unfinished, so it has to be dropped last.
    let confusion = file("confusion.svg")?;
    Ok([file("reliability.svg")?, confusion])
}

fn draw(files: [NewFile; 2], result: &Evaluation) -> anyhow::Result<()> {
    let drawn = [
        figures::reliability(&result.reliability)?,
        figures::confusion(&result.score),
    ];
    for (mut file, figure) in files.into_iter().zip(drawn) {
        file.add(figure.as_bytes())?;
        file.finish()?;
    }
    Ok(())
}

fn stopped() -> Outcome {
    note!("stopped; nothing was scored");
    Outcome::Stopped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_that_are_not_finished_leave_no_folder() {
        let top = tempfile::tempdir().unwrap();
        drop(create(&top.path().join("new/deep")).unwrap());
        assert_eq!(std::fs::read_dir(top.path()).unwrap().count(), 0);
    }
}
