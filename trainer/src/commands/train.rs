//! `train`: DANN from photos and doodles to a run folder.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, bail};

use crate::{
    data::{self, DataSet},
    device,
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
    /// Everything but --device and --epochs comes from that run's config.json.
    #[arg(long, conflicts_with_all = ["data", "variant", "lambda", "batch", "width", "source_view", "learning_rate", "seed"])]
    pub resume: bool,
}

/// Trains.
///
/// # Errors
/// When the data, the run folder or the device cannot be used.
pub fn run(args: Args) -> anyhow::Result<()> {
    let folder = match (&args.run, args.resume) {
        (Some(folder), _) => folder.clone(),
        (None, false) => Path::new(RUNS).join(timestamp()?),
        (None, true) => newest_run(Path::new(RUNS))?,
    };
    let asked = if args.resume {
        let saved = Run::config(&folder)?;
        Config {
            epochs: args.config.epochs.or(saved.epochs),
            device: args.config.device,
            ..saved
        }
    } else {
        args.config
    };
    let data = open(asked.data.as_deref())?;
    let sample = matches!(data.origin, data::Origin::Sample { .. });
    let config = asked.resolve(sample)?;
    let chosen = device::choose(config.device)?;
    println!("device: {}", chosen.name);
    let device = chosen.device.autodiff();
    let classes = data.classes.len();
    let mut run = if args.resume {
        Run::resume(&folder, config, classes, device)?
    } else {
        Run::start(&folder, config, classes, device)?
    };
    println!(
        "run: {}, {} of {} epochs done",
        folder.display(),
        run.epochs(),
        run.config.epochs()
    );
    let stop = stop_on_ctrl_c()?;
    match run.train(&data, &stop)? {
        Ending::Finished => {}
        Ending::Stopped => {
            println!(
                "stopped after {} whole epochs; go on with `--resume --run {}`",
                run.epochs(),
                folder.display()
            );
        }
    }
    Ok(())
}

fn open(explicit: Option<&Path>) -> anyhow::Result<DataSet> {
    let found = data::find(explicit);
    println!("data: {found}");
    match &found.location {
        Some(location) => Ok(data::open(location)?),
        None => bail!("no data"),
    }
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

/// Seconds since 1970 as a folder's name: sorts by time.
fn timestamp() -> anyhow::Result<String> {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .context("the clock stands before 1970")?;
    Ok(format!("run-{}", since.as_secs()))
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
