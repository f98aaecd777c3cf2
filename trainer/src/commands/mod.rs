//! One thin file for each verb of the command line.

pub mod train;

use clap::{Parser, Subcommand};

/// Learns to name doodles from labelled photos and unlabelled doodles, by domain-adversarial training.
///
/// Without a verb it trains: on the data it finds, or else on a small embedded sample.
#[derive(Parser)]
#[command(name = "trainer", version, args_conflicts_with_subcommands = true)]
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
}

impl Cli {
    /// Does what was asked for.
    ///
    /// # Errors
    /// With a message that names the file or value and what to do about it.
    pub fn run(self) -> anyhow::Result<()> {
        match self.verb.unwrap_or(Verb::Train(self.train)) {
            Verb::Train(args) => train::run(args),
        }
    }
}
