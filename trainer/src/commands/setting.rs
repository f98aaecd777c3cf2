use std::{
    path::Path,
    sync::{Arc, atomic::AtomicBool},
};

use anyhow::{Context, ensure};
use burn::tensor::Device;
use shared::classes::ClassNames;

use super::{Outcome, evaluate::score_doodles, stop::stop_on_ctrl_c};
use crate::{
    data::{self, DataSet, Found, Origin},
    device::{self, Chosen},
    note, say,
    training::{Chain, Config, DeviceChoice, Ending, Run, holds_knowledge},
};

/// What every stage is trained with.
pub struct Setting {
    data: DataSet,
    choice: DeviceChoice,
    /// The first of the devices, with autodiff, and what it is called.
    device: Device,
    device_name: String,
    /// Those that train with it.
    others: Vec<Device>,
    stop: Arc<AtomicBool>,
}

impl Setting {
    /// Opens data and devices, and says which; from now on Ctrl-C asks for a stop.
    ///
    /// # Errors
    /// When the data or a device cannot be used.
    pub fn open(found: &Found, given: &Config) -> anyhow::Result<Self> {
        note!("data: {found}");
        let data = data::open_or_draw(found)?;
        let others = device::others(given.device, given.devices)?;
        let chosen = device::choose(given.device)?;
        say!("device: {}", chosen.name);
        for other in &others {
            say!("with it: {}", other.name);
        }
        let autodiff = |chosen: Chosen| chosen.device.autodiff();
        Ok(Self {
            data,
            choice: given.device,
            device_name: chosen.name.clone(),
            device: autodiff(chosen),
            others: others.into_iter().map(autodiff).collect(),
            stop: stop_on_ctrl_c("after this step")?,
        })
    }

    /// The seed of the embedded sample, where that is the data.
    fn sample(&self) -> Option<u64> {
        match self.data.origin {
            Origin::Sample { seed } => Some(seed),
            Origin::Folder(_) | Origin::Zip(_) => None,
        }
    }

    /// Trains one run, from its start or on from where it stopped, and says how it ended.
    ///
    /// # Errors
    /// When the run's folder cannot be used, or training fails.
    pub fn train_one(
        &self,
        folder: &Path,
        config: Config,
        resume: bool,
    ) -> anyhow::Result<Outcome> {
        let (run, ending) = self.train(folder, config, resume)?;
        self.conclude(folder, &run, ending)
    }

    /// The same for each stage that is not finished yet, in order.
    ///
    /// # Errors
    /// As [`train_one`](Self::train_one).
    pub fn train_stages(&self, folder: &Path, chain: &Chain) -> anyhow::Result<Outcome> {
        let mut last = None;
        for (number, (place, config)) in chain.stages().enumerate() {
            say!(
                "stage {} of {}: {}",
                number + 1,
                chain.stages().len(),
                place.display()
            );
            let resume = Run::exists(&place);
            let config = Config {
                device: self.choice,
                devices: 1 + self.others.len(),
                ..config.clone()
            };
            let (run, ending) = self.train(&place, config, resume)?;
            let stopped = ending == Ending::Stopped;
            last = Some((run, ending));
            if stopped {
                break;
            }
        }
        let (run, ending) = last.context("a recipe without a stage")?;
        self.conclude(folder, &run, ending)
    }

    fn train(&self, folder: &Path, config: Config, resume: bool) -> anyhow::Result<(Run, Ending)> {
        let config = config.resolve(self.sample().is_some())?;
        for (option, run) in config.runs_before() {
            // Before the run's folder is made.
            ensure!(
                holds_knowledge(run),
                "--{option} {} holds no run: give the folder of a finished one, or a weights file",
                run.display()
            );
        }
        let device = self.device.clone();
        let classes = self.data.classes.clone();
        let mut run = if resume {
            Run::resume(folder, config, classes, device, &self.others)?
        } else {
            Run::start(folder, config, classes, device, &self.others)?
        };
        run.trained_on(&self.device_name);
        say!(
            "run: {}, {} of {} epochs done",
            folder.display(),
            run.epochs(),
            run.config.epochs()
        );
        let ending = run.train(&self.data, &self.stop)?;
        Ok((run, ending))
    }

    /// Says how it ended and what to do next.
    fn conclude(&self, folder: &Path, run: &Run, ending: Ending) -> anyhow::Result<Outcome> {
        match ending {
            Ending::Finished => {
                if let Some(seed) = self.sample() {
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

/// Prints how well sample doodles that were kept aside are named.
fn score_sample(run: &Run, seed: u64) -> anyhow::Result<()> {
    let (doodles, labels) = data::held_out(seed);
    let once = std::iter::once(Ok(doodles));
    let score = score_doodles(&run.predictor(), &ClassNames::default(), once, &labels)?;
    say!("on sample doodles kept aside:\n{score}");
    Ok(())
}
