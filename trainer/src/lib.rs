//! Training a classifier of doodles from labelled photos and unlabelled doodles.

pub mod absolute;
pub mod commands;
pub mod data;
pub mod date;
pub mod device;
pub mod digest;
pub mod distillation;
pub mod embedding;
pub mod evaluation;
pub mod figures;
pub mod json;
pub mod output;
pub mod progress;
pub mod pytorch;
pub mod report;
pub mod runs;
pub mod story;
pub mod strokes;
pub mod training;
