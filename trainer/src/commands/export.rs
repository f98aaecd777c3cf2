//! `export`: one epoch of a run as one weights file, for the page and for other programs.

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use burn::tensor::Device;
use clap::ValueEnum;
use shared::{
    model::Classifier,
    weights::{Calibration, Metadata, Precision, bytes_from_classifier, classifier_from_bytes},
};

use super::{evaluate, trained::Epoch};
use crate::{
    evaluation::{Predictor, Reliability, calibrate, cross_fitted, share_right},
    figures, note,
    pytorch::state_dicts,
    say,
    training::{RunFolder, data_of_run, held_out_of_run, learned, run_of},
};

/// Options of `export`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The run's folder: its newest checkpoint is exported, unless --at or --best says otherwise.
    #[arg(long, value_name = "FOLDER")]
    run: PathBuf,
    /// Which of the run's epochs.
    #[command(flatten)]
    epoch: Epoch,
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
    /// Folder to draw into, as SVG, how reliable the calibrated probabilities are on the held-out photos.
    #[arg(long, value_name = "FOLDER", conflicts_with = "uncalibrated")]
    figures: Option<PathBuf>,
    /// Where the run's data is now, where that has moved; with --labels, the folder or zip whose doodles are measured on.
    #[arg(long)]
    data: Option<PathBuf>,
    /// CSV file `id,label`: measure the exported file on those doodles, and write the accuracy into it.
    #[arg(long, value_name = "CSV")]
    labels: Option<PathBuf>,
    /// Which pictures those are, in words, such as "doodles of Quick, Draw!".
    #[arg(long, requires = "labels", default_value = "doodles")]
    on: String,
}

/// What is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One weights file with metadata, for the page and for this program.
    #[default]
    Edgewise,
    /// extractor_model.safetensors and predictor_model.safetensors, whose names are those of the notebook's state dicts.
    PytorchSafetensors,
}

/// [`Precision`] as an option.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Stored {
    /// 4 bytes a weight.
    F32,
    /// 2 bytes a weight.
    F16,
}

impl From<Stored> for Precision {
    fn from(stored: Stored) -> Self {
        match stored {
            Stored::F32 => Self::F32,
            Stored::F16 => Self::F16,
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
    let out = args.out.clone().unwrap_or_else(|| args.run.join(name));
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
    let device = Device::flex();
    let (classifier, metadata) = learned(&args.run, args.epoch.moment(), &device)?;
    let (classifier, calibration) = if args.uncalibrated {
        (classifier, None)
    } else {
        calibrated(args, classifier, &device)?
    };
    let mut metadata = Metadata {
        precision: args.precision.into(),
        calibration,
        ..metadata
    };
    let bytes = bytes_from_classifier(&classifier, &metadata)?;
    // Read back: a diverged network is refused here, and what is measured is what is stored.
    let (stored, _) = classifier_from_bytes(&bytes, &device)
        .with_context(|| format!("{} cannot be exported", args.run.display()))?;
    let bytes = match &args.labels {
        Some(labels) => {
            let data = measured_data(args)?;
            let data = data.as_path();
            let predictor = Predictor::new(stored, device);
            let score = evaluate::score(&predictor, &metadata.classes, data, labels)?.score;
            say!(
                "accuracy {:.4} on {} {}",
                score.accuracy,
                score.scored,
                args.on
            );
            metadata.measured = Some(evaluate::measurement(&score, args.on.clone()));
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
    files::write(&out, &bytes)?;
    say!(
        "{}: {} bytes, {:?}",
        out.display(),
        bytes.len(),
        metadata.precision
    );
    Ok(())
}

/// Where the doodles are that are measured on: those of --data, else the run's own.
fn measured_data(args: &Args) -> anyhow::Result<PathBuf> {
    let config = || RunFolder::open(&run_of(&args.run)?)?.config();
    match &args.data {
        Some(data) => Ok(data.clone()),
        None => config()?
            .data
            .context("--labels: the run was trained on the embedded sample; give --data too"),
    }
}

/// Where the run's data is said to be. With --labels that may be other data, to measure on.
fn moved(args: &Args) -> anyhow::Result<Option<&Path>> {
    let Some(data) = &args.data else {
        return Ok(None);
    };
    if args.labels.is_none() {
        return Ok(Some(data));
    }
    let folder = RunFolder::open(&run_of(&args.run)?)?;
    let is_the_runs = folder.manifest()?.is_some() && data_of_run(&folder, Some(data)).is_ok();
    Ok(is_the_runs.then_some(data))
}

/// A run's classifier with probabilities that are calibrated on the photos that it held out, where it held out any.
fn calibrated(
    args: &Args,
    classifier: Classifier,
    device: &Device,
) -> anyhow::Result<(Classifier, Option<Calibration>)> {
    let hint =
        "the probabilities cannot be calibrated; export them as they are with --uncalibrated";
    let Some(validation) = held_out_of_run(&args.run, moved(args)?).context(hint)? else {
        ensure!(
            args.figures.is_none(),
            "--figures: {} held out no photos to draw from; train with --validation 0.1",
            args.run.display()
        );
        return Ok((classifier, None));
    };
    let predictor = Predictor::new(classifier.clone(), device.clone());
    let (guesses, labels) = validation.guesses(&predictor);
    let temperature = calibrate(validation.photos(), &guesses, labels).context(hint)?;
    let reliability = cross_fitted(&guesses, labels);
    if let Some(folder) = &args.figures {
        let figure = figures::reliability(&reliability)?;
        files::write(&folder.join("reliability-photos.svg"), figure.as_bytes())?;
    }
    let calibration = Calibration {
        temperature,
        held_out: true,
        pictures: labels.len(),
        accuracy: share_right(&guesses, labels).unwrap_or_default(),
        expected_calibration_error: reliability.expected_calibration_error,
    };
    say!(
        "edges of held-out photos: accuracy {:.4} on {}; temperature {temperature:.3} takes the expected calibration error from {:.4} \
         to {:.4}",
        calibration.accuracy,
        calibration.pictures,
        Reliability::of(&guesses, labels).expected_calibration_error,
        calibration.expected_calibration_error,
    );
    let classifier = Classifier {
        predictor: classifier.predictor.with_temperature(temperature),
        ..classifier
    };
    Ok((classifier, Some(calibration)))
}
