use std::{
    path::Path,
    sync::{Arc, atomic::AtomicBool},
};

use anyhow::Context;
use burn::tensor::Device;
use shared::classes::ClassNames;

use super::{
    Outcome,
    terminal::{Terminal, choose_device, stop_on_ctrl_c},
};
use crate::{
    data::{self, DataSet, Origin},
    device::{self, ChosenDevice},
    evaluation::score_doodles,
    note, print_result,
    progress::{Bar, Unit},
    runs::{spread, spread_table},
    say,
    training::{CheckedStage, DeviceChoice, Diverged, Ending, Pipeline, Run, RunFolder, is_run},
};

/// Where runs go without `--run`.
pub const RUNS: &str = "runs";

/// Data, devices and the flag to stop, for all stages.
pub struct Session {
    /// Both domains.
    pub data: DataSet,
    /// The first of the devices, never `auto`.
    pub choice: DeviceChoice,
    /// The same, with autodiff.
    pub device: Device,
    /// Its name.
    device_name: String,
    /// The other devices.
    others: Vec<Device>,
    stop: Arc<AtomicBool>,
}

impl Session {
    /// Opens the devices and prints them; from now on Ctrl-C requests a stop.
    ///
    /// # Errors
    /// When a device cannot be used.
    pub fn open(data: DataSet, choice: DeviceChoice, devices: usize) -> anyhow::Result<Self> {
        let others = device::others(choice, devices)?;
        let chosen = choose_device(choice)?;
        say!("device: {}", chosen.name);
        for other in &others {
            say!("with it: {}", other.name);
        }
        if matches!(chosen.choice, DeviceChoice::Cuda(_)) {
            say!("kernels are compiled and timed in the first step, which takes minutes");
        }
        let autodiff = |chosen: ChosenDevice| chosen.device.autodiff();
        Ok(Self {
            data,
            choice: chosen.choice,
            device_name: chosen.name.clone(),
            device: autodiff(chosen),
            others: others.into_iter().map(autodiff).collect(),
            stop: stop_on_ctrl_c("after this step")?,
        })
    }

    /// The same settings with the devices of this session.
    pub fn on_devices(&self, config: CheckedStage) -> CheckedStage {
        config.on_devices(self.choice, 1 + self.others.len())
    }

    /// Starts a run in a folder that was taken for it, trains it and prints how it ended.
    ///
    /// # Errors
    /// When the run's folder cannot be written, or training fails.
    pub fn start(&self, folder: RunFolder, config: CheckedStage) -> anyhow::Result<Outcome> {
        self.finish(self.begin(folder, config)?)
    }

    /// Resumes a run, trains it and prints how it ended.
    ///
    /// # Errors
    /// As [`start`](Self::start), and when what is in the folder cannot be used.
    pub fn resume(&self, folder: RunFolder, config: CheckedStage) -> anyhow::Result<Outcome> {
        self.finish(self.reopen(folder, config)?)
    }

    /// Trains each stage that is not finished yet, in order.
    ///
    /// # Errors
    /// As [`resume`](Self::resume).
    pub fn train_stages(&self, folder: &Path, pipeline: &Pipeline) -> anyhow::Result<Outcome> {
        let mut last = None;
        for (number, (place, config)) in pipeline.stages().enumerate() {
            say!(
                "stage {} of {}: {}",
                number + 1,
                pipeline.stages().len(),
                place.display()
            );
            let config = self.on_devices(config);
            let run = if is_run(&place) {
                self.reopen(RunFolder::open_to_write(&place)?, config)?
            } else {
                self.begin(RunFolder::create(&place)?, config)?
            };
            let (run, ending) = self.train(folder, run)?;
            let stopped = ending == Ending::Stopped;
            last = Some((run, ending));
            if stopped {
                break;
            }
        }
        let (run, ending) = last.context("a recipe without a stage")?;
        if !pipeline.seeds().is_empty() && ending == Ending::Finished {
            print_result!("{}", spread_table(pipeline.seeds(), &spread(pipeline)?));
            say!(
                "finished {} seeds in {}; write the weights of one with `trainer export --run {}`",
                pipeline.seeds().len(),
                folder.display(),
                run.folder().path().display()
            );
            return Ok(Outcome::Done);
        }
        self.conclude(folder, &run, ending)
    }

    fn finish(&self, run: Run) -> anyhow::Result<Outcome> {
        let path = run.folder().path().to_owned();
        let (run, ending) = self.train(&path, run)?;
        self.conclude(&path, &run, ending)
    }

    fn begin(&self, folder: RunFolder, config: CheckedStage) -> anyhow::Result<Run> {
        Run::start(
            folder,
            config,
            &self.data,
            self.device.clone(),
            &self.others,
            &Terminal::default(),
        )
    }

    fn reopen(&self, folder: RunFolder, config: CheckedStage) -> anyhow::Result<Run> {
        Run::resume(
            folder,
            config,
            &self.data,
            self.device.clone(),
            &self.others,
            &Terminal::default(),
        )
    }

    /// Trains to the end or until a stop is requested. `folder` is the one to resume: the run's, or that of all stages.
    fn train(&self, folder: &Path, mut run: Run) -> anyhow::Result<(Run, Ending)> {
        run.trained_on(&self.device_name);
        say!(
            "run: {}, {} of {} epochs done",
            run.folder().path().display(),
            run.epochs(),
            run.config.epochs()
        );
        match run.train(&self.data, &self.stop, &Terminal::default()) {
            Ok(ending) => Ok((run, ending)),
            Err(error) => {
                note!(
                    "{} completed epochs are kept in {}",
                    run.epochs_on_disk(),
                    run.folder().path().display()
                );
                // Resumed, it would diverge again: what to do stands in the error itself.
                if error.is::<Diverged>() {
                    return Err(error);
                }
                let resume = format!(
                    "training stopped (resume with `trainer train --resume --run {}`)",
                    folder.display()
                );
                Err(error.context(resume))
            }
        }
    }

    /// Prints how it ended and what to do next.
    fn conclude(&self, folder: &Path, run: &Run, ending: Ending) -> anyhow::Result<Outcome> {
        match ending {
            Ending::Finished => {
                if let Origin::Sample { seed } = self.data.origin {
                    score_sample(run, seed)?;
                }
                say!(
                    "finished; write the weights with `trainer export --run {}`",
                    folder.display()
                );
                Ok(Outcome::Done)
            }
            Ending::Stopped => {
                say!(
                    "stopped after {} completed epochs; resume with `trainer train --resume --run {}`",
                    run.epochs(),
                    folder.display()
                );
                Ok(Outcome::Stopped)
            }
        }
    }
}

/// Prints the score on sample doodles that were not trained on.
fn score_sample(run: &Run, seed: u64) -> anyhow::Result<()> {
    let (doodles, labels) = data::held_out(seed);
    let once = std::iter::once(Ok(doodles));
    let score = score_doodles(
        &run.predictor(),
        &ClassNames::default(),
        once,
        &labels,
        &Bar::new(Unit::Pictures),
    )?;
    say!("on sample doodles that were held out:\n{score}");
    Ok(())
}
