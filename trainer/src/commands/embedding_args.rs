//! The options of t-SNE, which `tsne` and `export-story` share.

use anyhow::ensure;

use crate::{embedding::Settings, training::DeviceChoice};

/// More than this takes days, and moves nothing.
const MOST_ITERATIONS: usize = 1_000_000;

/// How embeddings are made.
#[derive(Debug, clap::Args)]
pub struct EmbeddingArgs {
    /// How many neighbours each point has, about.
    #[arg(long, default_value_t = 30.0)]
    perplexity: f32,
    /// Steps of each embedding's descent.
    #[arg(long, default_value_t = 1000)]
    iterations: usize,
    /// Decides which pictures are embedded, and how the descent starts.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Where features are computed: auto, cpu, wgpu, cuda or cuda:N.
    #[arg(long, default_value_t)]
    pub device: DeviceChoice,
}

impl EmbeddingArgs {
    /// The settings of embeddings of so many photos and doodles, at most.
    ///
    /// # Errors
    /// When the perplexity is none, there are too many iterations, or there are fewer than two pictures.
    pub fn settings(&self, photos: usize, doodles: usize) -> anyhow::Result<Settings> {
        ensure!(
            self.perplexity.is_finite() && self.perplexity >= 1.0,
            "--perplexity {}: give a number of at least 1, such as 30",
            self.perplexity
        );
        ensure!(
            self.iterations <= MOST_ITERATIONS,
            "--iterations {}: give at most {MOST_ITERATIONS}",
            self.iterations
        );
        ensure!(
            photos.saturating_add(doodles) >= 2,
            "--photos {photos} --doodles {doodles}: give at least two pictures together"
        );
        Ok(Settings {
            photos,
            doodles,
            perplexity: self.perplexity,
            iterations: self.iterations,
            seed: self.seed,
        })
    }
}
