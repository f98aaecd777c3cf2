//! `refine`: improves a trained run by pseudo-labels, in a run of its own.

use std::path::PathBuf;

use anyhow::Context;

use super::{Outcome, model_args::CheckpointArgs, session::Session, terminal::Terminal};
use crate::{
    absolute::absolute,
    training::{
        Decay, DeviceChoice, Evaluation, NamedStage, Objective, Optimiser, Refinement, RunFolder,
        Schedule, SelfTraining, SnapshotEpochs, Stage, check_stages, data_of_run, ensure_free,
        run_of,
    },
};

/// Options of `refine`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The run that student and teacher start from: its newest checkpoint, unless --at or --best says otherwise.
    #[arg(long, value_name = "FOLDER")]
    run: PathBuf,
    /// Which checkpoint of the run.
    #[command(flatten)]
    checkpoint: CheckpointArgs,
    /// Folder to write [default: the run's, with -refined behind its name].
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Where the run's data is now, where that has moved.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Where to compute: auto, cpu, wgpu, cuda or cuda:N [default: as the run was].
    #[arg(long)]
    device: Option<DeviceChoice>,
    /// Epochs of the pseudo-label stage [default: 200, on the embedded sample 20].
    #[arg(long)]
    epochs: Option<u32>,
    /// Pictures of each domain in a batch [default: as the run had it].
    #[arg(long)]
    batch: Option<usize>,
    /// Least confidence of the teacher for a doodle to be trained on.
    #[arg(long, default_value_t = 0.95)]
    confidence: f64,
    /// Share of the teacher that is kept after each epoch; the rest is the student's, the running statistics of batch normalisation
    /// included.
    #[arg(long, default_value_t = 0.9)]
    momentum: f64,
    /// Adam's learning rate.
    #[arg(long, default_value_t = 2e-3)]
    learning_rate: f64,
    /// Decides shuffles and augmentation.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Epochs at which snapshots are taken, as for `train` [default: 0,99,199,...].
    #[arg(long, alias = "mark", value_name = "EPOCHS")]
    snapshot_epochs: Option<SnapshotEpochs>,
    /// CSV file `id,label`: the accuracy of each snapshot is reported, and used for nothing.
    #[arg(long, value_name = "CSV")]
    labels: Option<PathBuf>,
    /// TTA copies: predictions at snapshots are averaged over this many changed copies of each doodle [default: 1].
    #[arg(long, value_name = "N")]
    tta: Option<u32>,
    /// Write an event file for TensorBoard into the new run's folder: each epoch's losses, accuracies and rates.
    #[arg(long)]
    tensorboard: bool,
    /// Share of each class's photos that is held out [default: as the run had it].
    #[arg(long)]
    validation: Option<f64>,
}

/// Refines.
///
/// # Errors
/// When the run, its data or the device cannot be used.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let from = RunFolder::open(&run_of(&args.run)?)?;
    let before = from.config()?;
    let is_sample = before.data.location.is_none();
    let moved = args.data.as_deref().map(absolute).transpose()?;
    let mut stage = Stage::from(before);
    stage.data.location = moved.clone().or(stage.data.location);
    stage.data.validation = args.validation.unwrap_or(stage.data.validation);
    // Strokes are changed for losses that this stage does not have.
    stage.data.stroke_augmentation = 0.0;
    stage.model.pretrained = None;
    stage.optimiser = Optimiser {
        learning_rate: args.learning_rate,
        batch: args.batch.or(stage.optimiser.batch),
        seed: args.seed,
        device: args.device.or(stage.optimiser.device),
        devices: None,
    };
    stage.schedule = Schedule {
        epochs: args.epochs.or(Some(if is_sample { 20 } else { 200 })),
        decay: Decay::None,
    };
    stage.objective = Objective::SelfTraining(SelfTraining {
        confidence: args.confidence,
        refinement: Refinement {
            from: absolute(&args.run)?,
            selector: args.checkpoint.selector(),
            momentum: args.momentum,
        },
    });
    stage.evaluation = Evaluation {
        snapshot_epochs: args.snapshot_epochs.clone(),
        labels: args.labels.as_deref().map(absolute).transpose()?,
        tta: args.tta,
        tensorboard: args.tensorboard,
    };
    let stage = stage.check(is_sample)?;
    let out = match &args.out {
        Some(out) => out.clone(),
        None => {
            // `--run .` has a name of its own too.
            let run = args
                .run
                .canonicalize()
                .with_context(|| format!("{} cannot be read", args.run.display()))?;
            let mut name = run.file_name().unwrap_or_default().to_owned();
            name.push("-refined");
            run.with_file_name(name)
        }
    };
    ensure_free(&out)?;
    let data = data_of_run(&from, moved.as_deref(), &Terminal::default())?;
    let stage = NamedStage {
        name: "refine".into(),
        stage,
    };
    check_stages(std::slice::from_ref(&stage), &data)?;
    let session = Session::open(data, stage.stage.device(), 1)?;
    let config = session.on_devices(stage.stage);
    session.start(RunFolder::create(&out)?, config)
}
