//! The confidence of an exported classifier, calibrated on held-out photos or on unlabelled doodles.

use std::path::Path;

use anyhow::{Context, ensure};
use burn::tensor::Device;
use image::GrayImage;
use shared::{
    model::Classifier,
    weights::{Calibration, Domain, Metadata},
};

use super::{Args, outputs::Outputs};
use crate::{
    commands::terminal::Terminal,
    evaluation::{Predictor, Reliability, accuracy, calibrate, cross_fitted, pseudo_labelled},
    say,
    training::{RunFolder, data_of_run, held_out_of_run, run_of},
};

/// The classifier with its confidence calibrated on doodles without labels, after any calibration that it has.
pub(super) fn calibrated_on_target(
    classifier: Classifier,
    metadata: Metadata,
    doodles: &[GrayImage],
    device: &Device,
) -> anyhow::Result<(Classifier, Metadata)> {
    let predictor = Predictor::new(classifier.clone(), device.clone());
    let (predictions, labels) = pseudo_labelled(&predictor, doodles);
    let temperature = calibrate(labels.len(), &predictions, &labels).with_context(|| {
        format!(
            "--calibrate-on target: cannot calibrate on mixed pairs of {} doodles; give more with --data, or calibrate on photos",
            doodles.len()
        )
    })?;
    let before = metadata.calibration.as_ref();
    let before = before.map_or(1.0, |calibration| calibration.temperature);
    let calibration = Calibration {
        temperature: temperature * before,
        domain: Domain::Target,
        held_out: false,
        pictures: labels.len(),
        accuracy: accuracy(&predictions, &labels).unwrap_or_default(),
        expected_calibration_error: cross_fitted(&predictions, &labels).expected_calibration_error,
    };
    say!(
        "mixed pairs of doodles: {:.4} of {} classified as their larger part; temperature {temperature:.3}, {:.3} in all",
        calibration.accuracy,
        calibration.pictures,
        calibration.temperature,
    );
    let classifier = Classifier {
        predictor: classifier.predictor.with_temperature(temperature),
        ..classifier
    };
    let calibration = Some(calibration);
    Ok((
        classifier,
        Metadata {
            calibration,
            ..metadata
        },
    ))
}

/// Where the run's data is said to be. With --labels that may be other data, to measure on.
fn moved<'a>(args: &'a Args, run: &Path) -> anyhow::Result<Option<&'a Path>> {
    let Some(data) = &args.data else {
        return Ok(None);
    };
    if args.labels.is_none() && args.novelty.is_none() {
        return Ok(Some(data));
    }
    let folder = RunFolder::open(&run_of(run)?)?;
    let is_the_runs = folder.manifest()?.is_some() && data_of_run(&folder, Some(data), &()).is_ok();
    Ok(is_the_runs.then_some(data))
}

/// A run's classifier with probabilities that are calibrated on the photos that it held out, where it held out any.
pub(super) fn calibrated(
    args: &Args,
    run: &Path,
    classifier: Classifier,
    device: &Device,
    outputs: &mut Outputs,
) -> anyhow::Result<(Classifier, Option<Calibration>)> {
    let hint =
        "the probabilities cannot be calibrated; export them as they are with --uncalibrated";
    let Some(validation) =
        held_out_of_run(run, moved(args, run)?, &Terminal::default()).context(hint)?
    else {
        ensure!(
            args.figures.is_none(),
            "--figures: {} held out no photos to draw from; train with --validation 0.1",
            run.display()
        );
        return Ok((classifier, None));
    };
    let predictor = Predictor::new(classifier.clone(), device.clone());
    let (predictions, labels) = validation.predictions(&predictor);
    let temperature = calibrate(validation.photos(), &predictions, labels)
        .context(
            "the probabilities cannot be calibrated on the held-out photos; hold out more with a larger --validation, or export them \
             as they are with --uncalibrated",
        )?;
    let reliability = cross_fitted(&predictions, labels);
    outputs.draw(&reliability)?;
    let calibration = Calibration {
        temperature,
        domain: Domain::Source,
        held_out: true,
        pictures: labels.len(),
        accuracy: accuracy(&predictions, labels).unwrap_or_default(),
        expected_calibration_error: reliability.expected_calibration_error,
    };
    say!(
        "edges of held-out photos: accuracy {:.4} on {}; temperature {temperature:.3} takes the expected calibration error from {:.4} \
         to {:.4}",
        calibration.accuracy,
        calibration.pictures,
        Reliability::of(&predictions, labels).expected_calibration_error,
        calibration.expected_calibration_error,
    );
    let classifier = Classifier {
        predictor: classifier.predictor.with_temperature(temperature),
        ..classifier
    };
    Ok((classifier, Some(calibration)))
}
