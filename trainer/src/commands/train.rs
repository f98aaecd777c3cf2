//! `train`: DANN from photos and doodles to a run folder.

use std::{
    fs,
    path::{Path, PathBuf, absolute},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use anyhow::{Context, ensure};
use burn::tensor::Device;
use shared::classes::ClassNames;

use super::evaluate::score_doodles;
use crate::{
    data::{self, DataSet, Found, Origin, Reason},
    date,
    device::{self, Chosen},
    training::{Chain, Config, DeviceChoice, Ending, Preset, Run, Stage, holds_run, is_chain},
};

/// Where runs go without `--run`.
const RUNS: &str = "runs";

/// What a recipe settles, and what a run that goes on was started with.
const RECIPE: [&str; 15] = [
    "variant",
    "lambda",
    "batch",
    "width",
    "source_view",
    "geometry",
    "balance",
    "consistency",
    "confidence",
    "start",
    "learning_rate",
    "decay",
    "teacher",
    "distil",
    "validation",
];

/// Options of `train`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to train.
    #[command(flatten)]
    pub config: Config,
    /// A recipe with all its settings: course, paper, best, or a .toml file in the form of those.
    ///
    /// The stages of a recipe that has several go to folders of their own below --run. --seed is added to theirs.
    #[arg(long, conflicts_with_all = RECIPE, conflicts_with_all = ["epochs", "resume"])]
    pub preset: Option<Preset>,
    /// Folder to write [default: a new one under runs/, named for the time].
    #[arg(long)]
    pub run: Option<PathBuf>,
    /// Go on from the last whole epoch of the run in --run, or of the newest under runs/.
    ///
    /// Everything but --device, --devices and --epochs comes from that run's folder.
    #[arg(long, conflicts_with_all = RECIPE, conflicts_with_all = ["data", "seed"])]
    pub resume: bool,
}

/// Trains.
///
/// # Errors
/// When the data, the run folder or the device cannot be used.
pub fn run(args: Args) -> anyhow::Result<()> {
    let folder = match (&args.run, args.resume) {
        (Some(folder), _) => folder.clone(),
        (None, false) => Path::new(RUNS).join(date::moment()),
        (None, true) => newest_run(Path::new(RUNS))?,
    };
    if args.resume {
        return go_on(&folder, &args.config);
    }
    let found = data::find(args.config.data.as_deref());
    let given = Config {
        // As whole paths, so that the run can go on from any working folder.
        data: found.location.as_deref().map(absolute).transpose()?,
        teacher: whole(&args.config.teacher)?,
        ..args.config
    };
    let Some(preset) = args.preset else {
        return Setting::open(&found, &given)?.train_one(&folder, given, false);
    };
    let mut stages = preset.stages()?;
    for Stage { config, .. } in &mut stages {
        config.data.clone_from(&given.data);
        config.device = given.device;
        config.devices = given.devices;
        config.seed += given.seed;
    }
    let setting = Setting::open(&found, &given)?;
    if stages.len() == 1 {
        let config = stages.remove(0).config;
        let config = Config {
            teacher: whole(&config.teacher)?,
            ..config
        };
        return setting.train_one(&folder, config, false);
    }
    setting.train_stages(&folder, &Chain::start(&folder, stages)?)
}

fn whole(folders: &[PathBuf]) -> std::io::Result<Vec<PathBuf>> {
    folders.iter().map(absolute).collect()
}

/// Goes on with a run or with the stages of a recipe.
fn go_on(folder: &Path, given: &Config) -> anyhow::Result<()> {
    let found = |location| Found {
        location,
        reason: Reason::Run,
    };
    if is_chain(folder) {
        ensure!(
            given.epochs.is_none(),
            "--epochs cannot be given to the several stages in {}: leave it out",
            folder.display()
        );
        let chain = Chain::open(folder)?;
        let location = chain
            .stages()
            .next()
            .and_then(|(_, config)| config.data.clone());
        return Setting::open(&found(location), given)?.train_stages(folder, &chain);
    }
    let saved = Run::config(folder)?;
    let config = Config {
        epochs: given.epochs.or(saved.epochs),
        device: given.device,
        devices: given.devices,
        ..saved
    };
    Setting::open(&found(config.data.clone()), given)?.train_one(folder, config, true)
}

/// What every stage is trained with.
struct Setting {
    data: DataSet,
    choice: DeviceChoice,
    /// The first of the devices, with autodiff.
    device: Device,
    /// Those that train with it.
    others: Vec<Device>,
    stop: Arc<AtomicBool>,
}

impl Setting {
    fn open(found: &Found, given: &Config) -> anyhow::Result<Self> {
        eprintln!("data: {found}");
        let data = data::open_or_draw(found)?;
        let others = device::others(given.device, given.devices)?;
        let chosen = device::choose(given.device)?;
        println!("device: {}", chosen.name);
        for other in &others {
            println!("with it: {}", other.name);
        }
        let autodiff = |chosen: Chosen| chosen.device.autodiff();
        Ok(Self {
            data,
            choice: given.device,
            device: autodiff(chosen),
            others: others.into_iter().map(autodiff).collect(),
            stop: stop_on_ctrl_c()?,
        })
    }

    /// The seed of the embedded sample, where that is the data.
    fn sample(&self) -> Option<u64> {
        match self.data.origin {
            Origin::Sample { seed } => Some(seed),
            Origin::Folder(_) | Origin::Zip(_) => None,
        }
    }

    fn train_one(&self, folder: &Path, config: Config, resume: bool) -> anyhow::Result<()> {
        let (run, ending) = self.train(folder, config, resume)?;
        self.conclude(folder, &run, ending)
    }

    /// Each stage that is not finished yet, in order.
    fn train_stages(&self, folder: &Path, chain: &Chain) -> anyhow::Result<()> {
        let mut last = None;
        for (number, (place, config)) in chain.stages().enumerate() {
            println!(
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
        for teacher in &config.teacher {
            // Before the run's folder is made.
            ensure!(
                holds_run(teacher),
                "--teacher {} holds no run: give the folder of a finished one",
                teacher.display()
            );
        }
        let device = self.device.clone();
        let classes = self.data.classes.clone();
        let mut run = if resume {
            Run::resume(folder, config, classes, device, &self.others)?
        } else {
            Run::start(folder, config, classes, device, &self.others)?
        };
        println!(
            "run: {}, {} of {} epochs done",
            folder.display(),
            run.epochs(),
            run.config.epochs()
        );
        let ending = run.train(&self.data, &self.stop)?;
        Ok((run, ending))
    }

    /// Says how it ended and what to do next.
    fn conclude(&self, folder: &Path, run: &Run, ending: Ending) -> anyhow::Result<()> {
        match ending {
            Ending::Finished => {
                if let Some(seed) = self.sample() {
                    score_sample(run, seed)?;
                }
                println!(
                    "finished; write the weights with `trainer export --run {}`",
                    folder.display()
                );
            }
            Ending::Stopped => println!(
                "stopped after {} whole epochs; go on with `trainer train --resume --run {}`",
                run.epochs(),
                folder.display()
            ),
        }
        Ok(())
    }
}

/// Prints how well sample doodles that were kept aside are named.
fn score_sample(run: &Run, seed: u64) -> anyhow::Result<()> {
    let (doodles, labels) = data::held_out(seed);
    let once = std::iter::once(Ok(doodles));
    let score = score_doodles(&run.predictor(), &ClassNames::default(), once, &labels)?;
    println!("on sample doodles kept aside:\n{score}");
    Ok(())
}

/// The first Ctrl-C asks for a stop between two steps; a second one ends the program at once.
fn stop_on_ctrl_c() -> anyhow::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    ctrlc::set_handler(move || {
        if asked.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        eprintln!("stopping after this step; press Ctrl-C again to stop at once");
    })
    .context("cannot listen for Ctrl-C")?;
    Ok(stop)
}

fn newest_run(runs: &Path) -> anyhow::Result<PathBuf> {
    let nothing = || format!("no run to go on with under {}: give --run", runs.display());
    let mut found: Vec<_> = fs::read_dir(runs)
        .with_context(nothing)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| holds_run(path))
        .collect();
    found.sort();
    found.pop().with_context(nothing)
}
