//! `train`: DANN from photos and doodles to a run folder.

mod plan;
mod resume;

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};

use super::{
    Outcome,
    session::{RUNS, Session},
};
use crate::{
    absolute::absolute,
    data, note,
    training::{
        NamedStage, Optimiser, Pipeline, Preset, RunFolder, Stage, check_stages, ensure_free,
        with_seeds,
    },
};

/// Options of `train`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Settings of the run.
    #[command(flatten)]
    pub stage: Stage,
    /// A recipe with all settings: course, reversal, best, source-only, or a .toml file of that form.
    ///
    /// Several stages have a folder each below --run. --seed is added to their seeds.
    #[arg(long, conflicts_with_all = Stage::options_of_a_recipe(), conflicts_with = "resume")]
    pub preset: Option<Preset>,
    /// Run the recipe in miniature, to try it out: with this share of each stage's epochs, at least one.
    #[arg(long, requires = "preset", value_name = "SHARE")]
    pub scale: Option<f64>,
    /// Check everything, print the stages with their settings, teachers and an estimate of time, and write nothing.
    #[arg(long, conflicts_with = "resume")]
    pub dry_run: bool,
    /// Train with so many seeds (--seed, --seed + 1, ...), one after another, each in a folder of its own below --run, and print mean and
    /// standard deviation of the results.
    #[arg(long, value_name = "N", conflicts_with = "resume", value_parser = clap::value_parser!(u16).range(2..=1000))]
    pub seeds: Option<u16>,
    /// Folder to write [default: a new one under runs/, named for the time].
    #[arg(long)]
    pub run: Option<PathBuf>,
    /// Resume the run in --run, or the newest unfinished one under runs/, from the last completed epoch.
    ///
    /// All settings come from that run's folder; --epochs, --snapshot-epochs, --device, --devices and --tensorboard can be changed, and --data and
    /// --labels give the new paths of the run's data and labels.
    #[arg(long, conflicts_with_all = Stage::unchangeable_options())]
    pub resume: bool,
}

/// Trains.
///
/// # Errors
/// When the data, the run folder or the device cannot be used. What can be refused is refused before anything is written.
pub fn run(args: Args) -> anyhow::Result<Outcome> {
    if args.resume {
        return resume::run(args.run.as_deref(), &args.stage);
    }
    if let Some(folder) = &args.run {
        ensure_free(folder)?;
    }
    let found = data::find(args.stage.data.location.as_deref());
    let seeds = seeds(&args)?;
    let stages = stages(&args, &seeds, found.location.as_deref())?;
    note!("data: {found}");
    let data = data::open_or_draw(&found)?;
    for warning in &data.warnings {
        note!("warning: {warning}");
    }
    check_stages(&stages, &data)?;
    let first = &stages.first().context("a recipe without a stage")?.stage;
    let session = Session::open(data, first.device(), first.devices())?;
    if args.dry_run {
        plan::print(&stages, &session)?;
        return Ok(Outcome::Done);
    }
    let on_devices = |NamedStage { name, stage }| NamedStage {
        name,
        stage: session.on_devices(stage),
    };
    let mut stages: Vec<NamedStage> = stages.into_iter().map(on_devices).collect();
    let folder = match &args.run {
        Some(folder) => RunFolder::create(folder)?,
        None => RunFolder::create_dated(Path::new(RUNS))?,
    };
    if stages.len() > 1 {
        let pipeline = Pipeline::start(&folder, stages, seeds)?;
        return session.train_stages(folder.path(), &pipeline);
    }
    let stage = stages.pop().context("a recipe without a stage")?;
    session.start(folder, stage.stage)
}

/// The seeds to train with, from --seed on; none where there is only that one.
fn seeds(args: &Args) -> anyhow::Result<Vec<u64>> {
    let (first, count) = (
        args.stage.optimiser.seed,
        u64::from(args.seeds.unwrap_or_default()),
    );
    let end = first.checked_add(count).with_context(|| {
        format!("--seed {first}: too large for --seeds {count}; give a smaller one")
    })?;
    Ok((first..end).collect())
}

/// The stages to train with each of the `seeds`, all of them checked: one where there is no recipe. `data` is none for the embedded sample.
fn stages(args: &Args, seeds: &[u64], data: Option<&Path>) -> anyhow::Result<Vec<NamedStage>> {
    let mut given = args.stage.clone();
    // As whole paths, so that the run can be resumed from any working folder.
    given.data.location = data.map(absolute).transpose()?;
    let labels = args.stage.evaluation.labels.as_deref();
    given.evaluation.labels = labels.map(absolute).transpose()?;
    let mut stages = match &args.preset {
        None => vec![NamedStage {
            name: "run".into(),
            stage: given,
        }],
        Some(preset) => {
            let mut stages = preset.stages()?;
            for NamedStage { name, stage } in &mut stages {
                here(stage, &given).with_context(|| format!("stage {name}"))?;
            }
            stages
        }
    };
    let scale = args.scale.unwrap_or(1.0);
    ensure!(
        scale > 0.0 && scale <= 1.0,
        "--scale {scale}: give a share above 0, at most 1, such as 0.05"
    );
    if let [NamedStage { stage, .. }] = &mut stages[..] {
        for run in stage.runs_before_mut() {
            *run = absolute(run)?;
        }
    }
    if !seeds.is_empty() {
        stages = with_seeds(&stages, seeds)?;
    }
    let count = stages.len();
    let checked = |NamedStage { name, stage }| {
        let stage = Stage::check(stage, data.is_none());
        let stage = match count {
            1 => stage?,
            _ => stage.with_context(|| format!("stage {name}"))?,
        };
        Ok(NamedStage {
            name,
            stage: stage.scaled(scale),
        })
    };
    stages.into_iter().map(checked).collect()
}

/// What the command line says of where and how a stage of a recipe is trained.
fn here(stage: &mut Stage, given: &Stage) -> anyhow::Result<()> {
    stage.data.location.clone_from(&given.data.location);
    let seed = given.optimiser.seed;
    stage.optimiser = Optimiser {
        seed: stage.optimiser.seed.checked_add(seed).with_context(|| {
            format!(
                "--seed {seed}: added to its seed {} it is too large; give a smaller one",
                stage.optimiser.seed
            )
        })?,
        device: given.optimiser.device,
        devices: given.optimiser.devices,
        ..stage.optimiser.clone()
    };
    let (own, given) = (&mut stage.evaluation, given.evaluation.clone());
    own.labels = given.labels;
    own.tta = given.tta.or(own.tta);
    own.snapshot_epochs = given.snapshot_epochs.or(own.snapshot_epochs.take());
    own.tensorboard |= given.tensorboard;
    Ok(())
}
