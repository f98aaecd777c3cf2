//! `predict`: what pictures show.

use std::{
    collections::HashMap,
    io,
    path::{Path, PathBuf},
    slice,
};

use anyhow::{Context, ensure};
use files::FileError;
use shared::classes::ClassNames;

use super::{
    Outcome, ensure_apart,
    model_args::{DomainArgs, ModelArgs},
    terminal::{note_passed_over, stop_on_ctrl_c, stopped_unwritten},
};
use crate::{
    data::{DataError, Domain, PictureFiles, PictureFilesError},
    evaluation::{Prediction, PredictionTable, Submission, predict_chunks},
    note,
    output::Sink,
    progress::{Bar, Unit},
    say,
};

/// Where a submission goes when nobody says.
const SUBMISSION: &str = "submission.csv";

/// Options of `predict`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Pictures, and folders and zips of pictures; in the course's layout the doodles, or the photos.
    #[arg(value_name = "PICTURE", required_unless_present = "data")]
    pictures: Vec<PathBuf>,
    /// The same for a single folder or zip.
    #[arg(long, conflicts_with = "pictures")]
    data: Option<PathBuf>,
    /// The classifier.
    #[command(flatten)]
    model: ModelArgs,
    /// What the pictures are.
    #[command(flatten)]
    input: DomainArgs,
    /// Give the K most probable classes of each picture.
    #[arg(long, value_name = "K")]
    top: Option<usize>,
    /// Give the probability of every class.
    #[arg(long)]
    probabilities: bool,
    /// Write JSON instead of CSV.
    #[arg(long)]
    json: bool,
    /// Write the course's two columns instead, `id,label`: the number in each doodle's name, or its place among the names, and the
    /// number of the class.
    #[arg(long, conflicts_with_all = ["json", "top"])]
    submission: bool,
    /// The file to write, - for standard output [default: -, with --submission submission.csv].
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Leave out pictures that cannot be read, instead of refusing all.
    #[arg(long)]
    skip_unreadable: bool,
}

/// The predictions by the pictures' ids.
type Predictions = HashMap<u64, Prediction>;

/// Predicts and writes.
///
/// # Errors
/// When the classifier or one of the pictures cannot be used, or the file cannot be written; nothing is written then.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let stop = stop_on_ctrl_c("after these pictures")?;
    args.check()?;
    let read = args.paths().iter().map(PathBuf::as_path);
    ensure_apart(args.out(), read.chain([args.model.place()]))?;
    let files = args.files()?;
    let (predictor, metadata) = args.model.open()?;
    let input = args.input.resolve(&args.model)?;
    let classes = &metadata.classes;
    ensure!(
        args.top
            .is_none_or(|top| (1..=classes.len()).contains(&top)),
        "--top {}: there are {} classes; give 1 to {1}",
        args.top.unwrap_or_default(),
        classes.len()
    );
    let output = Output::create(args, classes)?;
    let mut predictions = Predictions::with_capacity(files.len());
    let mut problems = Vec::new();
    let chunks = input.chunks(&files, |problem| problems.push(problem));
    let finished = predict_chunks(
        &predictor,
        files.len(),
        chunks,
        &stop,
        &Bar::new(Unit::Pictures),
        |id, prediction| {
            predictions.insert(id, prediction);
            Ok(())
        },
    )?;
    if !finished {
        return Ok(stopped_unwritten());
    }
    args.report(problems)?;
    ensure!(
        !predictions.is_empty(),
        "none of the {} pictures can be read",
        files.len()
    );
    output.write(&files, &predictions)?;
    if args.out() != Path::new("-") {
        say!(
            "{}: {} predictions",
            args.out().display(),
            predictions.len()
        );
    }
    Ok(Outcome::Done)
}

impl Args {
    fn out(&self) -> &Path {
        let usual = if self.submission { SUBMISSION } else { "-" };
        self.out.as_deref().unwrap_or(Path::new(usual))
    }

    fn paths(&self) -> &[PathBuf] {
        match &self.data {
            Some(data) => slice::from_ref(data),
            None => &self.pictures,
        }
    }

    /// Refuses options that contradict each other.
    fn check(&self) -> anyhow::Result<()> {
        ensure!(
            self.top != Some(0),
            "--top 0: give at least 1, the most probable class"
        );
        if self.submission {
            ensure!(
                self.input.domain == Domain::Doodle,
                "--submission is about doodles: leave out --as photo, or --submission"
            );
            ensure!(
                self.paths().len() == 1,
                "--submission: ids would not be unique among several folders; give one folder or zip"
            );
        }
        Ok(())
    }

    fn files(&self) -> anyhow::Result<PictureFiles> {
        let files = match self.paths() {
            [path] if self.submission => PictureFiles::numbered(path)?,
            paths => PictureFiles::list(paths, self.input.domain)?,
        };
        note_passed_over(files.passed_over());
        Ok(files)
    }

    /// Refuses pictures that cannot be read, or says which are left out.
    fn report(&self, problems: Vec<DataError>) -> anyhow::Result<()> {
        if !self.skip_unreadable {
            PictureFilesError::any(problems)
                .context("leave them out with --skip-unreadable, or put them right")?;
            return Ok(());
        }
        for problem in &problems {
            note!("left out: {problem}");
        }
        Ok(())
    }
}

/// What is written, and where.
enum Output<'a> {
    Submission(Box<Submission>),
    Table {
        file: &'a Path,
        sink: Sink,
        table: PredictionTable<'a>,
        json: bool,
    },
}

impl<'a> Output<'a> {
    fn create(args: &'a Args, classes: &'a ClassNames) -> anyhow::Result<Self> {
        let file = args.out();
        if args.submission {
            let submission = Submission::create(file, classes, args.probabilities)?;
            return Ok(Self::Submission(Box::new(submission)));
        }
        Ok(Self::Table {
            file,
            sink: Sink::create(file)?,
            table: PredictionTable {
                classes,
                top: args.top,
                probabilities: args.probabilities,
            },
            json: args.json,
        })
    }

    fn write(self, files: &PictureFiles, predictions: &Predictions) -> anyhow::Result<()> {
        let predicted = |(id, file)| -> Option<(u64, &str, &Prediction)> {
            Some((id, file, predictions.get(&id)?))
        };
        let mut predicted = files.files().filter_map(predicted);
        match self {
            Self::Submission(mut submission) => {
                for (id, _, prediction) in predicted {
                    submission.add(id, prediction.class, &prediction.probabilities)?;
                }
                submission.finish()?;
            }
            Self::Table {
                file,
                mut sink,
                table,
                json,
            } => {
                let rows = predicted
                    .by_ref()
                    .map(|(_, file, prediction)| (file, prediction));
                let written: io::Result<()> = if json {
                    table.json(&mut sink, rows)
                } else {
                    table.csv(&mut sink, rows)
                };
                written.map_err(FileError::at(file))?;
                sink.finish()?;
            }
        }
        Ok(())
    }
}
