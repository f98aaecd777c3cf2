use serde::{Deserialize, Serialize};

/// What decides a run's embeddings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Photos in an embedding, at most.
    pub photos: usize,
    /// Doodles in an embedding, at most.
    pub doodles: usize,
    /// How many neighbours each point has, about.
    pub perplexity: f32,
    /// Steps of the descent.
    pub iterations: usize,
    /// Decides which pictures are in the embeddings, and how the descent starts.
    pub seed: u64,
}

/// All that decides an epoch's embedding: with another key it is computed anew.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Key {
    /// What was asked for.
    pub settings: Settings,
    /// A hash of the pictures in the embedding.
    pub pictures: String,
    /// A hash of the classifiers of the snapshots up to this one: each embedding starts from the one before. Empty in files of earlier
    /// versions, which are computed anew.
    #[serde(default)]
    pub classifiers: String,
}
