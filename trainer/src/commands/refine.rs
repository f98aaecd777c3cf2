//! `refine`: a trained run made better by pseudo-labels, in a run of its own.

use std::path::{PathBuf, absolute};

use super::{Outcome, setting::Setting, trained::Epoch};
use crate::{
    data::{Found, Reason},
    training::{Config, DeviceChoice, Marks, Refinement, Run, run_of},
};

/// Options of `refine`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The run that student and teacher start from: its newest checkpoint, unless --at or --best says otherwise.
    #[arg(long, value_name = "FOLDER")]
    run: PathBuf,
    /// Which of the run's epochs.
    #[command(flatten)]
    epoch: Epoch,
    /// Folder to write [default: the run's, with -refined behind its name].
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Where to compute: auto, cpu, wgpu, cuda or cuda:N.
    #[arg(long, default_value_t)]
    device: DeviceChoice,
    /// Epochs of the pseudo-label stage [default: 200, on the embedded sample 20].
    #[arg(long)]
    epochs: Option<u32>,
    /// Pictures of each domain in a batch [default: as the run had it].
    #[arg(long)]
    batch: Option<usize>,
    /// A doodle is learnt from where the teacher is at least this sure.
    #[arg(long, default_value_t = 0.95)]
    confidence: f64,
    /// Share of the teacher that stays after each epoch; the rest becomes the student's, batch normalisation's running
    /// statistics included.
    #[arg(long, default_value_t = 0.9)]
    momentum: f64,
    /// Adam's learning rate.
    #[arg(long, default_value_t = 2e-3)]
    learning_rate: f64,
    /// Decides shuffles and augmentation.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Epochs to mark, as for `train` [default: 0,99,199,...].
    #[arg(long, value_name = "EPOCHS")]
    mark: Option<Marks>,
    /// CSV file `id,label`: how often a marked epoch is right is reported, and used for nothing.
    #[arg(long, value_name = "CSV")]
    labels: Option<PathBuf>,
    /// Copies that guesses at marked epochs are averaged over.
    #[arg(long, default_value_t = 1, value_name = "N")]
    tta: u32,
}

/// Refines.
///
/// # Errors
/// When the run, its data or the device cannot be used.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let before = Run::config(&run_of(&args.run)?)?;
    let sample = before.data.is_none();
    let config = Config {
        device: args.device,
        devices: 1,
        epochs: args.epochs.or(Some(if sample { 20 } else { 200 })),
        batch: args.batch.or(before.batch),
        confidence: args.confidence,
        learning_rate: args.learning_rate,
        decay: Default::default(),
        seed: args.seed,
        mark: args.mark.clone(),
        labels: args.labels.as_deref().map(absolute).transpose()?,
        tta: args.tta,
        refinement: Some(Refinement {
            from: absolute(&args.run)?,
            moment: args.epoch.moment(),
            momentum: args.momentum,
        }),
        // Those that the run began with and learnt from have had their say.
        pretrained: None,
        teacher: Vec::new(),
        neighbours: Vec::new(),
        contrast: 0.0,
        ..before
    };
    let out = args.out.clone().unwrap_or_else(|| {
        let mut name = args.run.file_name().unwrap_or_default().to_owned();
        name.push("-refined");
        args.run.with_file_name(name)
    });
    let found = Found {
        location: config.data.clone(),
        reason: Reason::Run,
    };
    Setting::open(&found, &config)?.train_one(&out, config, false)
}
