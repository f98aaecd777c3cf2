//! `train --resume`.

use std::path::Path;

use anyhow::{Context, ensure};

use crate::{
    absolute::absolute,
    commands::{
        Outcome,
        session::{RUNS, Session},
        terminal::Terminal,
    },
    data::{DataSet, Found, Labels, Reason, open_or_draw},
    say,
    training::{
        CheckedStage, Pipeline, RunFolder, Stage, data_of_run, is_pipeline, is_run,
        newest_unfinished,
    },
};

/// Resumes a run or the stages of a recipe: those in `folder`, else the unfinished ones under runs/ that were trained last.
pub(super) fn run(folder: Option<&Path>, given: &Stage) -> anyhow::Result<Outcome> {
    let path = match folder {
        Some(folder) => folder.to_owned(),
        None => newest_unfinished(Path::new(RUNS))?,
    };
    let folder = RunFolder::open_to_write(&path)?;
    let mut given = given.clone();
    for path in [&mut given.data.location, &mut given.evaluation.labels] {
        *path = path.as_deref().map(absolute).transpose()?;
    }
    if is_pipeline(&path) {
        stages(&folder, &given)
    } else {
        single(folder, &given)
    }
}

fn single(folder: RunFolder, given: &Stage) -> anyhow::Result<Outcome> {
    let saved = folder.config()?;
    let done = folder.epochs_done()?;
    if let Some(epochs) = given.schedule.epochs {
        ensure!(
            epochs >= done,
            "--epochs {epochs}: {done} epochs of {} are done already; give at least as many, or leave it out",
            folder.path().display()
        );
    }
    let before = saved.clone();
    let config = changed(saved.into(), given).check(before.data.location.is_none())?;
    let data = data_of_run(
        &folder,
        given.data.location.as_deref(),
        &Terminal::default(),
    )?;
    given_labels(given, &data)?;
    if done > 0 && config.epochs() != before.epochs() {
        let steps = config.steps_per_epoch(&data)?;
        say!("{}", stretched(&before, &config, done, steps));
    }
    let session = Session::open(data, config.device(), config.devices())?;
    let config = session.on_devices(config);
    session.resume(folder, config)
}

fn stages(folder: &RunFolder, given: &Stage) -> anyhow::Result<Outcome> {
    let path = folder.path();
    ensure!(
        given.schedule.epochs.is_none(),
        "--epochs cannot be given to the several stages in {}: leave it out",
        path.display()
    );
    let mut pipeline = Pipeline::open(path)?;
    pipeline.ensure_known_losses(folder)?;
    let (first, config) = pipeline
        .stages()
        .next()
        .context("a recipe without a stage")?;
    let config = changed(config.into(), given).check(false)?;
    if given.optimiser.devices.is_some() {
        // Before the first one trains: a later one's batch may not be divisible.
        for (_, config) in pipeline.stages() {
            changed(config.into(), given).check(false)?;
        }
    }
    let data = match is_run(&first) {
        // All stages have the same data, which is that of the first.
        true => data_of_run(
            &RunFolder::open(&first)?,
            given.data.location.as_deref(),
            &Terminal::default(),
        )?,
        false => open_or_draw(&Found {
            location: config.data.location.clone(),
            reason: Reason::Run,
        })?,
    };
    given_labels(given, &data)?;
    if given.data.location.is_some()
        || given.evaluation.snapshot_epochs.is_some()
        || given.evaluation.labels.is_some()
        || given.evaluation.tensorboard
    {
        pipeline.change(|config| *config = changed(config.clone(), given))?;
    }
    Session::open(data, config.device(), config.devices())?.train_stages(path, &pipeline)
}

/// Refuses new labels that do not fit.
fn given_labels(given: &Stage, data: &DataSet) -> anyhow::Result<()> {
    if let Some(file) = &given.evaluation.labels {
        Labels::read(file, &data.doodles, &data.classes)?;
    }
    Ok(())
}

/// The saved configuration with those options that may be changed.
fn changed(mut saved: Stage, given: &Stage) -> Stage {
    fn replace<T: Clone>(saved: &mut Option<T>, given: &Option<T>) {
        if given.is_some() {
            saved.clone_from(given);
        }
    }
    replace(&mut saved.schedule.epochs, &given.schedule.epochs);
    replace(&mut saved.optimiser.device, &given.optimiser.device);
    replace(&mut saved.optimiser.devices, &given.optimiser.devices);
    replace(&mut saved.data.location, &given.data.location);
    let (own, given) = (&mut saved.evaluation, &given.evaluation);
    replace(&mut own.snapshot_epochs, &given.snapshot_epochs);
    replace(&mut own.labels, &given.labels);
    own.tensorboard |= given.tensorboard;
    saved
}

/// How the schedules change if a run gets more epochs.
fn stretched(before: &CheckedStage, now: &CheckedStage, done: u32, steps: usize) -> String {
    let words = |config: &CheckedStage| {
        let (learning_rate, lambda) = config.schedules_at(done, steps);
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

    fn config(words: &[&str]) -> Stage {
        let matches = Stage::augment_args(Command::new("train").no_binary_name(true))
            .try_get_matches_from(words)
            .unwrap();
        Stage::from_arg_matches(&matches).unwrap()
    }

    #[test]
    fn a_run_keeps_its_devices_unless_told_otherwise() {
        let saved = config(&["--device", "cuda:1", "--devices", "2", "--epochs", "9"]);
        let kept = changed(saved.clone(), &config(&[]));
        assert_eq!(kept, saved);
        let told = changed(saved, &config(&["--device", "cpu", "--devices", "1"]));
        let told = told.check(true).unwrap();
        assert_eq!((told.device(), told.devices()), (DeviceChoice::Cpu, 1));
        assert_eq!(told.epochs(), 9);
    }
}
