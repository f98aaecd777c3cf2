//! What the network takes the picture for: in words, as bars, and aloud.

pub mod announcer;
pub mod bars;
pub mod headline;

pub mod words;
