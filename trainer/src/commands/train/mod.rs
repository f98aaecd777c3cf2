//! `train`: DANN from photos and doodles to a run folder.

mod plan;
mod resume;

use std::path::{Path, PathBuf, absolute};

use anyhow::{Context, ensure};

use super::{Outcome, session::Session};
use crate::{
    data, note,
    training::{Config, Pipeline, Preset, RunFolder, Stage, check_stages, ensure_free, with_seeds},
};

/// Where runs go without `--run`.
const RUNS: &str = "runs";

/// Options that a recipe sets, and that cannot be changed when a run is resumed.
const RECIPE: [&str; 20] = [
    "variant",
    "lambda",
    "batch",
    "width",
    "source_transform",
    "augmentation",
    "im_weight",
    "consistency",
    "confidence",
    "start",
    "learning_rate",
    "decay",
    "pretrained",
    "teacher",
    "propagation_features",
    "distil",
    "distil_labels",
    "distil_views",
    "contrast",
    "validation",
];

/// Options of `train`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Settings of the run.
    #[command(flatten)]
    pub config: Config,
    /// A recipe with all settings: course, paper, best, source-only, or a .toml file of that form.
    ///
    /// Several stages have a folder each below --run. --seed is added to their seeds.
    #[arg(long, conflicts_with_all = RECIPE, conflicts_with_all = ["epochs", "resume"])]
    pub preset: Option<Preset>,
    /// Run the recipe in miniature, to try it out: with this share of each stage's epochs, at least one.
    #[arg(long, requires = "preset", value_name = "SHARE")]
    pub scale: Option<f64>,
    /// Check everything, print the stages with their settings, teachers and an estimate of time, and write nothing.
    #[arg(long, conflicts_with = "resume")]
    pub dry_run: bool,
    /// Train with so many seeds one after another, each in a folder of its own below --run, and print mean and standard deviation of the
    /// results: --seed and those that follow it.
    #[arg(long, value_name = "N", conflicts_with = "resume", value_parser = clap::value_parser!(u16).range(2..=1000))]
    pub seeds: Option<u16>,
    /// Folder to write [default: a new one under runs/, named for the time].
    #[arg(long)]
    pub run: Option<PathBuf>,
    /// Resume the run in --run, or the newest unfinished one under runs/, from the last completed epoch.
    ///
    /// All settings come from that run's folder; --epochs, --snapshot-epochs, --device and --devices can be changed, and --data and
    /// --labels give the new paths of the run's data and labels.
    #[arg(long, conflicts_with_all = RECIPE, conflicts_with_all = ["seed", "tta"])]
    pub resume: bool,
}

/// Trains.
///
/// # Errors
/// When the data, the run folder or the device cannot be used. What can be refused is refused before anything is written.
pub fn run(args: Args) -> anyhow::Result<Outcome> {
    if args.resume {
        return resume::run(args.run.as_deref(), &args.config);
    }
    if let Some(folder) = &args.run {
        ensure_free(folder)?;
    }
    let found = data::find(args.config.data.as_deref());
    let stages = stages(&args, found.location.as_deref())?;
    note!("data: {found}");
    let data = data::open_or_draw(&found)?;
    for warning in &data.warnings {
        note!("warning: {warning}");
    }
    check_stages(&stages, &data)?;
    let seeds = seeds(&args)?;
    let stages = match seeds[..] {
        [] => stages,
        _ => with_seeds(&stages, &seeds)?,
    };
    let session = Session::open(data, args.config.device(), args.config.devices())?;
    if args.dry_run {
        plan::print(&stages, &session)?;
        return Ok(Outcome::Done);
    }
    let on_devices = |stage: Stage| Stage {
        config: session.on_devices(stage.config),
        ..stage
    };
    let mut stages: Vec<Stage> = stages.into_iter().map(on_devices).collect();
    let folder = match &args.run {
        Some(folder) => RunFolder::create(folder)?,
        None => RunFolder::create_dated(Path::new(RUNS))?,
    };
    if stages.len() > 1 {
        let pipeline = Pipeline::start(&folder, stages, seeds)?;
        return session.train_stages(folder.path(), &pipeline);
    }
    let stage = stages.pop().context("a recipe without a stage")?;
    session.start(folder, stage.config)
}

/// The seeds to train with, from --seed on; none where there is only that one.
fn seeds(args: &Args) -> anyhow::Result<Vec<u64>> {
    let (first, count) = (args.config.seed, u64::from(args.seeds.unwrap_or_default()));
    let end = first.checked_add(count).with_context(|| {
        format!("--seed {first}: too large for --seeds {count}; give a smaller one")
    })?;
    Ok((first..end).collect())
}

/// The stages to train, with all settings resolved: one where there is no recipe. `data` is none for the embedded sample.
fn stages(args: &Args, data: Option<&Path>) -> anyhow::Result<Vec<Stage>> {
    let given = Config {
        // As whole paths, so that the run can be resumed from any working folder.
        data: data.map(absolute).transpose()?,
        labels: args.config.labels.as_deref().map(absolute).transpose()?,
        ..args.config.clone()
    };
    let mut stages = match &args.preset {
        None => vec![Stage {
            name: "run".into(),
            config: given.clone(),
        }],
        Some(preset) => {
            let mut stages = preset.stages()?;
            for Stage { name, config } in &mut stages {
                config.data.clone_from(&given.data);
                config.device = given.device;
                config.devices = given.devices;
                config.labels.clone_from(&given.labels);
                config.tta = given.tta.or(config.tta);
                config.snapshot_epochs = given
                    .snapshot_epochs
                    .clone()
                    .or(config.snapshot_epochs.take());
                config.seed = config.seed.checked_add(given.seed).with_context(|| {
                    format!(
                        "--seed {}: added to the seed {} of stage {name} it is too large; give a smaller one",
                        given.seed, config.seed
                    )
                })?;
            }
            stages
        }
    };
    let scale = args.scale.unwrap_or(1.0);
    ensure!(
        scale > 0.0 && scale <= 1.0,
        "--scale {scale}: give a share above 0, at most 1, such as 0.05"
    );
    let count = stages.len();
    for stage in &mut stages {
        let config = stage.config.clone().resolve(data.is_none());
        let config = match count {
            1 => config?,
            _ => config.with_context(|| format!("stage {}", stage.name))?,
        };
        stage.config = config.scaled(scale);
    }
    if let [Stage { config, .. }] = &mut stages[..] {
        for run in config.runs_before_mut() {
            *run = absolute(&*run)?;
        }
    }
    Ok(stages)
}
