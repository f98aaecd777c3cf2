//! `bench`: how fast the parts are.

mod json;
mod picture;
mod programs;
mod statistics;
mod train;
mod tsne;
mod web;

use crate::{setup::Install, workspace::Workspace};
use anyhow::Result;
use clap::{Args, Subcommand};

/// What to measure.
#[derive(Args)]
#[command(arg_required_else_help = true)]
pub struct Options {
    #[command(subcommand)]
    bench: Bench,
}

#[derive(Subcommand)]
enum Bench {
    /// The picture operations of shared: luma, Canny, resizing, rotating, drawing
    Picture(Output),
    /// A training step on the CPU, interleaved with PyTorch's where PyTorch can be installed
    Train(Output),
    /// t-SNE of 10,000 points, and scikit-learn's of the same
    Tsne(Output),
    /// The built site in headless Chromium, interleaved with ONNX Runtime Web, TensorFlow.js, LiteRT.js and OpenCV.js
    Web(web::Options),
}

/// How to print.
#[derive(Args)]
struct Output {
    /// Print one JSON document to the standard output instead of tables; progress goes to the standard error either way
    #[arg(long)]
    json: bool,
}

/// Runs one bench.
pub fn run_verb(workspace: &Workspace, options: &Options, install: Install) -> Result<()> {
    match &options.bench {
        Bench::Picture(output) => picture::run_bench(output.json),
        Bench::Train(output) => train::run_bench(workspace, output.json, install),
        Bench::Tsne(output) => tsne::run_bench(workspace, output.json, install),
        Bench::Web(options) => web::run_bench(workspace, options, install),
    }
}
