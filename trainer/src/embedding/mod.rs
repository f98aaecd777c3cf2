//! t-SNE embeddings of a run's features at its snapshots.

mod embeddings;
mod folder;
mod sample;
mod settings;

pub use embeddings::{Embeddings, EpochEmbedding};
pub use folder::EmbeddingFolder;
pub use sample::SampledPictures;
pub use settings::{Key, Settings};
