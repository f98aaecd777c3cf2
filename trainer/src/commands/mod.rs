//! The verbs of the command line.

mod apart;
mod chart;
pub mod curves;
pub mod data;
mod embedding_args;
pub mod evaluate;
mod examples;
pub mod export;
pub mod export_story;
pub mod figures;
mod hangup;
pub mod import;
mod model_args;
mod outcome;
pub mod predict;
pub mod refine;
pub mod report;
pub mod runs;
mod session;
mod terminal;
pub mod train;
pub mod tsne;

use std::ffi::OsString;

use clap::{Command, CommandFactory, FromArgMatches, Parser, Subcommand};
use clap_complete::Shell;

use crate::{output, print_result};
use apart::ensure_apart;
pub use outcome::{INTERRUPTED, Outcome};

/// Trains a classifier of doodles from labelled photos and unlabelled doodles, by domain-adversarial training.
///
/// Without a verb it trains: on the data it finds, or else on a small embedded sample.
#[derive(Parser)]
#[command(
    name = "trainer",
    version,
    args_conflicts_with_subcommands = true,
    after_help = examples::PROGRAM
)]
pub struct Cli {
    /// What to do; without one, `train`.
    #[command(subcommand)]
    pub verb: Option<Verb>,
    /// Print results and errors alone.
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Options of `train`, where no verb is given.
    #[command(flatten)]
    pub train: train::Args,
}

/// The verbs.
#[derive(Subcommand)]
pub enum Verb {
    /// Train; writes a run folder with configuration, log and checkpoints.
    #[command(after_help = examples::TRAIN)]
    Train(Box<train::Args>),
    /// Train a run further by pseudo-labels: the confident predictions of a moving average of the network about doodles.
    #[command(after_help = examples::REFINE)]
    Refine(refine::Args),
    /// Score a trained classifier against labels, on doodles or photos.
    #[command(after_help = examples::EVALUATE)]
    Evaluate(evaluate::Args),
    /// Say what pictures show: doodles or photos, to standard output or a file.
    #[command(after_help = examples::PREDICT)]
    Predict(predict::Args),
    /// Draw a run's log: losses, accuracy and lambda against the epoch.
    #[command(after_help = examples::CURVES)]
    Curves(curves::Args),
    /// Draw samples of the data, or pictures and their Canny edges.
    #[command(subcommand, after_help = examples::FIGURES)]
    Figures(figures::Verb),
    /// Embed a run's features at its snapshots in two dimensions (t-SNE): figures, an animation and JSON.
    #[command(after_help = examples::TSNE)]
    Tsne(tsne::Args),
    /// List runs, or compare some of them: settings that differ, and results side by side.
    #[command(after_help = examples::RUNS)]
    Runs(runs::Args),
    /// Write one HTML page about a run.
    #[command(after_help = examples::REPORT)]
    Report(report::Args),
    /// Write a run's classifier as one weights file.
    #[command(after_help = examples::EXPORT)]
    Export(export::Args),
    /// Write how a run's network came to be, as the page shows it: a film of t-SNE embeddings, curves and a confusion matrix in one file.
    ///
    /// Of the data the file holds classes and positions, and the pictures of the shown doodles.
    #[command(after_help = examples::EXPORT_STORY)]
    ExportStory(export_story::Args),
    /// Read PyTorch state dicts, as the course's notebook saves them, into one weights file.
    #[command(after_help = examples::IMPORT)]
    Import(import::Args),
    /// Fetch, build, check or describe a data set, or write the embedded sample.
    #[command(subcommand, after_help = examples::DATA)]
    Data(data::Verb),
    /// Print a completion script for a shell.
    #[command(after_help = examples::COMPLETIONS)]
    Completions {
        /// Which shell.
        shell: Shell,
    },
}

impl Cli {
    /// What the arguments ask for. What is wrong with them, or what they ask for alone, such as help, is printed, and ends the program.
    pub fn of(arguments: impl IntoIterator<Item = OsString>) -> Self {
        let matches = with_negative_numbers(Self::command()).get_matches_from(arguments);
        Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
    }

    /// Does what was asked for.
    ///
    /// # Errors
    /// With a message that names the file or value and what to do about it.
    pub fn run(self) -> anyhow::Result<Outcome> {
        if self.quiet {
            output::be_quiet();
        }
        match self.verb.unwrap_or(Verb::Train(Box::new(self.train))) {
            Verb::Train(args) => return train::run(*args),
            Verb::Refine(args) => return refine::run(&args),
            Verb::Evaluate(args) => return evaluate::run(&args),
            Verb::Predict(args) => return predict::run(&args),
            Verb::Curves(args) => curves::run(&args),
            Verb::Figures(verb) => figures::run(&verb),
            Verb::Tsne(args) => return tsne::run(&args),
            Verb::Runs(args) => runs::run(&args),
            Verb::Report(args) => report::run(&args),
            Verb::Export(args) => export::run(&args),
            Verb::ExportStory(args) => return export_story::run(&args),
            Verb::Import(args) => import::run(&args),
            Verb::Data(verb) => return data::run(&verb),
            Verb::Completions { shell } => {
                let mut command = Self::command();
                let mut words = Vec::new();
                clap_complete::generate(shell, &mut command, "trainer", &mut words);
                print_result!("{}", String::from_utf8_lossy(&words).trim_end());
                Ok(())
            }
        }
        .map(|()| Outcome::Done)
    }
}

/// Takes `-1` for the value of an option, so that what is said is about that option, and not about an unknown one.
fn with_negative_numbers(command: Command) -> Command {
    let verbs: Vec<String> = command
        .get_subcommands()
        .map(|verb| verb.get_name().to_owned())
        .collect();
    let command = command.mut_args(|arg| match arg.get_action().takes_values() {
        true => arg.allow_negative_numbers(true),
        false => arg,
    });
    let within = |command: Command, verb| command.mut_subcommand(verb, with_negative_numbers);
    verbs.into_iter().fold(command, within)
}

/// The words of a command line with `--quiet` moved behind the verb: what stands before a verb is taken for an option of `train` without
/// one, and refused.
pub fn quiet_after_verb(words: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut words: Vec<OsString> = words.collect();
    let is_quiet = |word: &&OsString| *word == "-q" || *word == "--quiet";
    let quiet = words.iter().skip(1).take_while(is_quiet).count();
    if let Some(part) = words.get_mut(1..quiet + 2) {
        let is_option = |word: &OsString| word.as_encoded_bytes().starts_with(b"-");
        if !part.last().is_some_and(is_option) {
            part.rotate_left(quiet);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_may_come_first() {
        for (given, moved) in [
            ("trainer", "trainer"),
            ("trainer -q", "trainer -q"),
            ("trainer -q train --epochs 2", "trainer train -q --epochs 2"),
            ("trainer --quiet data info", "trainer data --quiet info"),
            ("trainer -q --epochs 2", "trainer -q --epochs 2"),
        ] {
            let words = quiet_after_verb(given.split(' ').map(OsString::from));
            assert_eq!(words, moved.split(' ').collect::<Vec<_>>());
            assert!(Cli::try_parse_from(words).is_ok(), "{given}");
        }
    }
}
