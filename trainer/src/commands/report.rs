//! `report`: one HTML page for a run.

use std::{
    collections::BTreeMap,
    iter::once,
    path::{Path, PathBuf},
};

use burn::tensor::Device;
use files::NewFile;
use image::GrayImage;
use shared::classes::{ClassId, ClassNames};

use super::{ensure_apart, terminal::Terminal};
use crate::{
    data::{self, DataSet, Doodles, Labels, Origin},
    embedding::Embeddings,
    evaluation::{Predictor, Reliability, Score, predict_doodles},
    note,
    progress::{Bar, Unit},
    report::{Mistake, Report, Scored, most_confident},
    say,
    training::{CheckpointSelector, RunInfo, data_of_run, load_model},
};

/// Mistakes that are shown.
const MISTAKES: usize = 30;

/// Options of `report`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The run's folder, which may still be in training; of several stages the last is reported.
    #[arg(long, value_name = "FOLDER")]
    run: PathBuf,
    /// CSV file `id,label` of some of the run's doodles [default: as the run was given; on the embedded sample, held-out
    /// doodles].
    #[arg(long, value_name = "CSV")]
    labels: Option<PathBuf>,
    /// Where the run's data is now, where that has moved.
    #[arg(long)]
    data: Option<PathBuf>,
    /// The page to write [default: report.html in the run's folder].
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Reports.
///
/// # Errors
/// When the run or its data cannot be read, or the page cannot be written.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let info = RunInfo::read(&args.run)?;
    let out = args
        .out
        .clone()
        .unwrap_or_else(|| info.folder.path().join("report.html"));
    let given = [&args.labels, &args.data];
    ensure_apart(&out, given.into_iter().flatten().map(PathBuf::as_path))?;
    // Now, and not after minutes of predicting.
    let mut page = NewFile::create(&out)?;
    let data = data_of_run(&info.folder, args.data.as_deref(), &Terminal::default())?;
    let read = |file: &Path| Labels::read(file, &data.doodles, &data.classes);
    let labels = match (&args.labels, &info.config.evaluation.labels) {
        (Some(file), _) => Some(read(file)?),
        (None, Some(file)) => read(file)
            .inspect_err(|error| {
                note!("{error}; the page has no score (say with --labels where they are now)")
            })
            .ok(),
        (None, None) => None,
    };
    let scored = match (labels, &data.origin) {
        (Some(labels), _) => {
            let on = "labelled doodles".to_owned();
            Some(score(&args.run, &data.doodles, &labels, &data.classes, on)?)
        }
        (None, Origin::Sample { seed }) => {
            let (doodles, labels) = data::held_out(*seed);
            let on = "sample doodles that were held out".to_owned();
            Some(score(&args.run, &doodles, &labels, &data.classes, on)?)
        }
        (None, Origin::Folder(_) | Origin::Zip(_)) => None,
    };
    let report = Report {
        data: about(&data),
        embeddings: Embeddings::of_run(&info.folder)?,
        scored,
        info,
    };
    page.add(report.html()?.as_bytes())?;
    page.finish()?;
    say!("{}", out.display());
    Ok(())
}

fn about(data: &DataSet) -> Vec<[String; 2]> {
    let row = |name: &str, value: String| [name.to_owned(), value];
    vec![
        row("Data", data.origin.to_string()),
        row("Photos", data.photos.pictures.len().to_string()),
        row("Doodles", data.doodles.pictures.len().to_string()),
    ]
}

fn score(
    run: &Path,
    doodles: &Doodles,
    labels: &Labels,
    classes: &ClassNames,
    on: String,
) -> anyhow::Result<Scored> {
    let device = Device::flex();
    let (classifier, _) = load_model(run, CheckpointSelector::Latest, &device, &())?;
    let predictor = Predictor::new(classifier, device);
    let labelled = doodles.ids.iter().zip(&doodles.pictures);
    let labelled: BTreeMap<u64, (&GrayImage, ClassId)> = labelled
        .filter_map(|(id, picture)| Some((*id, (picture, labels.get(*id)?))))
        .collect();
    let chunk = doodles.filtered(|id| labelled.contains_key(&id));
    let (mut predictions, mut confidences, mut mistakes) = (Vec::new(), Vec::new(), Vec::new());
    predict_doodles(
        &predictor,
        labelled.len(),
        once(Ok(chunk)),
        &Bar::new(Unit::Pictures),
        |id, prediction| {
            let (picture, label) = labelled[&id];
            predictions.push((id, prediction.class));
            confidences.push((prediction.confidence(), prediction.class == label));
            mistakes.extend(Mistake::of(id, picture, label, &prediction));
            Ok(())
        },
    )?;
    Ok(Scored {
        on,
        score: Score::new(predictions, labels, classes)?,
        reliability: Reliability::new(confidences),
        mistakes: most_confident(mistakes, MISTAKES),
    })
}
