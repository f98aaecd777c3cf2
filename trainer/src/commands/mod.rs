//! One thin file for each verb of the command line.

pub mod curves;
pub mod data;
pub mod evaluate;
pub mod export;
mod naming;
pub mod predict;
pub mod train;
mod trained;

use clap::{Parser, Subcommand};

/// Learns to name doodles from labelled photos and unlabelled doodles, by domain-adversarial training.
///
/// Without a verb it trains: on the data it finds, or else on a small embedded sample.
#[derive(Parser)]
#[command(
    name = "trainer",
    version,
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  trainer                                      train on the data at hand, or on the embedded sample\n  trainer train --data pictures.zip --epochs 50\n  trainer train --resume                       go on with the newest run\n  trainer evaluate --run runs/first --data pictures --labels labels.csv"
)]
pub struct Cli {
    /// What to do; without one, `train`.
    #[command(subcommand)]
    pub verb: Option<Verb>,
    /// Options of `train`, where no verb is given.
    #[command(flatten)]
    pub train: train::Args,
}

/// The verbs.
#[derive(Subcommand)]
pub enum Verb {
    /// Train; writes a run folder with configuration, log and checkpoints.
    Train(train::Args),
    /// Score a trained classifier against labels.
    Evaluate(evaluate::Args),
    /// Name pictures; writes a CSV file.
    Predict(predict::Args),
    /// Draw a run's log: losses, accuracy and lambda against the epoch.
    Curves(curves::Args),
    /// Write a run's classifier as one weights file.
    Export(export::Args),
    /// Look at data, or write the embedded sample.
    #[command(subcommand)]
    Data(data::Verb),
}

impl Cli {
    /// Does what was asked for.
    ///
    /// # Errors
    /// With a message that names the file or value and what to do about it.
    pub fn run(self) -> anyhow::Result<()> {
        match self.verb.unwrap_or(Verb::Train(self.train)) {
            Verb::Train(args) => train::run(args),
            Verb::Evaluate(args) => evaluate::run(&args),
            Verb::Predict(args) => predict::run(&args),
            Verb::Curves(args) => curves::run(&args),
            Verb::Export(args) => export::run(&args),
            Verb::Data(verb) => data::run(&verb),
        }
    }
}
