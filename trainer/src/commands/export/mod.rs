//! `export`: one epoch of a run as one weights file, for the page and for other programs.

mod calibration;
mod options;
mod outputs;

use std::{path::PathBuf, sync::atomic::AtomicBool};

use anyhow::{Context, bail, ensure};
use burn::tensor::Device;
use image::GrayImage;
use shared::classes::ClassNames;
use shared::weights::{
    Calibration, Metadata, Precision, bytes_from_classifier, statistics_from_bytes, with_statistics,
};

use super::{
    ensure_apart,
    terminal::{Terminal, note_passed_over},
};
use crate::{
    data::{Domain, PictureFiles},
    evaluation::{BATCH, DomainInput, Labelled, Predictor, Score, measurement, with_novelty},
    note,
    progress::{Bar, Unit},
    pytorch::state_dicts,
    say,
    training::{ModelRef, RunFolder, read_classifier, run_of},
};
use calibration::{calibrated, calibrated_on_target};
pub use options::Args;
use options::{CalibrateOn, Format};
use outputs::Outputs;

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
    ensure!(
        args.figures.is_none() || args.calibrate_on == CalibrateOn::Source,
        "--figures shows how reliable the confidence is on held-out photos: leave it out, or --calibrate-on target"
    );
    if let Some(share) = args.novelty {
        ensure!(
            (0.0..1.0).contains(&share),
            "--novelty {share}: give a share from 0 to below 1, such as 0.045"
        );
    }
    let given = [&args.labels, &args.data];
    for path in given.into_iter().flatten() {
        ensure!(
            path.exists(),
            "{} is not there: give another path",
            path.display()
        );
    }
    ensure_apart(&out, given.into_iter().flatten().map(PathBuf::as_path))?;
    if let ModelRef::Weights(file) = source {
        ensure_apart(&out, [file])?;
    }
    // Whatever cannot be read or written is refused before minutes of calibrating.
    let is_fitted = args.novelty.is_some() || args.calibrate_on == CalibrateOn::Target;
    let unlabelled = match is_fitted {
        true => Some(PictureFiles::numbered(&doodles_of(args, source)?)?),
        false => None,
    };
    let mut outputs = Outputs::begin(args, &out)?;
    let device = Device::flex();
    let mut kept = None;
    let (classifier, metadata) = match source {
        ModelRef::Weights(file) => {
            let bytes = std::fs::read(file)
                .with_context(|| format!("{} cannot be read", file.display()))?;
            kept = statistics_from_bytes(&bytes)?;
            let (classifier, metadata) = source.load(&device, &Terminal::default())?;
            if metadata.measured.is_some() && args.labels.is_none() {
                note!(
                    "the accuracy that {} states is left out: in other bits it may be another; give --labels to measure it",
                    file.display()
                );
            }
            let metadata = Metadata {
                measured: None,
                ..metadata
            };
            (classifier, metadata)
        }
        ModelRef::Run(..) => source.load(&device, &Terminal::default())?,
    };
    let labelled = labelled(args, source, &metadata.classes)?;
    let (classifier, metadata) = match source {
        ModelRef::Run(run, _) => {
            let (classifier, calibration) =
                if args.uncalibrated || args.calibrate_on == CalibrateOn::Target {
                    (classifier, None)
                } else {
                    calibrated(args, run, classifier, &device, &mut outputs)?
                };
            (
                classifier,
                Metadata {
                    calibration,
                    ..metadata
                },
            )
        }
        ModelRef::Weights(_) => (classifier, metadata),
    };
    let unlabelled = unlabelled.as_ref().map(doodles).transpose()?;
    let (classifier, metadata) = match (&unlabelled, args.calibrate_on) {
        (Some(doodles), CalibrateOn::Target) => {
            calibrated_on_target(classifier, metadata, doodles, &device)?
        }
        (_, CalibrateOn::Source) | (None, CalibrateOn::Target) => (classifier, metadata),
    };
    let mut metadata = metadata.with_precision(precision);
    let bytes = bytes_from_classifier(&classifier, &metadata)?;
    // Read back: a diverged network is refused here, and what is measured is what is stored.
    let (stored, _) = read_classifier(&bytes, &device)
        .with_context(|| format!("{} cannot be exported", source.path().display()))?;
    let bytes = match &labelled {
        Some(doodles) => {
            let predictor = Predictor::new(stored, device);
            let score = score(&predictor, &metadata.classes, doodles)?;
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
        outputs.finish([&extractor, &predictor])?;
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
    let about = metadata.novelty.as_ref();
    // Statistics are of the logits: with another temperature they are fitted anew.
    let refitted = about.filter(|_| args.calibrate_on == CalibrateOn::Target);
    let share = args.novelty.or(refitted.map(|about| about.refused));
    let bytes = match (share.zip(unlabelled), kept, about) {
        (Some((share, doodles)), _, _) => {
            let (bytes, fitted) = with_novelty(&bytes, &doodles, share)?;
            say!(
                "the novelty threshold refuses {:.4} of the doodles, retraced",
                fitted.refused
            );
            bytes
        }
        (None, Some(statistics), Some(about)) => {
            with_statistics(&bytes, &statistics, about.clone())?
        }
        (None, _, _) => bytes,
    };
    outputs.finish([&bytes])?;
    say!(
        "{}: {} bytes, {:?}",
        out.display(),
        bytes.len(),
        metadata.precision
    );
    Ok(())
}

/// The doodles with labels that are to be measured on, if any.
fn labelled(
    args: &Args,
    source: ModelRef<'_>,
    classes: &ClassNames,
) -> anyhow::Result<Option<Labelled>> {
    let Some(labels) = &args.labels else {
        return Ok(None);
    };
    let data = doodles_of(args, source)?;
    let doodles = Labelled::open(&data, Some(labels), Domain::Doodle, classes)?;
    note_passed_over(doodles.passed_over());
    Ok(Some(doodles))
}

/// How accurate a classifier is on doodles.
fn score(predictor: &Predictor, classes: &ClassNames, doodles: &Labelled) -> anyhow::Result<Score> {
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
fn doodles(files: &PictureFiles) -> anyhow::Result<Vec<GrayImage>> {
    let chunks = files.doodles(BATCH).flatten();
    let pictures = chunks.map(|(_, picture)| Ok(picture?));
    pictures.collect()
}
