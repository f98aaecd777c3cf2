//! `export`: one epoch of a run as one weights file, for the page and for other programs.

mod calibration;
mod options;

use std::{
    path::{Path, PathBuf},
    sync::atomic::AtomicBool,
};

use anyhow::{Context, bail, ensure};
use burn::tensor::Device;
use image::GrayImage;
use shared::classes::ClassNames;
use shared::weights::{
    Calibration, Metadata, Precision, bytes_from_classifier, classifier_from_bytes,
    statistics_from_bytes, with_statistics,
};

use super::{
    ensure_apart,
    model_args::CheckpointArgs,
    terminal::{Terminal, note_passed_over},
};
use crate::{
    data::{Domain, PictureFiles},
    evaluation::{BATCH, DomainInput, Labelled, Predictor, Score, measurement, with_novelty},
    note,
    progress::{Bar, Unit},
    pytorch::state_dicts,
    say,
    training::{ModelRef, RunFolder, run_of},
};
use calibration::{calibrated, calibrated_on_target};
use options::{CalibrateOn, Format, Stored};

/// Options of `export`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The run's folder: its newest checkpoint is exported, unless --at or --best says otherwise.
    #[arg(long, value_name = "FOLDER", required_unless_present = "weights")]
    run: Option<PathBuf>,
    /// Instead of a run, a weights file, to store it in another precision; it keeps its calibration.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["run", "at", "best", "uncalibrated", "figures"])]
    weights: Option<PathBuf>,
    /// Which checkpoint of the run.
    #[command(flatten)]
    checkpoint: CheckpointArgs,
    /// What to write: one weights file, or a folder of two PyTorch state dicts as safetensors.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The weights file or, for PyTorch, the folder to write [default: edgewise.safetensors, or pytorch, in the run's folder].
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
    /// How the weights are stored; batch normalisation always stays f32.
    #[arg(long, value_enum, default_value_t = Stored::F32)]
    precision: Stored,
    /// Leave the probabilities as they are, even where the run held photos out to calibrate them on.
    #[arg(long)]
    uncalibrated: bool,
    /// Which pictures the confidence is calibrated on.
    #[arg(long, value_enum, default_value_t, conflicts_with = "uncalibrated")]
    calibrate_on: CalibrateOn,
    /// Store statistics by which drawings of none of the classes are refused, fitted without labels on the doodles of --data or of the
    /// run. This SHARE of them, retraced with the page's pen, is refused.
    #[arg(long, value_name = "SHARE", num_args = 0..=1, default_missing_value = "0.045")]
    novelty: Option<f64>,
    /// Folder to draw into, as SVG, how reliable the calibrated probabilities are on the held-out photos.
    #[arg(long, value_name = "FOLDER", conflicts_with = "uncalibrated")]
    figures: Option<PathBuf>,
    /// Where the run's data is now, where that has moved; with --labels, --novelty or --calibrate-on target, the folder or zip whose
    /// doodles are used.
    #[arg(long)]
    data: Option<PathBuf>,
    /// CSV file `id,label`: measure the exported file on those doodles, and write the accuracy into it.
    #[arg(long, value_name = "CSV")]
    labels: Option<PathBuf>,
    /// Which pictures those are, in words, such as "doodles of Quick, Draw!".
    #[arg(long, requires = "labels", default_value = "doodles")]
    on: String,
}

impl Args {
    fn source(&self) -> anyhow::Result<ModelRef<'_>> {
        match (&self.run, &self.weights) {
            (_, Some(weights)) => Ok(ModelRef::Weights(weights)),
            (Some(run), None) => Ok(ModelRef::Run(run, self.checkpoint.selector())),
            (None, None) => bail!("what is to be exported? Give --run or --weights"),
        }
    }
}

/// Exports.
///
/// # Errors
/// When the run has no whole epoch, its weights are not all numbers, or the file cannot be written.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let (name, is_folder) = match args.format {
        Format::Edgewise => ("edgewise.safetensors", false),
        Format::PytorchSafetensors => ("pytorch", true),
    };
    let source = args.source()?;
    let out = match (&args.out, source) {
        (Some(out), _) => out.clone(),
        (None, ModelRef::Run(run, _)) => run.join(name),
        (None, ModelRef::Weights(_)) => {
            bail!("--weights: give the file to write too, with --out")
        }
    };
    ensure!(
        is_folder || !out.is_dir(),
        "{} is a folder: give --out a file's name",
        out.display()
    );
    ensure!(
        !is_folder || !out.is_file(),
        "{} is a file: give --out a folder's name",
        out.display()
    );
    let precision = Precision::from(args.precision);
    ensure!(
        !is_folder || precision.bits().is_none(),
        "PyTorch's state dicts hold floating-point numbers: give --precision f32 or f16"
    );
    ensure!(
        !is_folder || args.novelty.is_none(),
        "PyTorch's state dicts hold no statistics: leave --novelty out"
    );
    if let Some(share) = args.novelty {
        ensure!(
            (0.0..1.0).contains(&share),
            "--novelty {share}: give a share from 0 to below 1, such as 0.045"
        );
    }
    let device = Device::flex();
    let unlabelled = || -> anyhow::Result<Vec<GrayImage>> { doodles(&doodles_of(args, source)?) };
    let mut kept = None;
    let (classifier, metadata) = match source {
        ModelRef::Weights(file) => {
            ensure_apart(&out, [file])?;
            let bytes = std::fs::read(file)
                .with_context(|| format!("{} cannot be read", file.display()))?;
            kept = statistics_from_bytes(&bytes)?;
            source.load(&device, &Terminal::default())?
        }
        ModelRef::Run(run, _) => {
            let (classifier, metadata) = source.load(&device, &Terminal::default())?;
            let (classifier, calibration) =
                if args.uncalibrated || args.calibrate_on == CalibrateOn::Target {
                    (classifier, None)
                } else {
                    calibrated(args, run, classifier, &device)?
                };
            (
                classifier,
                Metadata {
                    calibration,
                    ..metadata
                },
            )
        }
    };
    let (classifier, metadata) = match args.calibrate_on {
        CalibrateOn::Source => (classifier, metadata),
        CalibrateOn::Target => calibrated_on_target(classifier, metadata, &unlabelled()?, &device)?,
    };
    let mut metadata = metadata.with_precision(precision);
    let bytes = bytes_from_classifier(&classifier, &metadata)?;
    // Read back: a diverged network is refused here, and what is measured is what is stored.
    let (stored, _) = classifier_from_bytes(&bytes, &device)
        .with_context(|| format!("{} cannot be exported", source.path().display()))?;
    let bytes = match &args.labels {
        Some(labels) => {
            let data = doodles_of(args, source)?;
            let data = data.as_path();
            let predictor = Predictor::new(stored, device);
            let score = score(&predictor, &metadata.classes, data, labels)?;
            say!(
                "accuracy {:.4} on {} {}",
                score.accuracy,
                score.scored,
                args.on
            );
            metadata.measured = Some(measurement(&score, args.on.clone()));
            bytes_from_classifier(&classifier, &metadata)?
        }
        None => bytes,
    };
    if args.format == Format::PytorchSafetensors {
        let [extractor, predictor] = state_dicts(&bytes)?;
        files::write(&out.join("extractor_model.safetensors"), &extractor)?;
        files::write(&out.join("predictor_model.safetensors"), &predictor)?;
        say!(
            "{}: two state dicts, {:?}",
            out.display(),
            metadata.precision
        );
        if let Some(Calibration { temperature, .. }) = metadata.calibration {
            note!(
                "the logits in these state dicts are divided by the temperature {temperature:.3}; give --uncalibrated for the ones \
                 that were trained"
            );
        }
        return Ok(());
    }
    let bytes = match (args.novelty, kept, &metadata.novelty) {
        (Some(share), _, _) => {
            let bytes = with_novelty(&bytes, &unlabelled()?, share)?;
            say!("the novelty threshold refuses {share} of the doodles, retraced");
            bytes
        }
        (None, Some(statistics), Some(about)) => {
            with_statistics(&bytes, &statistics, about.clone())?
        }
        (None, _, _) => bytes,
    };
    files::write(&out, &bytes)?;
    say!(
        "{}: {} bytes, {:?}",
        out.display(),
        bytes.len(),
        metadata.precision
    );
    Ok(())
}

/// How accurate a classifier is on the doodles of a folder or zip that have a label.
fn score(
    predictor: &Predictor,
    classes: &ClassNames,
    data: &Path,
    labels: &Path,
) -> anyhow::Result<Score> {
    let doodles = Labelled::open(data, Some(labels), Domain::Doodle, classes)?;
    note_passed_over(doodles.passed_over());
    let (never, bar) = (AtomicBool::new(false), Bar::new(Unit::Pictures));
    let evaluation = doodles.score(predictor, classes, DomainInput::Doodles, &never, &bar)?;
    Ok(evaluation.context("it was stopped")?.score)
}

/// Where the doodles are that are measured on or fitted to: those of --data, else the run's own.
fn doodles_of(args: &Args, source: ModelRef<'_>) -> anyhow::Result<PathBuf> {
    match (&args.data, source) {
        (Some(data), _) => Ok(data.clone()),
        (None, ModelRef::Run(run, _)) => RunFolder::open(&run_of(run)?)?
            .config()?
            .data
            .location
            .clone()
            .context("the run was trained on the embedded sample: give doodles with --data"),
        (None, ModelRef::Weights(_)) => {
            bail!(
                "which doodles? Give those that --labels belong to, or that are to be fitted to, with --data"
            )
        }
    }
}

/// All doodles of a folder or zip.
fn doodles(data: &Path) -> anyhow::Result<Vec<GrayImage>> {
    let files = PictureFiles::numbered(data)?;
    let chunks = files.doodles(BATCH).flatten();
    let pictures = chunks.map(|(_, picture)| Ok(picture?));
    pictures.collect()
}
