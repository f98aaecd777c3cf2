//! `train`: DANN from photos and doodles to a run folder.

use std::{
    fs,
    path::{Path, PathBuf, absolute},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use anyhow::Context;
use burn::tensor::Device;
use shared::classes::ClassNames;

use super::evaluate::score_doodles;
use crate::{
    data::{self, Found, Origin, Reason},
    date, device,
    evaluation::Predictor,
    training::{Config, Ending, Run},
};

/// Where runs go without `--run`.
const RUNS: &str = "runs";

/// Options of `train`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to train.
    #[command(flatten)]
    pub config: Config,
    /// Folder to write [default: a new one under runs/, named for the time].
    #[arg(long)]
    pub run: Option<PathBuf>,
    /// Go on from the last whole epoch of the run in --run, or of the newest under runs/.
    ///
    /// Everything but --device, --devices and --epochs comes from that run's config.json.
    #[arg(long, conflicts_with_all = [
        "data", "variant", "lambda", "batch", "width", "source_view", "geometry", "balance", "consistency", "confidence",
        "start", "learning_rate", "decay", "seed",
    ])]
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
    let (found, asked) = if args.resume {
        let saved = Run::config(&folder)?;
        let found = Found {
            location: saved.data.clone(),
            reason: Reason::Run,
        };
        let asked = Config {
            epochs: args.config.epochs.or(saved.epochs),
            device: args.config.device,
            devices: args.config.devices,
            ..saved
        };
        (found, asked)
    } else {
        let found = data::find(args.config.data.as_deref());
        let asked = Config {
            // As a whole path, so that the run can go on from any working folder.
            data: found.location.as_deref().map(absolute).transpose()?,
            ..args.config
        };
        (found, asked)
    };
    eprintln!("data: {found}");
    let data = data::open_or_draw(&found)?;
    let sample = match data.origin {
        Origin::Sample { seed } => Some(seed),
        Origin::Folder(_) | Origin::Zip(_) => None,
    };
    let config = asked.resolve(sample.is_some())?;
    let others = device::others(config.device, config.devices)?;
    let chosen = device::choose(config.device)?;
    println!("device: {}", chosen.name);
    for other in &others {
        println!("with it: {}", other.name);
    }
    let device = chosen.device.clone().autodiff();
    let others: Vec<_> = others
        .into_iter()
        .map(|other| other.device.autodiff())
        .collect();
    let classes = data.classes.clone();
    let mut run = if args.resume {
        Run::resume(&folder, config, classes, device, &others)?
    } else {
        Run::start(&folder, config, classes, device, &others)?
    };
    println!(
        "run: {}, {} of {} epochs done",
        folder.display(),
        run.epochs(),
        run.config.epochs()
    );
    let stop = stop_on_ctrl_c()?;
    match run.train(&data, &stop)? {
        Ending::Finished => {
            if let Some(seed) = sample {
                score_sample(&run, chosen.device, seed)?;
            }
            println!(
                "finished; write the weights with `trainer export --run {}`",
                folder.display()
            );
        }
        Ending::Stopped => {
            println!(
                "stopped after {} whole epochs; go on with `trainer train --resume --run {}`",
                run.epochs(),
                folder.display()
            );
        }
    }
    Ok(())
}

/// Prints how well sample doodles that were kept aside are named.
fn score_sample(run: &Run, device: Device, seed: u64) -> anyhow::Result<()> {
    let (doodles, labels) = data::held_out(seed);
    let predictor = Predictor::new(run.networks.for_inference(), device);
    let once = std::iter::once(Ok(doodles));
    let score = score_doodles(&predictor, &ClassNames::default(), once, &labels)?;
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
        .filter(|path| path.join("config.json").is_file())
        .collect();
    found.sort();
    found.pop().with_context(nothing)
}
