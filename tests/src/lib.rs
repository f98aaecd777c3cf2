//! What the tests that span crates share.

pub mod drawings;
pub mod golden;
pub mod guesser;
