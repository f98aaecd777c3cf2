//! `train --resume`.

use std::path::{Path, absolute};

use anyhow::{Context, ensure};

use super::RUNS;
use crate::{
    commands::{Outcome, session::Session, terminal::Terminal},
    data::{DataSet, Found, Labels, Reason, open_or_draw},
    say,
    training::{Config, Pipeline, RunFolder, data_of_run, is_pipeline, is_run, newest_unfinished},
};

/// Resumes a run or the stages of a recipe: those in `folder`, else the unfinished ones under runs/ that were trained last.
pub(super) fn run(folder: Option<&Path>, given: &Config) -> anyhow::Result<Outcome> {
    let path = match folder {
        Some(folder) => folder.to_owned(),
        None => newest_unfinished(Path::new(RUNS))?,
    };
    let folder = RunFolder::open_to_write(&path)?;
    let given = Config {
        data: given.data.as_deref().map(absolute).transpose()?,
        labels: given.labels.as_deref().map(absolute).transpose()?,
        ..given.clone()
    };
    if is_pipeline(&path) {
        stages(&folder, &given)
    } else {
        single(folder, &given)
    }
}

fn single(folder: RunFolder, given: &Config) -> anyhow::Result<Outcome> {
    let saved = folder.config()?;
    let done = folder.epochs_done()?;
    if let Some(epochs) = given.epochs {
        ensure!(
            epochs >= done,
            "--epochs {epochs}: {done} epochs of {} are done already; give at least as many, or leave it out",
            folder.path().display()
        );
    }
    let before = saved.clone();
    let config = changed(saved, given).resolve(before.data.is_none())?;
    if done > 0 && config.epochs() != before.epochs() {
        say!("{}", stretched(&before, &config, done));
    }
    let data = data_of_run(&folder, given.data.as_deref(), &Terminal::default())?;
    given_labels(given, &data)?;
    let session = Session::open(data, config.device(), config.devices())?;
    let config = session.on_devices(config);
    session.resume(folder, config)
}

fn stages(folder: &RunFolder, given: &Config) -> anyhow::Result<Outcome> {
    let path = folder.path();
    ensure!(
        given.epochs.is_none(),
        "--epochs cannot be given to the several stages in {}: leave it out",
        path.display()
    );
    let mut pipeline = Pipeline::open(path)?;
    let (first, config) = pipeline
        .stages()
        .next()
        .context("a recipe without a stage")?;
    let config = changed(config, given);
    let data = match is_run(&first) {
        // All stages have the same data, which is that of the first.
        true => data_of_run(
            &RunFolder::open(&first)?,
            given.data.as_deref(),
            &Terminal::default(),
        )?,
        false => open_or_draw(&Found {
            location: config.data.clone(),
            reason: Reason::Run,
        })?,
    };
    given_labels(given, &data)?;
    if given.data.is_some() || given.snapshot_epochs.is_some() || given.labels.is_some() {
        pipeline.change(|config| *config = changed(config.clone(), given))?;
    }
    Session::open(data, config.device(), config.devices())?.train_stages(path, &pipeline)
}

/// Refuses new labels that do not fit.
fn given_labels(given: &Config, data: &DataSet) -> anyhow::Result<()> {
    if let Some(file) = &given.labels {
        Labels::read(file, &data.doodles, &data.classes)?;
    }
    Ok(())
}

/// The saved configuration with those options that may be changed.
fn changed(saved: Config, given: &Config) -> Config {
    Config {
        epochs: given.epochs.or(saved.epochs),
        device: given.device.or(saved.device),
        devices: given.devices.or(saved.devices),
        snapshot_epochs: given.snapshot_epochs.clone().or(saved.snapshot_epochs),
        data: given.data.clone().or(saved.data),
        labels: given.labels.clone().or(saved.labels),
        ..saved
    }
}

/// How the schedules change if a run gets more epochs.
fn stretched(before: &Config, now: &Config, done: u32) -> String {
    let words = |config: &Config| {
        let (learning_rate, lambda) = config.schedules_at(done);
        format!("learning rate {learning_rate:.2e}, lambda {lambda:.4}")
    };
    format!(
        "{} epochs instead of {}: schedules are those of a run of that length from here on; at epoch {done}: {}, instead of {}",
        now.epochs(),
        before.epochs(),
        words(now),
        words(before)
    )
}

#[cfg(test)]
mod tests {
    use clap::{Args, Command, FromArgMatches};

    use super::*;
    use crate::training::DeviceChoice;

    fn config(words: &[&str]) -> Config {
        let matches = Config::augment_args(Command::new("train").no_binary_name(true))
            .try_get_matches_from(words)
            .unwrap();
        Config::from_arg_matches(&matches).unwrap()
    }

    #[test]
    fn a_run_keeps_its_devices_unless_told_otherwise() {
        let saved = config(&["--device", "cuda:1", "--devices", "2", "--epochs", "9"]);
        let kept = changed(saved.clone(), &config(&[]));
        assert_eq!(kept, saved);
        let told = changed(saved, &config(&["--device", "cpu", "--devices", "1"]));
        assert_eq!((told.device(), told.devices()), (DeviceChoice::Cpu, 1));
        assert_eq!(told.epochs(), 9);
    }
}
