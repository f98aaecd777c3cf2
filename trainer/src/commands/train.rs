//! `train`: DANN from photos and doodles to a run folder.

use std::{
    fs,
    path::{Path, PathBuf, absolute},
};

use anyhow::{Context, ensure};

use super::{Outcome, setting::Setting};
use crate::{
    data::{self, Found, Reason},
    date,
    training::{Chain, Config, Preset, Run, Stage, holds_run, is_chain},
};

/// Where runs go without `--run`.
const RUNS: &str = "runs";

/// What a recipe settles, and what a run that goes on was started with.
const RECIPE: [&str; 20] = [
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
    "pretrained",
    "teacher",
    "neighbours",
    "distil",
    "distil_labels",
    "distil_views",
    "contrast",
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
    /// Everything but --device, --devices, --epochs and --mark comes from that run's folder.
    #[arg(long, conflicts_with_all = RECIPE, conflicts_with_all = ["data", "seed", "labels", "tta"])]
    pub resume: bool,
}

/// Trains.
///
/// # Errors
/// When the data, the run folder or the device cannot be used.
pub fn run(args: Args) -> anyhow::Result<Outcome> {
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
        labels: args.config.labels.as_deref().map(absolute).transpose()?,
        ..with_whole_paths(args.config)?
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
        config.labels.clone_from(&given.labels);
        config.tta = given.tta;
        if given.mark.is_some() {
            config.mark.clone_from(&given.mark);
        }
    }
    let setting = Setting::open(&found, &given)?;
    if stages.len() == 1 {
        let config = with_whole_paths(stages.remove(0).config)?;
        return setting.train_one(&folder, config, false);
    }
    setting.train_stages(&folder, &Chain::start(&folder, stages)?)
}

/// The same, but for the paths of the runs that it learns from.
fn with_whole_paths(mut config: Config) -> std::io::Result<Config> {
    for run in config.runs_before_mut() {
        *run = absolute(&*run)?;
    }
    Ok(config)
}

/// Goes on with a run or with the stages of a recipe.
fn go_on(folder: &Path, given: &Config) -> anyhow::Result<Outcome> {
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
        mark: given.mark.clone().or(saved.mark),
        ..saved
    };
    Setting::open(&found(config.data.clone()), given)?.train_one(folder, config, true)
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
