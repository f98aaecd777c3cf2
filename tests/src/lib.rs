//! What the tests that span crates share.

pub mod drawings;
pub mod golden;
#[cfg(not(target_family = "wasm"))]
pub mod predictor;
