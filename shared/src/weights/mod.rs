//! Bytes to a network and back: safetensors with PyTorch's tensor layout, and metadata in the header.
//!
//! Format 1 holds f32 or f16. Format 2 holds kernels and matrices as whole numbers of 8, 6, 5 or 4 bits with one scale an output
//! channel: for `x.weight` of `[out, ...]` the bytes `x.weight_packed` `[out, bytes of a row]`, the first weight in the lowest
//! bits, and `x.weight_scale` `[out]`; everything else stays f32. Format 3 has the statistics of [`crate::novelty`] beside that.

mod architecture;
#[cfg(feature = "model")]
mod burn;
mod metadata;
#[cfg(feature = "nn")]
mod network;
mod novelty;
mod quantise;
mod tensors;
mod values;

#[cfg(feature = "model")]
pub use burn::{bytes_from_classifier, classifier_from_bytes};
pub use metadata::{
    Calibration, Domain, Measurement, Metadata, Novelty, Precision, Training, metadata_from_bytes,
};
#[cfg(feature = "nn")]
pub use network::network_from_bytes;
pub use novelty::{statistics_from_bytes, with_statistics};
pub use tensors::Tensors;

/// Key of our metadata, as JSON, in the safetensors header.
pub const METADATA_KEY: &str = "edgewise";

/// Why weights could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum WeightsError {
    /// The bytes are no safetensors file, or are cut short.
    #[error("not a complete safetensors file: {0}")]
    NotSafetensors(String),
    /// The header has no metadata of ours.
    #[error("no Edgewise metadata in the header: export the weights with `trainer export`")]
    NoMetadata,
    /// The metadata is there but cannot be understood.
    #[error("the Edgewise metadata in the header is broken: {0}")]
    BadMetadata(String),
    /// Tensors are missing, left over or of another shape than the metadata's network has.
    #[error("the tensors are not those of the network in the metadata: {0}")]
    OtherArchitecture(String),
    /// A weight is not a number, or of a size that no training leads to.
    #[error(
        "tensor {0} holds a value that is not a number or far too large: the training diverged, or the file is damaged; export the \
         weights again"
    )]
    OutOfRange(String),
    /// Predictions overflow.
    #[error(
        "with these weights predictions are not numbers: the training diverged, or the file is damaged; export the weights again"
    )]
    Overflow,
    /// A variance of batch normalisation is below 0, so that predictions would be no numbers.
    #[error("tensor {0} holds a variance below 0: the file was changed, export the weights again")]
    NegativeVariance(String),
    /// The statistics of novelty are of another network, or not finite.
    #[error("the statistics that tell what is none of the classes cannot be used: {0}")]
    BadStatistics(String),
    /// The tensors could not be written.
    #[error("the weights could not be written: {0}")]
    Write(String),
}

#[cfg(test)]
#[cfg(feature = "model")]
mod tests;
