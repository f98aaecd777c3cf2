use protocol::{Measured, ModelInfo};
use shared::weights::Metadata;

/// What a network says of one picture.
pub struct Prediction {
    /// One a class.
    pub logits: Vec<f32>,
    /// What the label predictor got, from 0.
    pub features: Vec<f32>,
    /// Whether it shows none of the classes, taken for a drawing.
    pub is_unknown: bool,
}

/// What the page is told of the weights.
pub fn model_info(metadata: Metadata) -> ModelInfo {
    ModelInfo {
        classes: metadata.classes,
        measured: metadata.measured.map(|measured| Measured {
            accuracy: measured.accuracy,
            pictures: measured.pictures,
            on: measured.on,
        }),
    }
}
